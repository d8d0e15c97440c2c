"""The clock of a meeting: begin, end, go on. One touch each, and nothing that was being typed is lost."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from core.errors import DomainError
from core.saving import kept_form, save_once
from offices.reading import client_page

from .. import episode_permissions as may
from ..forms.episodes import StepForm
from ..models import Episode, Meeting
from ..services import meetings as services
from .episodes import episode_step
from .meetings import find_meeting, keep_typed, record_form


@require_POST
@client_page
def begin(request: HttpRequest, pk: str) -> HttpResponse:
    """One touch: the planned meeting begins now."""
    return _touch(request, pk, services.begin_meeting)


@require_POST
@client_page
def stop(request: HttpRequest, pk: str) -> HttpResponse:
    """One touch: it ends now. What was being typed comes along and is kept as the draft of the write-up."""
    form = record_form(request, find_meeting(request, pk))
    answer = _touch(request, pk, services.stop_meeting)
    if form.is_running:
        keep_typed(request, form)
    return answer


@require_POST
@client_page
def resume(request: HttpRequest, pk: str) -> HttpResponse:
    """One touch: «end» was a mistake, the clock goes on."""
    return _touch(request, pk, services.resume_meeting)


def _touch(request: HttpRequest, pk: str, act: Callable[..., Meeting]) -> HttpResponse:
    meeting = find_meeting(request, pk)
    try:
        act(meeting, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(meeting.get_absolute_url())


@require_POST
@client_page
@episode_step(may.can_lead_meetings)
def begin_unplanned(request: HttpRequest, episode: Episode) -> HttpResponse:
    """One touch: a meeting that nobody planned begins now, with the person of the episode."""
    form = kept_form(StepForm, request, "", save="", cancel_url="")
    kind = request.POST.get("kind", "")
    if kind not in services.meeting_kinds(episode.kind) or not form.is_valid():
        return HttpResponseRedirect(episode.get_absolute_url())

    def begin_now() -> str:
        meeting = services.begin_unplanned_meeting(
            episode, kind=kind, with_whom=[episode.person], actor=request.user
        )
        return meeting.get_absolute_url()

    if answer := save_once(request, form, begin_now):
        return answer
    for refusal in form.non_field_errors():
        messages.error(request, refusal)
    return HttpResponseRedirect(episode.get_absolute_url())
