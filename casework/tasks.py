"""One register of everything that has a date: each slice and each upper room hangs its sources here.

Register in ``AppConfig.ready()``::

    register_source(Source("review", rows=reviews_due, words=review_words, url=plan_url))

``rows(user)`` is a queryset of what ``user`` may see and is still to be done, annotated by :func:`as_due`. All sources
together are one question to the database, whatever there is of them.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, DateField, F, Model, QuerySet, TimeField, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from core import clock
from offices.asked_often import Words, made_once, rows_of, words_of
from offices.enums import Role
from offices.models import User
from offices.standing import standing
from offices.waiting import Urgency

COLUMNS = (
    "line_source",
    "line_pk",
    "line_case",
    "line_number",
    "line_on",
    "line_at",
    "line_who",
    "line_office",
    "line_detail",
)
# More than anybody can work through; what is late comes first.
LONGEST = 2000


@dataclass(frozen=True)
class Due:
    """One thing with a date. ``pk`` is the record's own key as text, ``detail`` what its source put there."""

    source: str
    pk: str
    case_id: uuid.UUID
    number: str
    on: dt.date
    at: dt.time | None
    who_id: uuid.UUID | None
    office_id: int
    detail: str

    @property
    def words(self) -> str:
        return str(_SOURCES[self.source].words(self))

    @property
    def kind(self) -> str:
        """What sort of thing it is, in fixed words."""
        said = _SOURCES[self.source].kind
        return str(said(self)) if said else _("Deadline")

    @property
    def url(self) -> str:
        return _SOURCES[self.source].url(self)

    @property
    def starts_at(self) -> dt.datetime | None:
        """Its moment, where it has a time."""
        return timezone.make_aware(dt.datetime.combine(self.on, self.at)) if self.at else None

    @property
    def is_late(self) -> bool:
        return self.on < clock.today()

    @property
    def days_left(self) -> int:
        """Days of the calendar until its day; negative when it has passed."""
        return (self.on - clock.today()).days

    @property
    def urgency(self) -> Urgency:
        if self.is_late:
            return Urgency.LATE
        near = self.on <= clock.today() + _SOURCES[self.source].soon
        return Urgency.SOON if near else Urgency.IN_TIME


@dataclass(frozen=True)
class Source:
    """Where dates come from.

    ``words`` names no client. ``soon`` is how long before its day it stands on My day; ``has_own_lines`` where another
    feed of My day says it already, so that no line stands there twice. ``kind`` is what a telephone's calendar says of
    it: never a word that somebody typed.
    """

    code: str
    rows: Callable[[User], QuerySet[Any]]
    words: Callable[[Due], Any]
    url: Callable[[Due], str]
    soon: dt.timedelta = dt.timedelta(days=3)
    has_own_lines: bool = False
    kind: Callable[[Due], Any] | None = None


_SOURCES: dict[str, Source] = {}


def register_source(source: Source) -> None:
    """Hang ``source``; one of the same code takes its place."""
    _SOURCES[source.code] = source
    for made in (_near, _late):
        made.forget()


def as_due(
    queryset: QuerySet[Any],
    source: str,
    *,
    on: Any,
    who: str,
    at: Any = None,
    case: str = "case",
    detail: Any = "",
) -> QuerySet[Any]:
    """``queryset`` with the register's columns.

    ``on`` and ``at`` are the day and the time of day (a field's name or an expression), ``who`` the field of who does
    it, ``case`` the way to the case (whose office's head is told when it is late; "" for a case itself), ``detail`` a
    field or an expression of text for ``words``.
    """
    way = f"{case}__" if case else ""
    # Spelt out as a time: a bare NULL at the head of a union would be text.
    nothing = Cast(Value(None), TimeField())
    return queryset.order_by().annotate(
        line_source=Value(source, CharField()),
        line_pk=Cast("pk", CharField()),
        line_case=F(f"{way}id"),
        line_number=F(f"{way}number"),
        line_on=Cast(on, DateField()),
        line_at=nothing if at is None else Cast(at, TimeField()),
        line_who=F(who),
        line_office=F(f"{way}office_id"),
        line_detail=Cast(detail, CharField()) if detail else Value("", CharField()),
    )


def due_of(user: User) -> list[Due]:
    """What ``user`` is to do, or whoever they stand in for; the earliest first."""
    return _together(user, lambda source: {"line_who__in": standing(user).holders})


def due_of_person(user: User) -> list[Due]:
    """What is ``user``'s own to do, without what they keep for others: for their own calendar."""
    return _together(user, lambda source: {"line_who": user.pk})


def due_in_offices(user: User) -> list[Due]:
    """What is due in the cases of the offices that ``user`` heads; nothing for others."""
    led = standing(user).offices(Role.HEAD)
    return _together(user, lambda source: {"line_office__in": led}) if led else []


def due_in_case(user: User, case: Model) -> list[Due]:
    """What is due in ``case`` as far as ``user`` may see it."""
    return _together(user, lambda source: {"line_case": case.pk})


def due_on_my_day(user: User) -> list[Due]:
    """What of :func:`due_of` is late or near and no other feed says."""
    return _once(rows_of(_near(user)))


@made_once
def _near(user: User) -> Words | None:
    today = clock.today()

    def near(source: Source) -> dict[str, Any] | None:
        if source.has_own_lines:
            return None
        return {"line_who__in": standing(user).holders, "line_on__lte": today + source.soon}

    rows = _united(user, near)
    return None if rows is None else words_of(rows)


def late_with_others(user: User) -> int:
    """How many lines are late in the offices that ``user`` heads and are somebody else's to do; no query for others."""
    return sum(count for (count,) in rows_of(_late(user)))


@made_once
def _late(user: User) -> Words | None:
    led = standing(user).offices(Role.HEAD)
    if not led:
        return None
    late = {"line_office__in": led, "line_on__lt": clock.today()}
    parts = _parts(user, lambda source: late, without={"line_who__in": standing(user).holders})
    once = [rows.values_list("line_pk", "line_on") for rows in parts]
    words = words_of(once[0].union(*once[1:])) if once else None
    return (f"SELECT count(*) FROM ({words[0]}) late", words[1]) if words else None


def _together(user: User, wanted: Callable[[Source], dict[str, Any] | None]) -> list[Due]:
    """The rows of all sources, asked at once, in order; what two sources say of one record and day is one line."""
    rows = _united(user, wanted)
    return [] if rows is None else _once(rows)


def _united(user: User, wanted: Callable[[Source], dict[str, Any] | None]) -> QuerySet[Any] | None:
    parts = [rows.values_list(*COLUMNS) for rows in _parts(user, wanted)]
    if not parts:
        return None
    found = parts[0].union(*parts[1:], all=True)
    return found.order_by("line_on", "line_at", "line_number", "line_source")[:LONGEST]


def _once(rows: Iterable[tuple[Any, ...]]) -> list[Due]:
    once = {(due.pk, due.on): due for due in (Due(*row) for row in rows)}
    return list(once.values())


def _parts(
    user: User,
    wanted: Callable[[Source], dict[str, Any] | None],
    without: dict[str, Any] | None = None,
) -> list[QuerySet[Any]]:
    """The rows of each source that is asked: those of ``wanted`` (None: not this source) and not ``without``."""
    parts = []
    for source in _SOURCES.values():
        if (conditions := wanted(source)) is None:
            continue
        rows = source.rows(user).filter(**conditions)
        parts.append(rows.exclude(**without) if without else rows)
    return parts
