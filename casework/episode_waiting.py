"""What waits for somebody in help: requests to decide, requests that came back, today's meetings, the running clock."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.models import Membership, User
from offices.waiting import Section, Urgency, Waiting

from .enums import EpisodeStatus, MeetingStatus
from .models import Case, CaseConflict, Episode, Meeting
from .models.episodes import HELPING_ROLE

_RAIL = "episodes:list"
_CALENDAR = "episodes:calendar"


def help_waiting_for(user: User) -> Iterable[Waiting]:
    """At most six queries whatever there is."""
    yield from _for_heads(user)
    yield from _for_requesters(user)
    yield from _for_specialists(user)


def _for_heads(user: User) -> Iterable[Waiting]:
    led = Episode.objects.led_by(user)
    requested = led.filter(status=EpisodeStatus.REQUESTED).select_related("case")
    for episode in requested.order_by("requested_at"):
        yield Waiting(
            _("Your office is asked for help: accept or return"),
            episode.get_absolute_url(),
            number=episode.case.number,
            rail=_RAIL,
        )
    for episode in without_helper(led).select_related("case"):
        yield Waiting(
            _("Nobody gives this help any more: hand it over"),
            reverse("episodes:hand_over", args=[episode.pk]),
            urgency=Urgency.LATE,
            number=episode.case.number,
            rail=_RAIL,
        )


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


def _for_requesters(user: User) -> Iterable[Waiting]:
    returned = Episode.objects.filter(
        status=EpisodeStatus.RETURNED, case__in=Case.objects.full_visible_to(user)
    ).filter(Q(requested_by=user) | Q(case__responsible=user))
    for episode in returned.select_related("case"):
        yield Waiting(
            _("A request for help came back: read why"),
            episode.get_absolute_url(),
            number=episode.case.number,
            rail=_RAIL,
        )


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
        rail=_CALENDAR,
    )
