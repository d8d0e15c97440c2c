"""By when things are due by an office's own times: pure sums of moments, days and months, and the times of an office."""

import calendar as months
import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from core import clock
from core.workdays import Calendar, due_on, soon_from
from offices.models import Office

from .models import CaseDeadline, OfficeTimes
from .plan_enums import Deadline

# A deadline is "soon" on its last working day and the one before; one counted in hours in its last quarter.
SOON_DAYS = 1
SOON_SHARE = 0.75


@dataclass(frozen=True)
class Due:
    """A moment by which something is due, and whether it rests on days that nobody has confirmed."""

    at: dt.datetime
    is_provisional: bool = False


def times_of(office: Office) -> OfficeTimes:
    """The office's own times; the defaults, unsaved, where it has set none."""
    return OfficeTimes.objects.filter(office=office).first() or OfficeTimes(office=office)


def due_of(kind: str, started_at: dt.datetime, times: OfficeTimes, calendar: Calendar) -> Due:
    """When what began to count at ``started_at`` is due: after hours by the clock, or at the end of a working day."""
    if kind == Deadline.INITIAL:
        return Due(started_at + dt.timedelta(hours=times.initial_hours))
    days = times.comprehensive_days if kind == Deadline.COMPREHENSIVE else times.plan_days
    found = due_on(clock.local(started_at).date(), days, calendar)
    return Due(end_of(found.day), found.is_provisional)


def end_of(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59, 59)))


def months_after(day: dt.date, count: int) -> dt.date:
    """The same day ``count`` months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    last = months.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def amber_of(deadline: CaseDeadline, calendar: Calendar) -> dt.datetime:
    """From when a deadline is "soon"."""
    if deadline.kind == Deadline.INITIAL:
        return deadline.started_at + (deadline.due_at - deadline.started_at) * SOON_SHARE
    day = soon_from(clock.local(deadline.due_at).date(), SOON_DAYS, calendar)
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
