"""Lines of My day that are asked together: the plain questions of all rooms are one question to the database.

A feed yields, in place of the lines themselves, which rows it means and how one of them is said::

    yield Lines(Plan.objects.to_approve_by(user), say_plan, at="submitted_at")
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, DateField, DateTimeField, F, QuerySet, Value
from django.db.models.functions import Cast

from .asked_often import Maker, Words, made_once, rows_of, words_of
from .models import User

if TYPE_CHECKING:
    from .waiting import Waiting

# More lines of one kind than this say nothing more.
SHOWN = 100
_COLUMNS = ("waits_pk", "waits_number", "waits_at", "waits_on", "waits_detail")


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

    @cached_property
    def words(self) -> Words | None:
        """The rows as a part of the common question; None where nothing can wait."""
        rows = self.rows.order_by(self.at or self.on).annotate(
            waits_pk=Cast(self.pk, CharField()),
            waits_number=F(self.number) if self.number else Value("", CharField()),
            waits_at=Cast(self.at or Value(None), DateTimeField()),
            waits_on=Cast(self.on or Value(None), DateField()),
            waits_detail=Cast(self.detail, CharField()) if self.detail else Value("", CharField()),
        )
        return words_of(rows.values_list(*_COLUMNS)[:SHOWN])


@dataclass(frozen=True)
class KeptLines:
    """:class:`Lines` whose words are put together already."""

    words: Words | None
    say: "Callable[[Found], Waiting]"


def lines_kept(feed: Callable[[User], Iterable[Lines]]) -> Maker[tuple[KeptLines, ...]]:
    """Mark a part of a feed that is lines alone: they are put together once for each standing, see :func:`made_once`."""
    return made_once(lambda user: tuple(KeptLines(one.words, one.say) for one in feed(user)))


def ask_together(asked: "Iterable[Lines | KeptLines | Waiting]") -> "list[Waiting]":
    """Lines that are there already as they are; of all the others the rows, by one query, or none where nobody asks."""
    given = list(asked)
    lines = [one for one in given if isinstance(one, Lines | KeptLines)]
    found = [one for one in given if not isinstance(one, Lines | KeptLines)]
    rows = sorted(rows_of(_common(lines)), key=lambda row: (row[0], str(row[3] or row[4])))
    return found + [lines[place].say(Found(*row)) for place, *row in rows]


def _common(lines: "list[Lines | KeptLines]") -> Words | None:
    """The rows of all ``lines`` as one question; each begins with the place of its own."""
    parts = [(place, *one.words) for place, one in enumerate(lines) if one.words]
    sql = " UNION ALL ".join(
        f"SELECT {place}, part.* FROM ({words}) part" for place, words, _ in parts
    )
    return (sql, tuple(value for *_, values in parts for value in values)) if parts else None
