"""Lines of My day that are asked together: the plain questions of all rooms are one question to the database.

A feed yields, in place of the lines themselves, which rows it means and how one of them is said::

    yield Lines(Plan.objects.to_approve_by(user), say_plan, at="submitted_at")
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, DateField, DateTimeField, F, IntegerField, QuerySet, Value
from django.db.models.functions import Cast

if TYPE_CHECKING:
    from .waiting import Waiting

# More lines of one kind than this say nothing more.
SHOWN = 50
_COLUMNS = ("waits_line", "waits_pk", "waits_number", "waits_at", "waits_on", "waits_detail")


@dataclass(frozen=True)
class Found:
    """One row: its key as text, the number of its case or paper, its moment or day, what else its feed asked for."""

    pk: str
    number: str
    at: datetime | None
    on: date | None
    detail: str


@dataclass(frozen=True)
class Lines:
    """The rows that wait, the oldest first by ``at`` (a moment) or ``on`` (a day), and how each is said.

    All but ``rows`` and ``say`` are names of fields; an empty ``number`` for what has none.
    """

    rows: QuerySet[Any]
    say: "Callable[[Found], Waiting]"
    at: str = ""
    on: str = ""
    number: str = "case__number"
    pk: str = "pk"
    detail: str = ""

    def columns(self, place: int) -> QuerySet[Any]:
        """The rows as a part of the common question."""
        rows = self.rows.order_by(self.at or self.on).annotate(
            waits_line=Value(place, IntegerField()),
            waits_pk=Cast(self.pk, CharField()),
            waits_number=F(self.number) if self.number else Value("", CharField()),
            waits_at=Cast(self.at or Value(None), DateTimeField()),
            waits_on=Cast(self.on or Value(None), DateField()),
            waits_detail=Cast(self.detail, CharField()) if self.detail else Value("", CharField()),
        )
        return rows.values_list(*_COLUMNS)[:SHOWN]


def ask_together(asked: "Iterable[Lines | Waiting]") -> "list[Waiting]":
    """Lines that are there already as they are; of all the others the rows, by one query, or none where nobody asks."""
    given = list(asked)
    lines = [one for one in given if isinstance(one, Lines)]
    found = [one for one in given if not isinstance(one, Lines)]
    parts = [one.columns(place) for place, one in enumerate(lines)]
    if parts:
        rows = parts[0].union(*parts[1:], all=True) if parts[1:] else parts[0]
        ordered = sorted(rows, key=lambda row: (row[0], str(row[3] or row[4])))
        found += [lines[place].say(Found(*rest)) for place, *rest in ordered]
    return found
