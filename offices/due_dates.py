"""Stored due dates that rest on the calendar: every room offers its own, and they move only when an administrator confirms.

Each room hangs a :class:`DueDates` in ``AppConfig.ready()``. What is shown are numbers; no record is opened.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.functional import Promise

from core import clock
from core.workdays import Calendar

from .models import CalendarMove, User
from .permissions import can_keep_accounts
from .working_calendar import working_calendar


@dataclass(frozen=True)
class Moves:
    """What a calendar would do to one kind of due date: how many come earlier, later, or only change what is provisional."""

    earlier: int = 0
    later: int = 0
    certainty: int = 0

    @property
    def total(self) -> int:
        return self.earlier + self.later + self.certainty


@dataclass(frozen=True)
class DueDates:
    """One kind of stored due date of open records.

    ``count`` says what a calendar would move; ``move`` carries it out through the room's own services, history and
    all, and says what it moved.
    """

    code: str
    label: str | Promise
    count: Callable[[Calendar], Moves]
    move: Callable[[Calendar, User], Moves]


_KINDS: dict[str, DueDates] = {}


def register_due_dates(kind: DueDates) -> None:
    _KINDS[kind.code] = kind


def kinds() -> list[DueDates]:
    return list(_KINDS.values())


def would_move() -> list[tuple[DueDates, Moves]]:
    """Each kind with what today's calendar would change in it."""
    calendar = working_calendar()
    return [(kind, kind.count(calendar)) for kind in kinds()]


@transaction.atomic
def move_due_dates(*, actor: User) -> CalendarMove:
    """Bring every stored due date of open records to today's calendar, and write down how many moved."""
    if not can_keep_accounts(actor):
        raise PermissionDenied
    calendar = working_calendar()
    moved = {kind.code: kind.move(calendar, actor).total for kind in kinds()}
    return CalendarMove.objects.create(at=clock.now(), by=actor, counts=moved)
