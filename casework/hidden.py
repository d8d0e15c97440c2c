"""Hidden facts on papers: no paper, release or export prints one without the head's reasoned choice.

A paper that lays out addresses or phones asks :func:`printable` for each list. A paper with text that people wrote asks
:func:`mentioned_in` before it is signed or handed out: a hidden number typed into the text is as bad as a printed one.
"""

import re
from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Q, QuerySet

from core import names, phones

from .models import Address, Case, CaseChild, FamilyMember, HiddenFact, Person, Phone

Thing = TypeVar("Thing", Address, Phone)
# A run of digits, spaces and signs that people write phone numbers with.
_NUMBERS = re.compile(r"[+0-9][0-9 ().\-\u00a0\u2011\u2013/]{4,}")
_SHORTEST_TAIL = 6


def is_hidden(thing: Address | Phone) -> bool:
    """Whether it is hidden from anybody now; no query where ``hidden_facts`` is prefetched."""
    return any(fact.lifted_at is None for fact in thing.hidden_facts.all())


def may_print(thing: Address | Phone, *, reason: str = "") -> bool:
    """Whether a paper may carry it: it is not hidden, or the head has chosen so with ``reason``."""
    return bool(reason.strip()) or not is_hidden(thing)


def printable(things: Iterable[Thing], *, reason: str = "") -> list[Thing]:
    """Those of ``things`` that a paper may carry, in their order."""
    return [thing for thing in things if may_print(thing, reason=reason)]


def hidden_facts_of(case: Case) -> QuerySet[HiddenFact]:
    """What is hidden now of anybody who belongs to the case: its children and its family, also those who left."""
    members = FamilyMember.objects.filter(family=case.family_id).values("person")
    children = CaseChild.objects.filter(case=case).values("person")
    people = Person.objects.filter(Q(pk__in=members) | Q(pk__in=children))
    return (
        HiddenFact.objects.in_force()
        .filter(Q(phone__person__in=people) | Q(address__person__in=people))
        .select_related("phone__person", "address__person", "address__district")
        .prefetch_related("hidden_from")
        .order_by("set_at")
    )


def mentioned_in(texts: Iterable[str], facts: Iterable[HiddenFact]) -> list[HiddenFact]:
    """Those of ``facts`` that are spelt out in any of ``texts``, however the number is grouped or the street is typed."""
    whole = "\n".join(texts)
    digits = {re.sub(r"[^0-9]", "", found) for found in _NUMBERS.findall(whole)}
    keys = {phones.normalise(found) for found in _NUMBERS.findall(whole)}
    folded = f" {names.fold(whole)} "
    return [
        fact
        for fact in facts
        if (fact.phone and _has_number(fact.phone, keys, digits))
        or (fact.address and _has_address(fact.address, folded))
    ]


def _has_number(phone: Phone, keys: set[str], digits: set[str]) -> bool:
    if not phone.e164:
        return False
    if phone.e164 in keys:
        return True
    tail = phone.e164.lstrip("+")[-_SHORTEST_TAIL:]
    return len(tail) == _SHORTEST_TAIL and any(tail in run for run in digits)


def _has_address(address: Address, folded: str) -> bool:
    """The street with its house; where there is no house, the street or the words alone; the settlement says too little."""
    street, house = names.fold(address.street), names.fold(address.house)
    if street and house:
        between = rf" {re.escape(street)}(?: \w+){{0,3}} {re.escape(house)} "
        return re.search(between, folded) is not None
    spelt = street or names.fold(address.text)
    return bool(spelt) and f" {spelt} " in folded
