"""What the board shows of each open event: in words and colour, and nothing of a client to whom nobody is signed in."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.dates import hour
from offices.models import Office, User

from .models import DutyShift, HotlineCall
from .standing import call_offices

MOST = 300
# A look at the board from the far side of a room: no more of the place than fits on a line.
PLACE_SHOWN = 48


@dataclass(frozen=True)
class Row:
    """One open event as the board says it. ``state``: late, soon, in-time, or calm where a team is on site."""

    call: HotlineCall
    state: str
    is_unsent: bool
    said: str

    @property
    def place(self) -> str:
        text = self.call.where or self.call.what
        return text if len(text) <= PLACE_SHOWN else text[: PLACE_SHOWN - 1].rstrip() + "…"


def open_calls(offices: frozenset[int]) -> list[HotlineCall]:
    """The open events of the offices, soonest first: one query."""
    found = HotlineCall.objects.of_offices(offices).open().soonest_first()
    rows = found.select_related("office", "passed_office").annotate(others=Count("joined"))
    return list(rows[:MOST])


def board_rows(calls: Iterable[HotlineCall]) -> list[Row]:
    """Alarms first, then in the order given."""
    now = clock.now()
    rows = [_row(call, now) for call in calls]
    return sorted(rows, key=lambda row: not row.is_unsent)


def _row(call: HotlineCall, now: dt.datetime) -> Row:
    unsent = call.is_unsent(now)
    return Row(call, _state(call, now, unsent), unsent, _said(call, unsent))


def _state(call: HotlineCall, now: dt.datetime, unsent: bool) -> str:
    if call.on_site_at is not None:
        return "calm"
    if unsent or call.is_past_due(now):
        return "late"
    return "soon" if call.amber_at is not None and now >= call.amber_at else "in-time"


def _said(call: HotlineCall, unsent: bool) -> str:
    """What was done last, in a few words."""
    if call.on_site_at is not None:
        return _("On site %(at)s") % {"at": hour(call.on_site_at)}
    if unsent:
        return _("Nobody has been sent")
    if call.passed_at is not None:
        return _("Passed on %(at)s") % {"at": hour(call.passed_at)}
    if call.sent_at is not None:
        return _("Sent %(at)s") % {"at": hour(call.sent_at)}
    return _("Waits")


def mark_of(rows: Iterable[Row], *more: Any) -> str:
    """Changes when the board would look otherwise; clocks run by themselves in the page."""
    parts = [f"{r.call.pk}{r.call.version}{r.state}{r.said}{r.call.others}" for r in rows]  # type: ignore[attr-defined]  # annotated
    told = "\n".join([*parts, *map(str, more), str(get_language())])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def on_duty(
    offices: frozenset[int], until: dt.timedelta = dt.timedelta(hours=16)
) -> list[DutyShift]:
    """Who is on duty now and next, in the coming hours."""
    now = clock.now()
    shifts = DutyShift.objects.filter(office_id__in=offices, ends_at__gt=now)
    rows = shifts.filter(starts_at__lt=now + until).select_related("user", "office")
    return list(rows.order_by("office__index", "starts_at")[:12])


def offices_of(user: User) -> list[Office]:
    """The offices whose calls the person takes."""
    return list(Office.objects.filter(pk__in=call_offices(user)).order_by("index"))
