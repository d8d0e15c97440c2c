"""What the desk and the screen of the waiting room show of one office's day."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from core import clock
from offices.models import Office, User

from .enums import VisitorStatus
from .models import Visitor
from .models.reception import VisitorQuerySet
from .queue import in_turn, overtaken_by
from .reception_waiting import closing_of, is_closing

NEXT_SHOWN = 3
_NOW = (VisitorStatus.CALLED, VisitorStatus.RUNNING)


@dataclass(frozen=True)
class WaitingRow:
    """Somebody in the queue, and how many who came earlier stand behind them by clause 6."""

    visitor: Visitor
    overtakes: int


@dataclass(frozen=True)
class Desk:
    """One office's day in three lists: who is being received, who waits in turn, who is done."""

    office: Office
    day: dt.date
    received: list[Visitor] = field(default_factory=list)
    waiting: list[WaitingRow] = field(default_factory=list)
    done: list[Visitor] = field(default_factory=list)
    closes_at: dt.datetime | None = None
    is_closing: bool = False

    @property
    def visitors(self) -> list[Visitor]:
        return [*self.received, *(row.visitor for row in self.waiting), *self.done]

    @property
    def mark(self) -> str:
        return mark_of(self.visitors)


def desk_of(office: Office, day: dt.date, user: User) -> Desk:
    """Two queries: the visitors of the day, their needs."""
    found = _shown(Visitor.objects.visible_to(user).of_day(office, day))
    waiting = in_turn(v for v in found if v.status == VisitorStatus.WAITING)
    is_today = day == clock.today()
    return Desk(
        office=office,
        day=day,
        received=[v for v in found if v.status in _NOW],
        waiting=[WaitingRow(v, overtaken_by(v, waiting)) for v in waiting],
        done=[v for v in found if v.status not in (*_NOW, VisitorStatus.WAITING)],
        closes_at=closing_of(office, day),
        is_closing=is_today and is_closing(office, clock.now()),
    )


def _shown(rows: VisitorQuerySet) -> list[Visitor]:
    related = rows.select_related("privilege", "received_by").prefetch_related("needs")
    return list(related.order_by("number"))


def mark_of(visitors: Iterable[Visitor]) -> str:
    """Changes whenever the desk would show something else; says nothing of anybody."""
    said = sorted(
        f"{v.pk}:{v.status}:{v.version}:{v.window}:{v.privilege_id}:{v.began_at}" for v in visitors
    )
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Screen:
    """What the waiting room sees: numbers and windows, nothing of anybody."""

    office: Office
    now: list[tuple[int, str]]
    next: list[int]
    waiting: int


def screen_of(office: Office) -> Screen:
    """One query; today's numbers."""
    today = Visitor.objects.of_day(office, clock.today())
    found = list(today.filter(status__in=[*_NOW, VisitorStatus.WAITING]))
    turn = in_turn(v for v in found if v.status == VisitorStatus.WAITING)
    called = sorted(
        (v for v in found if v.status in _NOW and v.called_at is not None),
        key=lambda v: v.called_at or v.arrived_at,
        reverse=True,
    )
    return Screen(
        office=office,
        now=[(v.number, v.window) for v in called],
        next=[v.number for v in turn[:NEXT_SHOWN]],
        waiting=len(turn),
    )
