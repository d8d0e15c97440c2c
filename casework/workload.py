"""What specialists carry: counts and busy times for their head, without anybody's name."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import pgettext

from core import clock
from offices.models import Membership, User

from .accompaniment_enums import AccompanimentKind, AccompanimentStatus
from .enums import EpisodeStatus, MeetingStatus
from .models import Accompaniment, Episode, Meeting
from .models.episodes import HELPING_ROLE, OFFERED_KINDS

DAYS_AHEAD = 7
_TAKES_TIME = [
    MeetingStatus.PLANNED,
    MeetingStatus.RUNNING,
    MeetingStatus.ENDED,
    MeetingStatus.HELD,
]


@dataclass(frozen=True)
class Load:
    """Episodes in progress, and meetings planned for the next seven days."""

    episodes: int = 0
    meetings: int = 0


@dataclass(frozen=True)
class Busy:
    """A time that is taken, by nobody in particular."""

    begins: dt.datetime
    ends: dt.datetime


@dataclass(frozen=True)
class Away:
    """A hearing or another way out of the house; how long it takes nobody knows, and sometimes not when it begins."""

    at: dt.time | None
    kind: str


@dataclass
class Week:
    """One specialist's week: what they carry, and the taken times of each day."""

    specialist: User
    load: Load
    days: dict[dt.date, list[Busy]] = field(default_factory=dict)
    ways: dict[dt.date, list[Away]] = field(default_factory=dict)

    @property
    def both(self) -> list[tuple[dt.date, list[Busy], list[Away]]]:
        """Each day with its meetings and its ways."""
        return [(day, taken, self.ways.get(day, [])) for day, taken in self.days.items()]


def loads_of(specialists: Iterable[User]) -> dict[UUID, Load]:
    """What each carries today, in all offices: two queries."""
    people = [user.pk for user in specialists]
    episodes = dict(
        Episode.objects.filter(specialist__in=people, status=EpisodeStatus.ACTIVE)
        .order_by()
        .values_list("specialist")
        .annotate(n=Count("pk"))
    )
    begins = clock.now()
    meetings = dict(
        Meeting.objects.filter(
            specialist__in=people,
            status=MeetingStatus.PLANNED,
            planned_at__gte=begins,
            planned_at__lt=begins + dt.timedelta(days=DAYS_AHEAD),
        )
        .order_by()
        .values_list("specialist")
        .annotate(n=Count("pk"))
    )
    return {pk: Load(episodes.get(pk, 0), meetings.get(pk, 0)) for pk in people}


def specialists_of(offices: Iterable[int]) -> list[User]:
    """Those who give help in these offices today."""
    there = Membership.objects.active().filter(
        office_id__in=offices, role__in=[HELPING_ROLE[kind] for kind in OFFERED_KINDS]
    )
    return list(
        User.objects.filter(is_active=True, memberships__in=there)
        .distinct()
        .order_by("surname", "given_name")
    )


def weeks_of(offices: Iterable[int], days: list[dt.date]) -> list[Week]:
    """The ``days`` of each specialist who helps in ``offices``, as taken times without names: five queries."""
    people = specialists_of(offices)
    loads = loads_of(people)
    weeks = {p.pk: Week(p, loads[p.pk], {day: [] for day in days}) for p in people}
    for specialist, begins, ends in _taken(list(weeks), days):
        day = clock.local(begins).date()
        if day in weeks[specialist].days:
            weeks[specialist].days[day].append(Busy(begins, ends))
    for specialist, on, way in _ways(list(weeks), days):
        weeks[specialist].ways.setdefault(on, []).append(way)
    return list(weeks.values())


def _ways(people: list[UUID], days: list[dt.date]) -> list[tuple[UUID, dt.date, Away]]:
    rows = (
        Accompaniment.objects.filter(specialist__in=people, on__range=(days[0], days[-1]))
        .exclude(status=AccompanimentStatus.CANCELLED)
        .order_by("on", "at")
        .values_list("specialist", "on", "at", "kind")
    )
    return [(who, on, Away(at, _away(kind))) for who, on, at, kind in rows]


def _away(kind: str) -> str:
    """One short word for a narrow place."""
    court = kind == AccompanimentKind.COURT
    return pgettext("taken time", "Court") if court else pgettext("taken time", "On the way")


def _taken(people: list[UUID], days: list[dt.date]) -> list[tuple[UUID, dt.datetime, dt.datetime]]:
    span = (days[0], days[-1])
    rows = (
        Meeting.objects.filter(specialist__in=people, status__in=_TAKES_TIME)
        .filter(Q(began_at__date__range=span) | Q(began_at=None, planned_at__date__range=span))
        .order_by("planned_at", "began_at")
        .values_list("specialist", "planned_at", "planned_minutes", "began_at", "ended_at")
    )
    taken = []
    for specialist, planned, minutes, began, ended in rows:
        begins = began or planned
        if begins is None:  # the filter leaves none without either
            continue
        ends = ended or begins + dt.timedelta(minutes=minutes)
        taken.append((specialist, begins, ends))
    return sorted(taken, key=lambda row: row[1])
