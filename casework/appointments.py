"""A specialist's appointments by day, for their own calendar."""

import datetime as dt
from dataclasses import dataclass, field

from django.db.models import Q

from core import clock
from offices.models import User

from .enums import MeetingStatus
from .models import Meeting

_SHOWN = [s for s in MeetingStatus.values if s != MeetingStatus.CANCELLED]


@dataclass
class Day:
    """One day with its meetings, the earliest first."""

    on: dt.date
    meetings: list[Meeting] = field(default_factory=list)

    @property
    def is_today(self) -> bool:
        return self.on == clock.today()


def week_of(day: dt.date) -> list[dt.date]:
    """Monday to Sunday."""
    monday = day - dt.timedelta(days=day.weekday())
    return [monday + dt.timedelta(days=n) for n in range(7)]


def appointments(user: User, days: list[dt.date]) -> list[Day]:
    """The own meetings of ``days`` in order: two queries whatever there are. Called-off ones leave the calendar."""
    span = (days[0], days[-1])
    found = (
        Meeting.objects.of_calendar(user)
        .filter(status__in=_SHOWN)
        .filter(Q(began_at__date__range=span) | Q(began_at=None, planned_at__date__range=span))
        .select_related("episode__person", "episode__case")
        .prefetch_related("with_whom")
    )
    by_day = {day: Day(day) for day in days}
    for meeting in sorted(found, key=begins_at):
        by_day[clock.local(begins_at(meeting)).date()].meetings.append(meeting)
    return list(by_day.values())


def begins_at(meeting: Meeting) -> dt.datetime:
    """When it began, or is to begin; every meeting has one of them."""
    begins = meeting.began_at or meeting.planned_at
    assert begins is not None
    return begins
