"""Episodes: the list, the page, asking for help."""

import functools
import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from core.saving import kept_form, save_once
from offices.enums import Role
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing

from ..appointments import in_order
from ..enums import EpisodeStatus, MeetingStatus
from ..episode_page import allowed, next_step
from ..episode_permissions import (
    can_read_alerts,
    can_request_again,
    can_request_episode,
    in_some_state,
    ties_of,
)
from ..episode_sections import rendered_sections
from ..episode_steps import steps_of
from ..episode_tables import EpisodeTable
from ..forms.episodes import RequestForm
from ..models import Case, Episode, PrivateNote, SafetyAlert
from ..models.episodes import HELPING_ROLE
from ..services.episodes import request_again, request_episode


def episode_step(allows: Callable[[Any, Episode], bool]) -> Callable[..., Any]:
    """Give a view the episode that it changes: 404 where unknown to the reader, 403 where the step is never theirs.

    Where it was theirs and the state has moved on, an old page's form is let through to the service, which says so
    (or answers what was sent twice); an old link leads to the episode.
    """

    def decorated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def step(request: HttpRequest, pk: str) -> HttpResponse:
            episode = find_episode(request, pk)
            if not allows(request.user, episode):
                if not in_some_state(allows, request.user, episode):
                    raise PermissionDenied
                if request.method != "POST":
                    return HttpResponseRedirect(episode.get_absolute_url())
            return view(request, episode)

        return step

    return decorated


@client_page(kind=ReadKind.LIST)
def list_episodes(request: HttpRequest) -> HttpResponse:
    """The episodes that the reader may know of, by state; in progress and waiting ones unless told."""
    if not standing(request.user).has(Role.HEAD, *HELPING_ROLE.values()):
        raise PermissionDenied
    visible = Episode.objects.visible_to(request.user)
    counts = dict(visible.order_by().values_list("status").annotate(n=Count("pk")))
    chosen = request.GET.get("state", "")
    open_states = (EpisodeStatus.REQUESTED, EpisodeStatus.RETURNED, EpisodeStatus.ACTIVE)
    states = [chosen] if chosen in EpisodeStatus.values else open_states
    rows = visible.filter(status__in=states).select_related(
        "case__office", "person", "office", "specialist"
    )
    table = EpisodeTable(rows)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    shown = [row.record for row in table.paginated_rows]
    note_read(request, *shown, *(episode.case for episode in shown))
    context = {
        "table": table,
        "chips": _chips(counts, chosen, open_states),
        "leads": standing(request.user).has(Role.HEAD),
    }
    return TemplateResponse(request, "casework/episode_list.html", context)


def _chips(
    counts: dict[str, int], chosen: str, open_states: tuple[str, ...]
) -> list[dict[str, Any]]:
    total = sum(counts.get(state, 0) for state in open_states)
    chips = [{"url": "?", "label": _("Open"), "count": total, "is_current": not chosen}]
    for state in EpisodeStatus:
        chips.append(
            {
                "url": f"?state={state.value}",
                "label": state.label,
                "count": counts.get(state.value, 0),
                "is_current": chosen == state.value,
            }
        )
    return chips


@require_safe
@client_page
def show_episode(request: HttpRequest, pk: str) -> HttpResponse:
    """One episode; the head of the asked office is shown the request alone."""
    episode = find_episode(request, pk)
    ties = ties_of(request.user, episode)
    found = episode.meetings.select_related("specialist").prefetch_related("with_whom")
    meetings = in_order(found) if ties.reads_content else []
    notes = _own_notes(request, episode)
    context = {
        **episode_strip(request, episode),
        "rows": [{"meeting": m, "has_note": m.pk in notes} for m in meetings],
        "next": next_step(request.user, episode, meetings),
        "sections": rendered_sections(request, episode) if episode.specialist_id else [],
        "steps": steps_of(episode),
        "note": notes.get(None),
        "begin_key": uuid.uuid4(),
        "held": [m for m in meetings if m.status == MeetingStatus.HELD],
    }
    return TemplateResponse(request, "casework/episode_page.html", context)


@client_page
def ask_for_help(request: HttpRequest, case_pk: str) -> HttpResponse:
    """The responsible worker, a stand-in or the head asks an office for help."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_pk)
    if not can_request_episode(request.user, case):
        raise PermissionDenied
    note_read(request, case)
    form = kept_form(RequestForm, request, f"episode-request:{case.pk}", case=case)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def ask() -> str:
            office, specialist = said["asked"]
            episode = request_episode(
                case,
                person=said["person"],
                kind=said["kind"],
                office=office,
                asked_specialist=specialist,
                request=said["request"],
                actor=request.user,
            )
            return episode.get_absolute_url()

        if answer := save_once(request, form, ask):
            return answer
    context = {"form": form, "case": case, "title": _("Ask for help")}
    return TemplateResponse(request, "casework/episode_request.html", context)


@client_page
@episode_step(can_request_again)
def ask_again(request: HttpRequest, episode: Episode) -> HttpResponse:
    """A returned request, changed and asked again."""
    form = kept_form(
        RequestForm,
        request,
        f"episode-again:{episode.pk}",
        record=episode,
        case=episode.case,
        kind=episode.kind,
        initial=_asked_before(episode),
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def ask() -> str:
            office, specialist = said["asked"]
            again = request_again(
                episode,
                seen=said["record_version"],
                person=said["person"],
                office=office,
                asked_specialist=specialist,
                request=said["request"],
                actor=request.user,
            )
            return again.get_absolute_url()

        if answer := save_once(request, form, ask):
            return answer
    context = {"form": form, "case": episode.case, "episode": episode, "title": _("Ask again")}
    return TemplateResponse(request, "casework/episode_request.html", context)


def find_episode(request: HttpRequest, pk: str) -> Episode:
    """The episode with what its strip shows, noted as read; 404 where the reader may not know of it."""
    episode: Episode = get_object_or_404(
        Episode.objects.visible_to(request.user).select_related(
            "case__office",
            "case__responsible",
            "case__basis_organisation",
            "person",
            "office",
            "specialist",
            "asked_specialist",
            "requested_by",
        ),
        pk=pk,
    )
    note_read(request, episode, episode.case, episode.person)
    return episode


def episode_strip(request: HttpRequest, episode: Episode) -> dict[str, Any]:
    """What every page of an episode is given: the record, the dangers, what the reader may do."""
    alerts = SafetyAlert.objects.filter(case=episode.case_id, lifted_at=None)
    return {
        "episode": episode,
        "case": episode.case,
        "person": episode.person,
        "may": allowed(request.user, episode),
        "alerts": list(alerts.select_related("raised_by"))
        if can_read_alerts(request.user, episode)
        else [],
    }


def _asked_before(episode: Episode) -> dict[str, Any]:
    asked = str(episode.office_id)
    if episode.asked_specialist_id:
        asked += f":{episode.asked_specialist_id}"
    return {"person": episode.person_id, "request": episode.request, "asked": asked}


def _own_notes(request: HttpRequest, episode: Episode) -> dict[Any, PrivateNote]:
    """The reader's own notes by meeting (None: on the episode as a whole), without their text."""
    notes = PrivateNote.objects.visible_to(request.user).filter(episode=episode)
    return {note.meeting_id: note for note in notes.defer("text")}
