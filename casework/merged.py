"""Records that are of one person by the word of the heads: found together, by whoever sees them, and by nobody else.

Nothing is moved from record to record. Whatever gathers by person asks here which other records are of the same one,
and shows those that its reader sees anyway; docs/decisions/0006-merged-people.md says why.
"""

from collections.abc import Iterable
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from offices.models import User

from .models import Person, PersonMerge

_RECORDS = "_records_of_one"
AnyPerson = TypeVar("AnyPerson", bound=Person)


def groups_of(people: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each of ``people`` all records of the same person, itself too: one query where none is brought together."""
    known: dict[UUID, set[UUID]] = {pk: {pk} for pk in people}
    asked: set[UUID] = set()
    while new := set(known) - asked:
        asked |= new
        touching = Q(ours__in=new) | Q(theirs__in=new)
        for ours, theirs in (
            PersonMerge.objects.in_force().filter(touching).values_list("ours", "theirs")
        ):
            whole = known.get(ours, {ours}) | known.get(theirs, {theirs})
            for pk in whole:
                known[pk] = whole
    return {pk: frozenset(group) for pk, group in known.items()}


def gather(person: Person, user: User) -> list[Person]:
    """The other records of ``person`` that ``user`` sees; remembered on the object for all that gathers by person."""
    others = groups_of([person.pk])[person.pk] - {person.pk}
    seen: list[Person] = []
    if others:
        rows = Person.objects.visible_to(user).filter(pk__in=others)
        seen = list(rows.select_related("child").order_by("sort_key", "pk"))
    person.__dict__[_RECORDS] = seen
    person.__dict__["brought_together"] = others
    return seen


def other_records(person: Person) -> list[Person]:
    """What :func:`gather` found for this object; none before."""
    found: list[Person] = person.__dict__.get(_RECORDS, [])
    return found


def record_keys(person: Person) -> list[UUID]:
    """The keys of the record and of the others that were gathered with it."""
    return [person.pk, *(other.pk for other in other_records(person))]


def brought_together_with(person: Person) -> frozenset[UUID]:
    """The keys of all other records of the person, seen by the reader or not; none before :func:`gather`."""
    found: frozenset[UUID] = person.__dict__.get("brought_together", frozenset())
    return found


def one_line_each(people: Iterable[AnyPerson]) -> list[AnyPerson]:
    """``people`` with each person once: the first of their records, with ``also``, the others of the list."""
    found = list(people)
    if len(found) < 2:
        return found
    groups = groups_of(p.pk for p in found)
    lines: dict[frozenset[UUID], AnyPerson] = {}
    for person in found:
        first = lines.setdefault(groups[person.pk], person)
        if first is not person:
            first.__dict__.setdefault("also", []).append(person)
    return list(lines.values())


def number_of_people(people: QuerySet[Person]) -> int:
    """How many persons ``people`` are: each once, however many records there are of them."""
    merged = PersonMerge.objects.in_force()
    touched = people.filter(
        Exists(merged.filter(Q(ours=OuterRef("pk")) | Q(theirs=OuterRef("pk"))))
    )
    keys = set(touched.order_by().values_list("pk", flat=True))
    groups = groups_of(keys)
    return people.count() - len(keys) + len({groups[pk] for pk in keys})


def not_known_already(people: QuerySet[Person], user: User) -> QuerySet[Person]:
    """``people`` but for those who are brought together with a record that ``user`` sees."""
    seen = Person.objects.visible_to(user).values("pk")
    merged = PersonMerge.objects.in_force()
    ours = merged.filter(theirs=OuterRef("pk"), ours__in=seen)
    theirs = merged.filter(ours=OuterRef("pk"), theirs__in=seen)
    return people.exclude(Exists(ours)).exclude(Exists(theirs))
