"""What an episode's page says beside the record itself: what to do next, and what the reader may do."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.dates import day, when
from offices.models import User

from . import episode_permissions as may
from .accompaniment_enums import RESULTS
from .enums import EpisodeKind, EpisodeStatus, MeetingStatus
from .models import Accompaniment, Episode, Meeting
from .services.episode_results import has_result, missing_result


@dataclass(frozen=True)
class NextStep:
    """The one thing that comes next. ``is_mine`` where the reader is the one to do it."""

    text: str | Promise
    url: str = ""
    action: str | Promise = ""
    is_mine: bool = True


def next_step(user: User, episode: Episode, meetings: list[Meeting]) -> NextStep | None:
    """What comes next on ``episode``, seen by ``user``; None where nothing does."""
    if episode.status == EpisodeStatus.REQUESTED:
        return _before_acceptance(user, episode)
    if episode.status == EpisodeStatus.RETURNED:
        if not may.can_request_again(user, episode):
            return None
        url = reverse("episodes:request_again", args=[episode.pk])
        return NextStep(
            _("The request came back. Read why, then ask again or take it back."),
            url,
            _("Ask again"),
        )
    if episode.status == EpisodeStatus.ACTIVE:
        return _in_progress(user, episode, meetings)
    return None


def _before_acceptance(user: User, episode: Episode) -> NextStep:
    if may.can_decide_episode(user, episode):
        url = reverse("episodes:accept", args=[episode.pk])
        return NextStep(
            _("Your office is asked for help. Accept and name the specialist, or return it."),
            url,
            _("Accept"),
        )
    return NextStep(_("Waiting for the head of the office that is asked."), is_mine=False)


def _in_progress(user: User, episode: Episode, meetings: list[Meeting]) -> NextStep | None:
    mine = may.can_lead_meetings(user, episode)
    for status, text, action in (
        (MeetingStatus.RUNNING, _("A meeting is running."), _("Open the meeting")),
        (MeetingStatus.ENDED, _("A meeting is not written up yet."), _("Write it up")),
    ):
        found = next((m for m in meetings if m.status == status), None)
        if found:
            return NextStep(text, found.get_absolute_url() if mine else "", action, mine)
    planned = [m for m in meetings if m.status == MeetingStatus.PLANNED]
    if planned:
        first = min(planned, key=lambda m: m.planned_at or m.began_at)  # type: ignore[arg-type,return-value]  # planned ones have a time
        text = _("Next meeting: %s") % when(first.planned_at)
        return NextStep(text, first.get_absolute_url(), _("Open the meeting"), mine)
    if episode.kind != EpisodeKind.PSYCHOLOGICAL:
        return _with_accompaniments(episode, mine)
    if mine and has_result(episode):
        url = reverse("episodes:complete", args=[episode.pk])
        return NextStep(
            _("The conclusion is signed: the help can be completed."), url, _("Complete")
        )
    if mine:
        url = reverse("episodes:plan_meeting", args=[episode.pk])
        return NextStep(_("No meeting is planned."), url, _("Plan a meeting"))
    return NextStep(_("The help goes on; no meeting is planned."), is_mine=False)


def accompaniments_of(episode: Episode) -> list[Accompaniment]:
    """What lies in the file, the latest first, with the children ticked: two queries, remembered on the object."""
    known: list[Accompaniment] | None = episode.__dict__.get("_accompaniments")
    if known is None:
        ticked = Prefetch("episodes", Episode.objects.select_related("person"))
        rows = Accompaniment.objects.filter(episodes=episode).order_by("-on", "-at", "pk")
        known = list(rows.select_related("organisation", "specialist").prefetch_related(ticked))
        episode.__dict__["_accompaniments"] = known
    return known


def _with_accompaniments(episode: Episode, mine: bool) -> NextStep:
    """Legal and social help: the next accompaniment, else what clause 5 still asks for."""
    found = accompaniments_of(episode)
    planned = next((one for one in reversed(found) if one.is_planned), None)
    if planned is not None:
        to_write = planned.on <= clock.today()
        text = _("Next: %(what)s, %(day)s") % {
            "what": planned.get_kind_display(),
            "day": day(planned.on),
        }
        action = _("Write down how it went") if to_write else _("Open")
        name = "accompaniments:record" if to_write and mine else "accompaniments:accompaniment"
        return NextStep(text, reverse(name, args=[planned.pk]), action, mine)
    if not mine:
        return NextStep(_("The help goes on; nothing is planned."), is_mine=False)
    if any(one.status in RESULTS for one in found):
        url = reverse("episodes:complete", args=[episode.pk])
        text = _("There is an accompaniment that was held: the help can be completed.")
        return NextStep(text, url, _("Complete"))
    url = reverse("accompaniments:add", args=[episode.pk])
    return NextStep(missing_result(episode.kind), url, _("Add an accompaniment"))


def allowed(user: User, episode: Episode) -> dict[str, bool]:
    """What the reader may do with the episode, by the names that its page uses."""
    return {
        "decide": may.can_decide_episode(user, episode),
        "request_again": may.can_request_again(user, episode),
        "withdraw": may.can_withdraw_request(user, episode),
        "hand_over": may.can_hand_over_episode(user, episode),
        "lead": may.can_lead_meetings(user, episode),
        "complete": may.can_complete_episode(user, episode),
        "end": may.can_end_episode(user, episode),
        "read": may.can_read_episode_content(user, episode),
        "read_case": may.can_read_case_through(user, episode),
        "note": may.can_keep_notes(user, episode),
    }


def allowed_with(user: User, meeting: Meeting) -> dict[str, Any]:
    """What the reader may do with a meeting."""
    return {
        "change": may.can_change_plan(user, meeting),
        "begin": may.can_begin_meeting(user, meeting),
        "record": may.can_record_meeting(user, meeting),
        "resume": may.can_resume_meeting(user, meeting),
        "stop": may.can_stop_meeting(user, meeting),
        "miss": may.can_miss_meeting(user, meeting),
        "cancel": may.can_cancel_meeting(user, meeting),
        "note": may.can_keep_notes(user, meeting.episode),
        "alert": may.can_read_case_through(user, meeting.episode),
    }
