"""Addresses, phones, and what of them is hidden from whom."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock, phones
from core.errors import DomainError
from offices.models import User

from .. import people_permissions as may
from ..enums import AddressKind
from ..history import claim
from ..models import Address, HiddenFact, Person, Phone
from .people import refuse_unless, save_checked

ADDRESS_FIELDS = (
    "kind",
    "district",
    "mtu",
    "settlement",
    "street",
    "street_kind",
    "house",
    "flat",
    "text",
    "since_on",
    "until_on",
)
PHONE_FIELDS = ("number", "is_safe", "safe_hours", "note", "is_current")


@transaction.atomic
def add_address(person: Person, facts: Mapping[str, Any], *, actor: User) -> Address:
    """A new address; an actual one that begins on a day ends the actual one before it on that day."""
    refuse_unless(may.can_change_person(actor, person))
    address = Address(person=person)
    _write_address(address, facts)
    if address.kind == AddressKind.ACTUAL and address.until_on is None:
        _end_the_one_before(address)
    save_checked(address)
    return address


def _end_the_one_before(address: Address) -> None:
    """Where somebody moved: history by dates, nothing is lost."""
    moved_on = address.since_on or clock.today()
    before = Address.objects.select_for_update(of=("self",)).filter(
        person=address.person, kind=address.kind, until_on=None
    )
    for old in before:
        if old.since_on is None or old.since_on <= moved_on:
            old.until_on = moved_on
            old.version += 1
            old.save()


@transaction.atomic
def change_address(
    address: Address, facts: Mapping[str, Any], *, actor: User, seen: int | None
) -> Address:
    now = Address.objects.select_for_update(of=("self",)).get(pk=address.pk)
    refuse_unless(may.can_change_person(actor, now.person))
    claim(now, seen, actor=actor)
    _write_address(now, facts)
    save_checked(now)
    return now


def _write_address(address: Address, facts: Mapping[str, Any]) -> None:
    for field in ADDRESS_FIELDS:
        if field in facts:
            setattr(address, field, facts[field])
    if address.mtu is not None:
        if address.district_id is None:
            address.district_id = address.mtu.district_id
        if address.mtu.district_id != address.district_id:
            raise DomainError(_("This territorial administration is in another district."))
    if address.since_on and address.until_on and address.until_on < address.since_on:
        raise DomainError(_("The last day at an address cannot be before the first."))
    named = ("district", "settlement", "street", "house", "flat", "text")
    if not any(getattr(address, part) for part in named):
        raise DomainError(_("Say something of the address; a few words are enough."))


@transaction.atomic
def add_phone(person: Person, facts: Mapping[str, Any], *, actor: User) -> Phone:
    """A new number, kept as typed; the same number of the same person is not written down twice."""
    refuse_unless(may.can_change_person(actor, person))
    phone = Phone(person=person)
    _write_phone(phone, facts)
    twin = person.phones.filter(e164=phones.normalise(phone.number), is_current=True).exists()
    if twin:
        raise DomainError(_("This number of this person is written down already."))
    save_checked(phone)
    return phone


@transaction.atomic
def change_phone(phone: Phone, facts: Mapping[str, Any], *, actor: User, seen: int | None) -> Phone:
    now = Phone.objects.select_for_update(of=("self",)).get(pk=phone.pk)
    refuse_unless(may.can_change_person(actor, now.person))
    claim(now, seen, actor=actor)
    _write_phone(now, facts)
    save_checked(now)
    return now


def _write_phone(phone: Phone, facts: Mapping[str, Any]) -> None:
    for field in PHONE_FIELDS:
        if field in facts:
            setattr(phone, field, facts[field])
    if not phones.normalise(phone.number):
        raise DomainError(_("There is no digit in this phone number."))


@transaction.atomic
def hide_fact(
    thing: Address | Phone,
    hidden_from: Iterable[Person],
    *,
    reason: str,
    actor: User,
    seen: int | None = None,
) -> HiddenFact:
    """Hide an address or a phone from named persons, with why; where it is hidden already, change from whom and why.

    ``seen`` is the version of the hiding that the actor was shown, where there was one.
    """
    refuse_unless(may.can_hide_facts(actor, thing.person))
    people = [person for person in hidden_from if person.pk != thing.person_id]
    if not people:
        raise DomainError(_("Say from whom it is hidden."))
    fact = _hiding_of(thing)
    if fact is None:
        fact = HiddenFact(**_key_of(thing), set_by=actor)
    else:
        claim(fact, seen, actor=actor)
    fact.reason = reason
    save_checked(fact)
    fact.hidden_from.set([*people, *_unseen_by(actor, fact)])
    return fact


def _unseen_by(actor: User, fact: HiddenFact) -> QuerySet[Person]:
    """From whom another office hides it: nobody who does not see them can take them off."""
    seen = Person.objects.visible_to(actor).values("pk")
    return fact.hidden_from.exclude(pk__in=seen)


def _hiding_of(thing: Address | Phone) -> HiddenFact | None:
    """The hiding in force, locked. The thing itself is locked first, so that two people cannot hide it at once."""
    type(thing)._default_manager.select_for_update(of=("self",)).get(pk=thing.pk)
    return (
        HiddenFact.objects.in_force()
        .filter(**_key_of(thing))
        .select_for_update(of=("self",))
        .first()
    )


def _key_of(thing: Address | Phone) -> dict[str, Address | Phone]:
    return {"address" if isinstance(thing, Address) else "phone": thing}


@transaction.atomic
def lift_hidden_fact(fact: HiddenFact, *, reason: str, actor: User) -> HiddenFact:
    """The fact may be told again, with why; lifting what is lifted already changes nothing."""
    now = HiddenFact.objects.select_for_update(of=("self",)).get(pk=fact.pk)
    refuse_unless(may.can_lift_hidden_fact(actor, now))
    if now.lifted_at is not None:
        return now
    if not reason.strip():
        raise DomainError(_("Say why it may be told again."))
    now.lifted_at, now.lifted_by, now.lifted_reason = clock.now(), actor, reason
    now.version += 1
    save_checked(now)
    return now
