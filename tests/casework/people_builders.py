"""Builders for what hangs on people: contacts, what is hidden, consents, places in families."""

import datetime as dt

from casework.enums import AddressKind, Capacity, Relation
from casework.models import Address, Child, Consent, FamilyMember, HiddenFact, Phone
from tests import builders as make


def make_phone(person, number="0555 12 34 56", **fields):
    return Phone.objects.create(person=person, number=number, **fields)


def make_address(person, **fields):
    fields.setdefault("kind", AddressKind.ACTUAL)
    fields.setdefault("street", "Мөңгүлүү")
    fields.setdefault("house", "34-а")
    return Address.objects.create(person=person, **fields)


def make_member(family, relation=Relation.MOTHER, person=None, **fields):
    """A place in the family for ``person``, or for a new adult."""
    person = person or make.make_person("Төлөгөнова", "Жаңыл", sex="female")
    if relation == Relation.CHILD:
        Child.objects.get_or_create(person=person)
    return FamilyMember.objects.create(family=family, person=person, relation=relation, **fields)


def make_hidden(thing, *hidden_from, set_by, **fields):
    kind = "phone" if isinstance(thing, Phone) else "address"
    fact = HiddenFact.objects.create(**{kind: thing}, set_by=set_by, **fields)
    fact.hidden_from.set(hidden_from)
    return fact


def make_consent(case, person=None, **fields):
    """A mother's oral consent in ``case``, recorded by its responsible worker."""
    fields.setdefault("given_on", dt.date(2026, 11, 20))
    fields.setdefault("capacity", Capacity.MOTHER)
    fields.setdefault("recorded_by", case.responsible)
    person = person or case.child_places.first().person
    return Consent.objects.create(person=person, case=case, **fields)
