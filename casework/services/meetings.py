"""State changes of a meeting: planned, begun, ended, recorded as held, missed, called off.

Each locks the meeting, checks permission (PermissionDenied) and state (DomainError, in words). Touching «begin» or «end»
twice is answered with the state that it is in; neither counts as a change of what is written, so a form that is being
typed into stays valid.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.models import StandardVersion, User

from ..enums import EpisodeKind, MeetingKind, MeetingStatus
from ..episode_permissions import (
    can_begin_meeting,
    can_cancel_meeting,
    can_change_plan,
    can_lead_meetings,
    can_miss_meeting,
    can_record_meeting,
    can_resume_meeting,
    can_stop_meeting,
)
from ..history import claim
from ..models import Episode, Meeting, Person

LONGEST = dt.timedelta(hours=8)


@dataclass(frozen=True)
class Plan:
    """When, for how many minutes, where and with whom a meeting is planned."""

    kind: str
    planned_at: dt.datetime
    planned_minutes: int
    place: str = ""
    with_whom: tuple[Person, ...] = ()
    others_present: str = ""


@dataclass(frozen=True)
class Record:
    """What is written of a meeting that was held. Times are aware moments."""

    began_at: dt.datetime
    ended_at: dt.datetime
    with_whom: tuple[Person, ...] = ()
    others_present: str = ""
    place: str = ""
    work_done: str = ""
    next_step: str = ""
    overrun_reason: str = ""


def meeting_kinds(help_kind: str) -> tuple[MeetingKind, ...]:
    """Sessions are psychological; lawyers and social workers hold consultations, with the clock of clause 7."""
    if help_kind == EpisodeKind.PSYCHOLOGICAL:
        return (MeetingKind.CONSULTATION, MeetingKind.SESSION)
    return (MeetingKind.CONSULTATION,)


@transaction.atomic
def plan_meeting(episode: Episode, plan: Plan, *, actor: User) -> Meeting:
    """An appointment of the episode's specialist. Overlaps are the form's to warn of, not refused."""
    episode = _locked_episode(episode, actor)
    _check_kind(episode, plan.kind)
    _check_plan(plan)
    meeting = Meeting(episode=episode, specialist=actor, recorded_by=actor)
    return _put_plan(meeting, plan)


@transaction.atomic
def change_plan(meeting: Meeting, plan: Plan, *, seen: int | None, actor: User) -> Meeting:
    meeting = _locked(meeting, can_change_plan, actor)
    claim(meeting, seen, actor=actor)
    _check_kind(meeting.episode, plan.kind)
    _check_plan(plan)
    return _put_plan(meeting, plan)


@transaction.atomic
def begin_meeting(meeting: Meeting, *, actor: User) -> Meeting:
    """It begins now; a consultation takes its limit from the standard in force today (clause 7)."""
    if already := _already(meeting, actor, MeetingStatus.RUNNING):
        return already
    meeting = _locked(meeting, can_begin_meeting, actor)
    return _begin(meeting, actor)


@transaction.atomic
def begin_unplanned_meeting(
    episode: Episode, *, kind: str, with_whom: Iterable[Person] = (), actor: User
) -> Meeting:
    """A meeting that nobody planned begins now."""
    episode = _locked_episode(episode, actor)
    _check_kind(episode, kind)
    meeting = Meeting(episode=episode, specialist=actor, recorded_by=actor, kind=kind)
    _begin(meeting, actor)
    meeting.with_whom.set(with_whom)
    return meeting


@transaction.atomic
def stop_meeting(meeting: Meeting, *, actor: User) -> Meeting:
    """It ends now; what was done is written afterwards, in peace."""
    if already := _already(meeting, actor, MeetingStatus.ENDED):
        return already
    meeting = _locked(meeting, can_stop_meeting, actor)
    meeting.status, meeting.ended_at = MeetingStatus.ENDED, _this_second()
    meeting.save()
    return meeting


@transaction.atomic
def resume_meeting(meeting: Meeting, *, actor: User) -> Meeting:
    """«End» was touched by mistake: the clock goes on from its beginning."""
    if already := _already(meeting, actor, MeetingStatus.RUNNING):
        return already
    meeting = _locked(meeting, can_resume_meeting, actor)
    _refuse_second_running(meeting.specialist, meeting)
    meeting.status, meeting.ended_at = MeetingStatus.RUNNING, None
    meeting.save()
    return meeting


@transaction.atomic
def record_meeting(meeting: Meeting, record: Record, *, seen: int | None, actor: User) -> Meeting:
    """Write up a meeting as held; past the limit of a consultation only with the reason."""
    meeting = _locked(meeting, can_record_meeting, actor)
    claim(meeting, seen, actor=actor)
    return _put_record(meeting, record, actor)


@transaction.atomic
def record_unplanned_meeting(
    episode: Episode, record: Record, *, kind: str, actor: User
) -> Meeting:
    """A meeting that was held without a plan is written up afterwards."""
    episode = _locked_episode(episode, actor)
    _check_kind(episode, kind)
    meeting = Meeting(episode=episode, specialist=actor, recorded_by=actor, kind=kind)
    return _put_record(meeting, record, actor)


@transaction.atomic
def miss_meeting(meeting: Meeting, *, reason: str, actor: User) -> Meeting:
    """Nobody came, or it could not be held when its time had come."""
    meeting = _locked(meeting, can_miss_meeting, actor)
    if meeting.planned_at is not None and meeting.planned_at > clock.now():
        raise DomainError(_("Its time has not come yet: call it off instead."))
    return _not_held(meeting, MeetingStatus.MISSED, reason)


@transaction.atomic
def cancel_meeting(meeting: Meeting, *, reason: str, actor: User) -> Meeting:
    """Called off beforehand, or begun by mistake; the reason says which."""
    meeting = _locked(meeting, can_cancel_meeting, actor)
    return _not_held(meeting, MeetingStatus.CANCELLED, reason)


def limit_for(
    kind: str, began_at: dt.datetime
) -> tuple[StandardVersion | None, int | None, int | None]:
    """The standard in force on the day a meeting began, its limit and its amber mark; none for a session (clause 7)."""
    if kind != MeetingKind.CONSULTATION:
        return None, None, None
    standard = StandardVersion.objects.in_force(clock.local(began_at).date())
    return standard, standard.consultation_minutes, standard.consultation_amber_minutes


def limit_minutes(meeting: Meeting | None, kind: str, began_at: dt.datetime) -> int | None:
    """The limit that holds for a meeting that began then: the one fixed when it began, unless its beginning is mended."""
    if meeting is not None and meeting.standard_id and meeting.began_at == began_at:
        return meeting.limit_minutes
    return limit_for(kind, began_at)[1]


def _this_second() -> dt.datetime:
    """Now, to the second: no consultation runs over by a part of one."""
    return clock.now().replace(microsecond=0)


def _begin(meeting: Meeting, actor: User) -> Meeting:
    _refuse_second_running(actor, meeting)
    meeting.specialist = actor
    meeting.status, meeting.began_at = MeetingStatus.RUNNING, _this_second()
    meeting.standard, meeting.limit_minutes, meeting.amber_minutes = limit_for(
        meeting.kind, meeting.began_at
    )
    meeting.save()
    return meeting


def _put_plan(meeting: Meeting, plan: Plan) -> Meeting:
    meeting.kind, meeting.place = plan.kind, plan.place
    meeting.planned_at, meeting.planned_minutes = plan.planned_at, plan.planned_minutes
    meeting.others_present = plan.others_present
    meeting.save()
    meeting.with_whom.set(plan.with_whom)
    return meeting


def _put_record(meeting: Meeting, record: Record, actor: User) -> Meeting:
    _check_times(record)
    if meeting.standard_id is None or meeting.began_at != record.began_at:
        meeting.standard, meeting.limit_minutes, meeting.amber_minutes = limit_for(
            meeting.kind, record.began_at
        )
    meeting.began_at, meeting.ended_at = record.began_at, record.ended_at
    meeting.place, meeting.others_present = record.place, record.others_present
    meeting.work_done, meeting.next_step = record.work_done, record.next_step
    meeting.overrun_reason = record.overrun_reason.strip()
    if meeting.has_run_over(record.ended_at) and not meeting.overrun_reason:
        raise DomainError(
            _("The consultation lasted longer than %(minutes)s minutes: say why, in a few words.")
            % {"minutes": meeting.limit_minutes}
        )
    if not meeting.has_run_over(record.ended_at):
        meeting.overrun_reason = ""
    meeting.status, meeting.recorded_by = MeetingStatus.HELD, actor
    meeting.save()
    meeting.with_whom.set(record.with_whom)
    return meeting


def _not_held(meeting: Meeting, status: str, reason: str) -> Meeting:
    if not reason.strip():
        raise DomainError(_("Say why, in a few words."))
    meeting.status, meeting.missed_reason = status, reason.strip()
    meeting.version += 1
    meeting.save()
    return meeting


def _check_kind(episode: Episode, kind: str) -> None:
    if kind not in meeting_kinds(episode.kind):
        raise DomainError(_("This help has no meetings of this kind."))


def _check_plan(plan: Plan) -> None:
    if clock.local(plan.planned_at).date() < clock.today():
        raise DomainError(_("This day has passed: record the meeting as held instead."))


def _check_times(record: Record) -> None:
    if record.ended_at <= record.began_at:
        raise DomainError(_("A meeting ends after it begins: check the times."))
    if record.ended_at > clock.now() + dt.timedelta(minutes=1):
        raise DomainError(_("These times are still to come: check them."))
    if record.ended_at - record.began_at > LONGEST:
        raise DomainError(_("This is longer than eight hours: check the times."))


def _refuse_second_running(specialist: User, meeting: Meeting) -> None:
    running = Meeting.objects.filter(specialist=specialist, status=MeetingStatus.RUNNING)
    if running.exclude(pk=meeting.pk).exists():
        raise DomainError(_("Another meeting of yours is still running: end it first."))


def _locked_episode(episode: Episode, actor: User) -> Episode:
    found = (
        Episode.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .filter(pk=episode.pk)
        .first()
    )
    if found is None or not can_lead_meetings(actor, found):
        raise PermissionDenied
    return found


def _locked(meeting: Meeting, may: Callable[[User, Meeting], bool], actor: User) -> Meeting:
    """The meeting with its row locked, once ``actor`` may and the state allows it."""
    found = (
        Meeting.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("episode")
        .filter(pk=meeting.pk)
        .first()
    )
    if found is None or not can_lead_meetings(actor, found.episode):
        raise PermissionDenied
    if not may(actor, found):
        raise DomainError(
            _("This cannot be done any more: the state of the meeting is now «%(state)s».")
            % {"state": found.get_status_display()}
        )
    return found


def _already(meeting: Meeting, actor: User, state: str) -> Meeting | None:
    """The meeting where it is in ``state`` already and ``actor`` leads it."""
    found = Meeting.objects.visible_to(actor).filter(pk=meeting.pk, status=state).first()
    return found if found is not None and can_lead_meetings(actor, found.episode) else None
