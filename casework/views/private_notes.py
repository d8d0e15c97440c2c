"""The author's private notes: kept every few seconds as they are typed, shown to nobody else."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core import clock
from core.errors import ChangedMeanwhile, DomainError
from offices.models import ReadKind
from offices.reading import client_page, note_read

from .. import episode_permissions as may
from ..models import Episode, Meeting, PrivateNote
from ..services.notes import find_note, keep_note
from .episodes import episode_strip, find_episode
from .meetings import find_meeting, meeting_strip


@client_page
def show_episode_note(request: HttpRequest, pk: str) -> HttpResponse:
    """The note on the episode as a whole."""
    episode = find_episode(request, pk)
    return _page(request, episode, None, episode_strip(request, episode))


@client_page
def show_meeting_note(request: HttpRequest, pk: str) -> HttpResponse:
    """The note on one meeting."""
    meeting = find_meeting(request, pk)
    return _page(request, meeting.episode, meeting, meeting_strip(request, meeting))


@require_POST
@client_page
def keep_episode_note(request: HttpRequest, pk: str) -> HttpResponse:
    return _keep(request, get_object_or_404(Episode.objects.of_specialist(request.user), pk=pk))


@require_POST
@client_page
def keep_meeting_note(request: HttpRequest, pk: str) -> HttpResponse:
    meetings = Meeting.objects.filter(episode__in=Episode.objects.of_specialist(request.user))
    meeting = get_object_or_404(meetings.select_related("episode"), pk=pk)
    return _keep(request, meeting.episode, meeting)


@client_page(kind=ReadKind.LIST)
def list_notes(request: HttpRequest) -> HttpResponse:
    """All own notes by date, also of episodes that have passed to somebody else: of those the text alone."""
    notes = list(
        PrivateNote.objects.visible_to(request.user)
        .exclude(text="")
        .select_related("meeting", "episode__case", "episode__person")[:200]
    )
    mine = set(
        Episode.objects.of_specialist(request.user)
        .filter(pk__in=[note.episode_id for note in notes])
        .values_list("pk", flat=True)
    )
    for note in notes:
        note_read(request, note.episode, note.episode.case)
    rows = [{"note": note, "is_open": note.episode_id in mine} for note in notes]
    return TemplateResponse(request, "casework/note_list.html", {"rows": rows})


def _page(
    request: HttpRequest, episode: Episode, meeting: Meeting | None, context: dict[str, Any]
) -> HttpResponse:
    """A note is nobody's business: to whoever does not keep it the page does not exist."""
    if not may.can_keep_notes(request.user, episode):
        raise Http404
    note = find_note(episode, meeting, author=request.user)
    shown = {
        **context,
        "meeting": meeting,
        "note": note,
        "keep_url": _keep_url(episode, meeting),
        "back_url": (meeting or episode).get_absolute_url(),
        "can_alert": may.can_read_case_through(request.user, episode),
    }
    return TemplateResponse(request, "casework/note_page.html", shown)


def _keep_url(episode: Episode, meeting: Meeting | None) -> str:
    if meeting is not None:
        return reverse("episodes:keep_meeting_note", args=[meeting.pk])
    return reverse("episodes:keep_episode_note", args=[episode.pk])


def _keep(request: HttpRequest, episode: Episode, meeting: Meeting | None = None) -> HttpResponse:
    """Answers the page's script in JSON, a plain form by leading back; 409 where another window has changed the note."""
    try:
        seen = int(request.POST.get("note_version") or 0)
    except ValueError:
        return JsonResponse({"error": "note_version"}, status=400)
    text = request.POST.get("private_note", "")
    try:
        note = keep_note(episode, meeting, text=text, seen=seen, actor=request.user)
    except PermissionDenied:
        raise Http404 from None
    except DomainError as refusal:
        status = 409 if isinstance(refusal, ChangedMeanwhile) else 400
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"error": str(refusal)}, status=status)
        return _refused(request, episode, meeting, text, str(refusal), status)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse(
            {"saved_at": f"{clock.local(note.updated_at):%H:%M}", "version": note.version}
        )
    return HttpResponseRedirect((meeting or episode).get_absolute_url())


def _refused(
    request: HttpRequest,
    episode: Episode,
    meeting: Meeting | None,
    text: str,
    words: str,
    status: int,
) -> HttpResponse:
    """Without scripts: the page again with what was typed and why it was not kept."""
    note = find_note(episode, meeting, author=request.user)
    context = {
        "episode": episode,
        "case": episode.case,
        "meeting": meeting,
        "note": note,
        "typed": text,
        "refusal": words,
        "keep_url": _keep_url(episode, meeting),
        "back_url": (meeting or episode).get_absolute_url(),
    }
    return TemplateResponse(request, "casework/note_page.html", context, status=status)
