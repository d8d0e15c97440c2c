"""What waits for somebody in help: requests to decide, requests that came back, today's meetings, the running clock."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.enums import Role
from offices.models import Membership, User
from offices.standing import standing
from offices.waiting import Section, Urgency, Waiting, saying
from offices.waiting_lines import KeptLines, Lines, lines_kept

from .enums import EpisodeStatus, MeetingStatus
from .models import Case, CaseConflict, Episode, Meeting
from .models.episodes import HELPING_ROLE

_RAIL = "episodes:list"
_CALENDAR = "episodes:calendar"


def help_waiting_for(user: User) -> Iterable[Waiting | KeptLines]:
    """One query beside the common one, for who gives help."""
    yield from _requests(user)
    if standing(user).has(*HELPING_ROLE.values()):
        yield from _for_specialists(user)


@lines_kept
def _requests(user: User) -> Iterable[Lines]:
    own = standing(user)
    if own.has(Role.HEAD):
        led = Episode.objects.led_by(user)
        requested = led.filter(status=EpisodeStatus.REQUESTED)
        words = _("Your office is asked for help: accept or return")
        say = saying(words, "episodes:episode", rail=_RAIL)
        yield Lines(requested, say, at="requested_at")
        words = _("Nobody gives this help any more: hand it over")
        say = saying(words, "episodes:hand_over", rail=_RAIL, urgency=Urgency.LATE)
        yield Lines(without_helper(led), say, at="requested_at")
    if own.has(Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD):
        words = _("A request for help came back: read why")
        say = saying(words, "episodes:episode", rail=_RAIL)
        yield Lines(_returned_to(user), say, at="requested_at")


def without_helper(episodes: QuerySet[Episode]) -> QuerySet[Episode]:
    """Those in progress whose specialist has left the role or the office, may not sign in, or is shut out of the case."""
    helps = Membership.objects.active().filter(
        user=OuterRef("specialist"), office=OuterRef("office"), user__is_active=True
    )
    there = Q()
    for kind, role in HELPING_ROLE.items():
        there |= Q(Exists(helps.filter(role=role)), kind=kind)
    shut = CaseConflict.objects.filter(
        case=OuterRef("case"), user=OuterRef("specialist"), ended_at=None
    )
    return episodes.filter(status=EpisodeStatus.ACTIVE).filter(~there | Q(Exists(shut)))


def _returned_to(user: User) -> QuerySet[Episode]:
    """Requests that came back to who made them or answers for the case."""
    return Episode.objects.filter(
        status=EpisodeStatus.RETURNED, case__in=Case.objects.full_visible_to(user)
    ).filter(Q(requested_by=user) | Q(case__responsible=user))


def _for_specialists(user: User) -> Iterable[Waiting]:
    now, today = clock.now(), clock.today()
    tomorrow = timezone.make_aware(dt.datetime.combine(today + dt.timedelta(days=1), dt.time()))
    mine = Meeting.objects.of_calendar(user).filter(episode__status=EpisodeStatus.ACTIVE)
    waiting = mine.filter(
        Q(status__in=[MeetingStatus.RUNNING, MeetingStatus.ENDED])
        | Q(status=MeetingStatus.PLANNED, planned_at__lt=tomorrow)
    )
    rows = waiting.select_related("episode__case").order_by(
        F("began_at").asc(nulls_last=True), "planned_at"
    )
    for meeting in rows:
        yield _of_meeting(meeting, now)


def _of_meeting(meeting: Meeting, now: dt.datetime) -> Waiting:
    url, number = meeting.get_absolute_url(), meeting.episode.case.number
    if meeting.status == MeetingStatus.RUNNING:
        return _of_running(meeting, now)
    if meeting.status == MeetingStatus.ENDED:
        return Waiting(
            _("A meeting is to be written up"),
            url,
            urgency=Urgency.SOON,
            number=number,
            rail=_CALENDAR,
        )
    if meeting.planned_until is not None and meeting.planned_until < now:
        return Waiting(
            _("Was this meeting held? Write it up, or say why not"),
            url,
            urgency=Urgency.LATE,
            number=number,
            due_at=meeting.planned_at,
            rail=_CALENDAR,
        )
    return Waiting(
        meeting.get_kind_display(),
        url,
        section=Section.TODAY,
        number=number,
        due_at=meeting.planned_at,
        rail=_CALENDAR,
    )


def _of_running(meeting: Meeting, now: dt.datetime) -> Waiting:
    urgency = Urgency.IN_TIME if meeting.limit_at else Urgency.CALM
    if meeting.amber_at is not None and now >= meeting.amber_at:
        urgency = Urgency.SOON
    if meeting.has_run_over(now):
        urgency = Urgency.LATE
    return Waiting(
        _("A consultation is running") if meeting.is_consultation else _("A session is running"),
        meeting.get_absolute_url(),
        section=Section.RUNNING_OUT,
        urgency=urgency,
        number=meeting.episode.case.number,
        due_at=meeting.limit_at,
        amber_at=meeting.amber_at,
        rail=_CALENDAR,
    )
