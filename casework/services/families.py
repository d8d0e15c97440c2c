"""Families: who belongs to them since when and until when, and how they live."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.models import User

from .. import people_permissions as may
from ..enums import Relation
from ..history import claim
from ..models import Child, Family, FamilyMember, Person
from .people import add_person, refuse_unless, save_checked

FAMILY_FIELDS = ("housing", "income", "benefits", "migration", "risks", "note")
MEMBER_FIELDS = ("relation", "relation_text", "from_on", "to_on", "lives_together", "is_carer")
OF_AGE = 18


@transaction.atomic
def change_family(
    family: Family, facts: Mapping[str, Any], *, actor: User, seen: int | None
) -> Family:
    """Take over how the family lives."""
    now = locked(family)
    refuse_unless(may.can_change_family(actor, now))
    claim(now, seen, actor=actor)
    for field in FAMILY_FIELDS:
        if field in facts:
            setattr(now, field, facts[field])
    save_checked(now)
    return now


@transaction.atomic
def add_member(
    family: Family, person: Person | Mapping[str, Any], place: Mapping[str, Any], *, actor: User
) -> FamilyMember:
    """Give a place in the family to ``person``: a record that the actor may see, or the facts of a new one.

    Whoever comes as a child, or is known to be under 18, gets a child's record.
    """
    now = locked(family)
    refuse_unless(may.can_change_family(actor, now))
    if isinstance(person, Person):
        refuse_unless(Person.objects.visible_to(actor).filter(pk=person.pk).exists())
    else:
        person = add_person(person, actor=actor)
    if now.members.filter(person=person, to_on=None).exists():
        raise DomainError(_("This person belongs to the family already."))
    member = FamilyMember(family=now, person=person)
    _write(member, place)
    save_checked(member)
    _keep_as_child_if_young(member)
    return member


def _keep_as_child_if_young(member: FamilyMember) -> None:
    age = member.person.age_on(clock.today())
    if member.relation == Relation.CHILD or (age is not None and age < OF_AGE):
        Child.objects.get_or_create(person=member.person)


@transaction.atomic
def change_member(
    member: FamilyMember, place: Mapping[str, Any], *, actor: User, seen: int | None
) -> FamilyMember:
    """Take over what the place in the family is; the person's own record has a form of its own."""
    now = _locked_member(member, actor)
    claim(now, seen, actor=actor)
    _write(now, place)
    save_checked(now)
    _keep_as_child_if_young(now)
    return now


@transaction.atomic
def end_membership(
    member: FamilyMember, *, on: dt.date, actor: User, seen: int | None
) -> FamilyMember:
    """The person left the family on that day; the place stays in its history."""
    now = _locked_member(member, actor)
    claim(now, seen, actor=actor)
    if now.to_on is not None:
        raise DomainError(_("This person has left the family already."))
    if on > clock.today():
        raise DomainError(_("The day cannot be in the future."))
    _write(now, {"to_on": on, "lives_together": False, "is_carer": False})
    save_checked(now)
    return now


def locked(family: Family) -> Family:
    """The family as it stands now, its row locked until the transaction ends."""
    return Family.objects.select_for_update(of=("self",)).get(pk=family.pk)


def _locked_member(member: FamilyMember, actor: User) -> FamilyMember:
    now = (
        FamilyMember.objects.select_for_update(of=("self",))
        .select_related("family", "person")
        .get(pk=member.pk)
    )
    refuse_unless(may.can_change_family(actor, now.family))
    return now


def _write(member: FamilyMember, place: Mapping[str, Any]) -> None:
    for field in MEMBER_FIELDS:
        if field in place:
            setattr(member, field, place[field])
    if member.from_on and member.to_on and member.to_on < member.from_on:
        raise DomainError(_("Nobody can leave a family before they joined it."))
    if member.to_on is None and _has_another_place(member):
        raise DomainError(_("This person belongs to the family already."))
    if member.relation == Relation.OTHER and not member.relation_text:
        raise DomainError(_("Say in words who this person is to the child."))


def _has_another_place(member: FamilyMember) -> bool:
    others = FamilyMember.objects.filter(family=member.family, person=member.person, to_on=None)
    return others.exclude(pk=member.pk).exists()
