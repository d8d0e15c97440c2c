"""A specialist's appointments by day, for their own calendar."""

import datetime as dt
from collections.abc import Iterable
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


def upcoming(user: User) -> list[Meeting]:
    """The own planned meetings from today on, the soonest first, as taken times beside a new plan."""
    planned = Meeting.objects.of_calendar(user).filter(status=MeetingStatus.PLANNED)
    return list(planned.filter(planned_at__date__gte=clock.today()).order_by("planned_at")[:12])


def begins_at(meeting: Meeting) -> dt.datetime:
    """When it began, or is to begin; every meeting has one of them."""
    begins = meeting.began_at or meeting.planned_at
    assert begins is not None
    return begins


def in_order(meetings: Iterable[Meeting]) -> list[Meeting]:
    """As one works through them: what runs or is to be written up, what is planned (the soonest first), what has been."""
    begun = (MeetingStatus.RUNNING, MeetingStatus.ENDED)
    by_time = sorted(meetings, key=begins_at)
    planned = [m for m in by_time if m.status == MeetingStatus.PLANNED]
    past = [m for m in reversed(by_time) if m not in planned and m.status not in begun]
    return [m for m in by_time if m.status in begun] + planned + past
