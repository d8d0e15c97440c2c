"""Meetings: planning, the page by state, writing up, missed and called off."""

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import clock
from core.drafts import keep_draft
from core.saving import kept_form, save_once
from offices.reading import client_page, note_read

from .. import episode_permissions as may
from ..appointments import begins_at, upcoming
from ..enums import MeetingStatus
from ..episode_page import allowed_with
from ..forms.episodes import ReasonForm
from ..forms.meetings import PlanForm, RecordForm
from ..history import history_of
from ..models import Episode, Meeting, SafetyAlert
from ..services import meetings as services
from ..services.notes import find_note
from ..trails import meeting_trail
from .episodes import episode_step, episode_strip

# What the page of a running meeting lets one type.
TYPED = {"work_done", "next_step", "with_whom", "others_present", "place"}


def meeting_step(allows: Callable[[Any, Meeting], bool]) -> Callable[..., Any]:
    """As ``episode_step``: 404 unknown, 403 never theirs, an old link leads to the meeting, an old form to the service."""

    def decorated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def step(request: HttpRequest, pk: str) -> HttpResponse:
            meeting = find_meeting(request, pk)
            if not allows(request.user, meeting):
                if not may.ties_of(request.user, meeting.episode).gives:
                    raise PermissionDenied
                if request.method != "POST":
                    return HttpResponseRedirect(meeting.get_absolute_url())
            return view(request, meeting)

        return step

    return decorated


@client_page
@episode_step(may.can_lead_meetings)
def plan(request: HttpRequest, episode: Episode) -> HttpResponse:
    """A new appointment."""
    initial = {"with_whom": [episode.person_id], "day": request.GET.get("on", "")}
    form = kept_form(
        PlanForm,
        request,
        f"meeting-plan:{episode.pk}",
        case=episode.case,
        help_kind=episode.kind,
        cancel_url=episode.get_absolute_url(),
        initial=initial,
    )
    ready = request.method == "POST" and form.is_valid() and form.find_overlaps(_own(request))
    if ready and (answer := save_once(request, form, lambda: _planned(request, episode, form))):
        return answer
    context = {**episode_strip(request, episode), "form": form, "title": _("Plan a meeting")}
    context["taken"] = upcoming(request.user)
    return TemplateResponse(request, "casework/meeting_form.html", context)


def _planned(request: HttpRequest, episode: Episode, form: PlanForm) -> str:
    services.plan_meeting(episode, form.plan(), actor=request.user)
    return episode.get_absolute_url()


@client_page
@meeting_step(may.can_change_plan)
def change_plan(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Another time, place or company for a planned meeting."""
    form = kept_form(
        PlanForm,
        request,
        f"meeting-change:{meeting.pk}",
        record=meeting,
        case=meeting.episode.case,
        help_kind=meeting.episode.kind,
        cancel_url=meeting.get_absolute_url(),
        initial=_planned_before(meeting),
    )
    others = _own(request).exclude(pk=meeting.pk)
    ready = request.method == "POST" and form.is_valid() and form.find_overlaps(others)
    if ready and (answer := save_once(request, form, lambda: _replanned(request, meeting, form))):
        return answer
    context = {**meeting_strip(request, meeting), "form": form, "title": _("Change the plan")}
    context["taken"] = upcoming(request.user)
    return TemplateResponse(request, "casework/meeting_form.html", context)


def _replanned(request: HttpRequest, meeting: Meeting, form: PlanForm) -> str:
    seen = form.cleaned_data["record_version"]
    services.change_plan(meeting, form.plan(), seen=seen, actor=request.user)
    return meeting.get_absolute_url()


@require_safe
@client_page
def show_meeting(request: HttpRequest, pk: str) -> HttpResponse:
    """The meeting by its state: what is planned, the running clock, what is to be written up, or what was held."""
    meeting = find_meeting(request, pk)
    leads = may.can_lead_meetings(request.user, meeting.episode)
    context = meeting_strip(request, meeting)
    if leads and meeting.status == MeetingStatus.RUNNING:
        form, now = record_form(request, meeting), clock.now()
        running = {"form": form, "now": now, "elapsed": _elapsed(meeting, now)}
        return TemplateResponse(request, "casework/meeting_running.html", {**context, **running})
    if leads and meeting.status == MeetingStatus.ENDED:
        form = record_form(request, meeting)
        return TemplateResponse(request, "casework/meeting_record.html", {**context, "form": form})
    context["entries"] = history_of(meeting_trail(meeting), reader=request.user)
    return TemplateResponse(request, "casework/meeting_page.html", context)


@client_page
@meeting_step(may.can_record_meeting)
def record(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Writing up: at once after the end, afterwards with typed times, or mending what was written."""
    form = record_form(request, meeting)
    if form.is_running:
        keep_typed(request, form)
        return HttpResponseRedirect(meeting.get_absolute_url())
    ready = request.method == "POST" and form.is_valid()
    if ready and (answer := save_once(request, form, lambda: _recorded(request, meeting, form))):
        return answer
    context = {**meeting_strip(request, meeting), "form": form}
    return TemplateResponse(request, "casework/meeting_record.html", context)


def _recorded(request: HttpRequest, meeting: Meeting, form: RecordForm) -> str:
    seen = form.cleaned_data["record_version"]
    services.record_meeting(meeting, form.record(), seen=seen, actor=request.user)
    return meeting.episode.get_absolute_url()


@client_page
@episode_step(may.can_lead_meetings)
def record_unplanned(request: HttpRequest, episode: Episode) -> HttpResponse:
    """A meeting that nobody planned, typed afterwards with its times."""
    form = kept_form(
        RecordForm,
        request,
        f"meeting-unplanned:{episode.pk}",
        meeting=None,
        case=episode.case,
        help_kind=episode.kind,
        cancel_url=episode.get_absolute_url(),
        initial={"with_whom": [episode.person_id]},
    )
    ready = request.method == "POST" and form.is_valid()
    if ready and (
        answer := save_once(request, form, lambda: _recorded_unplanned(request, episode, form))
    ):
        return answer
    title = _("Record a meeting that was held")
    context = {**episode_strip(request, episode), "form": form, "title": title}
    return TemplateResponse(request, "casework/meeting_form.html", context)


def _recorded_unplanned(request: HttpRequest, episode: Episode, form: RecordForm) -> str:
    kind = form.cleaned_data["kind"]
    services.record_unplanned_meeting(episode, form.record(), kind=kind, actor=request.user)
    return episode.get_absolute_url()


@client_page
@meeting_step(may.can_miss_meeting)
def miss(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return _not_held(
        request, meeting, _("It did not take place"), _("Why it did not take place"),
        services.miss_meeting,
    )  # fmt: skip


@client_page
@meeting_step(may.can_cancel_meeting)
def cancel(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return _not_held(
        request, meeting, _("Call the meeting off"), _("Why it is called off"),
        services.cancel_meeting,
    )  # fmt: skip


def _not_held(
    request: HttpRequest, meeting: Meeting, title: str, label: str, act: Callable[..., Meeting]
) -> HttpResponse:
    form = kept_form(
        ReasonForm,
        request,
        f"meeting-not-held:{meeting.pk}",
        label=label,
        save=title,
        cancel_url=meeting.get_absolute_url(),
        longest=300,
    )
    if request.method == "POST" and form.is_valid():

        def note_it() -> str:
            act(meeting, reason=form.cleaned_data["reason"], actor=request.user)
            return meeting.episode.get_absolute_url()

        if answer := save_once(request, form, note_it):
            return answer
    context = {**meeting_strip(request, meeting), "form": form, "title": title}
    return TemplateResponse(request, "casework/meeting_form.html", context)


def find_meeting(request: HttpRequest, pk: str) -> Meeting:
    """The meeting with its episode, noted as read; 404 where the reader may not know of it."""
    meeting: Meeting = get_object_or_404(
        Meeting.objects.visible_to(request.user)
        .select_related(
            "specialist", "episode__case__office", "episode__case__responsible",
            "episode__person", "episode__office", "episode__specialist",
        )
        .prefetch_related("with_whom"),
        pk=pk,
    )  # fmt: skip
    episode = meeting.episode
    note_read(request, episode, episode.case, episode.person)
    return meeting


def meeting_strip(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What every page of a meeting is given."""
    episode = meeting.episode
    alerts: QuerySet[SafetyAlert] = SafetyAlert.objects.filter(
        case=episode.case_id, lifted_at=None
    ).select_related("raised_by")
    keeps = may.can_keep_notes(request.user, episode)
    return {
        "meeting": meeting,
        "episode": episode,
        "case": episode.case,
        "person": episode.person,
        "can": allowed_with(request.user, meeting),
        "alerts": list(alerts) if may.can_read_alerts(request.user, episode) else [],
        "keep_url": reverse("episodes:keep_meeting_note", args=[meeting.pk]),
        "note": find_note(episode, meeting, author=request.user) if keeps else None,
        "is_past": meeting.planned_at is not None and meeting.planned_at <= clock.now(),
    }


def record_form(request: HttpRequest, meeting: Meeting) -> Any:
    """The one form in which a meeting is written, while it runs and afterwards."""
    return kept_form(
        RecordForm,
        request,
        record_key(meeting.pk),
        record=meeting,
        meeting=meeting,
        case=meeting.episode.case,
        help_kind=meeting.episode.kind,
        cancel_url=meeting.episode.get_absolute_url(),
        initial=_written_before(meeting),
    )


def keep_typed(request: HttpRequest, form: RecordForm) -> None:
    """What was typed into a running meeting's page becomes the draft of its write-up. The private note is no part of it."""
    if request.method != "POST" or not TYPED & set(form.changed_data):
        return
    payload = {n: v for n, v in request.POST.lists() if n in TYPED or n == "record_version"}
    keep_draft(request.user, form.draft_key, payload)


def _elapsed(meeting: Meeting, now: dt.datetime) -> str:
    """Minutes and seconds since it began: «12:05»."""
    seconds = int((now - begins_at(meeting)).total_seconds())
    return f"{seconds // 60}:{seconds % 60:02d}"


def record_key(pk: Any) -> str:
    return f"meeting-record:{pk}"


def _own(request: HttpRequest) -> QuerySet[Meeting]:
    return Meeting.objects.of_calendar(request.user)


def _planned_before(meeting: Meeting) -> dict[str, Any]:
    at = clock.local(meeting.planned_at) if meeting.planned_at else None
    return {
        "kind": meeting.kind,
        "day": at.date() if at else None,
        "at": at.time() if at else None,
        "planned_minutes": meeting.planned_minutes,
        **_company(meeting),
    }


def _written_before(meeting: Meeting) -> dict[str, Any]:
    return {
        "work_done": meeting.work_done,
        "next_step": meeting.next_step,
        "overrun_reason": meeting.overrun_reason,
        **_company(meeting),
    }


def _company(meeting: Meeting) -> dict[str, Any]:
    return {
        "with_whom": [person.pk for person in meeting.with_whom.all()],
        "others_present": meeting.others_present,
        "place": meeting.place,
    }
