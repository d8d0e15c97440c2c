"""Persons: adding them, and changing what is known of them.

Facts come as field → value. Each function locks the row, checks permission and version, and refuses with a
``DomainError`` in words.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from core import names
from core.errors import DomainError
from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .. import people_permissions as may
from ..births import Birth
from ..history import claim
from ..models import Child, Person

NAME_FIELDS = ("surname", "given_name", "patronymic", "other_spellings", "description")
PERSON_FIELDS = (
    *NAME_FIELDS,
    "sex",
    "pin",
    "document_kind",
    "document_series",
    "document_number",
    "document_issuer",
    "document_issued_on",
    "citizenship",
    "language",
    "communication_needs",
    "disability",
    "note",
)
CHILD_FIELDS = (
    "birth_certificate",
    "birth_certificate_issuer",
    "birth_certificate_on",
    "school",
    "school_text",
    "school_class",
    "attendance",
    "health_notes",
    "lives_with",
    "representative",
    "representative_capacity",
    "parents_abroad",
)


@transaction.atomic
def add_person(facts: Mapping[str, Any], *, actor: User, is_child: bool = False) -> Person:
    """A new record of somebody; ``facts`` may be as little as a description. ``birth`` is a :class:`Birth`.

    The person is seen by nobody until the caller gives them a place in a family or a case, in the same transaction.
    """
    if not standing(actor).has(Role.CASEWORKER, Role.HEAD, Role.OPERATOR):
        raise DomainError(_("People are written down by social workers, operators and heads."))
    person = Person()
    _write(person, facts)
    if not (person.surname or person.given_name or person.description):
        raise DomainError(_("Give a name, or a description where no name is known."))
    save_checked(person)
    if is_child:
        Child.objects.create(person=person)
    return person


@transaction.atomic
def change_person(
    person: Person, facts: Mapping[str, Any], *, actor: User, seen: int | None
) -> Person:
    """Take over ``facts`` (those that are named; the rest stays). ``seen`` is the version that the actor was shown."""
    now = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    refuse_unless(may.can_change_person(actor, now))
    claim(now, seen, actor=actor)
    _write(now, facts)
    if not (now.surname or now.given_name or now.description):
        raise DomainError(_("Give a name, or a description where no name is known."))
    save_checked(now)
    return now


def _write(person: Person, facts: Mapping[str, Any]) -> None:
    for field in PERSON_FIELDS:
        if field in facts:
            value = facts[field]
            setattr(person, field, names.clean(value) if field in NAME_FIELDS else value)
    if "birth" in facts:
        birth: Birth = facts["birth"]
        for field, value in birth.fields.items():
            setattr(person, field, value)


@transaction.atomic
def change_child(
    person: Person, facts: Mapping[str, Any], *, actor: User, seen: int | None
) -> Child:
    """Take over what is kept of ``person`` as a child: school, health, who acts for them."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=person.pk)
    refuse_unless(may.can_change_person(actor, person))
    claim(child, seen, actor=actor)
    for field in CHILD_FIELDS:
        if field in facts:
            setattr(child, field, facts[field])
    if child.representative_id == person.pk:
        raise DomainError(_("A child cannot be their own lawful representative."))
    if child.representative_id and not child.representative_capacity:
        raise DomainError(_("Say in what capacity the representative acts for the child."))
    save_checked(child)
    return child


@transaction.atomic
def keep_as_child(person: Person, *, actor: User) -> Child:
    """Give an already known person a child's record; the one that is there where there is one."""
    now = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    refuse_unless(may.can_change_person(actor, now))
    return Child.objects.get_or_create(person=now)[0]


def save_checked(record: models.Model) -> None:
    """Save; what the fields themselves refuse (too long, an unknown choice) becomes a ``DomainError`` in words."""
    try:
        record.clean_fields()
    except ValidationError as error:
        said = [
            f"{record._meta.get_field(name).verbose_name}: {' '.join(words)}"  # type: ignore[union-attr]  # a plain field
            for name, words in error.message_dict.items()
        ]
        raise DomainError(" ".join(said)) from error
    record.save()


def refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise DomainError(_("You have no right to change this record."))
