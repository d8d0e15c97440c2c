"""A specialist's appointments by day, for their own calendar."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from core import clock
from offices.models import User

from .accompaniment_enums import AccompanimentStatus
from .enums import MeetingStatus
from .models import Accompaniment, Meeting

_SHOWN = [s for s in MeetingStatus.values if s != MeetingStatus.CANCELLED]


@dataclass
class Day:
    """One day with its meetings, hearings and other accompaniments."""

    on: dt.date
    meetings: list[Meeting] = field(default_factory=list)
    accompaniments: list[Accompaniment] = field(default_factory=list)

    @property
    def entries(self) -> list[tuple[str, Meeting | Accompaniment]]:
        """All of them with what they are, the earliest first; those without a time before."""
        found: list[tuple[dt.time, str, Meeting | Accompaniment]] = [
            (clock.local(begins_at(m)).time(), "meeting", m) for m in self.meetings
        ]
        found += [(a.at or dt.time(), "accompaniment", a) for a in self.accompaniments]
        ordered = sorted(found, key=lambda entry: entry[0])
        return [(what, record) for _at, what, record in ordered]

    @property
    def is_today(self) -> bool:
        return self.on == clock.today()


def week_of(day: dt.date) -> list[dt.date]:
    """Monday to Sunday."""
    monday = day - dt.timedelta(days=day.weekday())
    return [monday + dt.timedelta(days=n) for n in range(7)]


def appointments(user: User, days: list[dt.date]) -> list[Day]:
    """What is on the own ``days``, in order: five queries whatever there is. Called-off ones leave the calendar."""
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
    ways = (
        Accompaniment.objects.of_calendar(user)
        .filter(on__range=span)
        .exclude(status=AccompanimentStatus.CANCELLED)
        .select_related("case", "organisation")
        .prefetch_related("episodes__person")
    )
    for way in ways:
        by_day[way.on].accompaniments.append(way)
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
