"""The psychologist's desk, one conclusion, its paper."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from offices.models import ReadKind
from offices.reading import client_page, note_read
from papers.attachments import serve_paper
from papers.check_codes import printed

from ..conclusion_desk import desk_chips, desk_rows, says_author
from ..conclusion_page import allowed, paired_sections, state_kind, steps_of, with_rows
from ..conclusion_papers import kept_paper
from ..conclusion_tables import ConclusionTable
from ..models import Conclusion, Episode
from ..release_permissions import can_ask_release
from ..services.conclusions import begin_conclusion


@client_page(kind=ReadKind.LIST)
def show_desk(request: HttpRequest) -> HttpResponse:
    """What is written, waits for a signature, is issued: for psychologists and for heads; others read what they may."""
    chosen = request.GET.get("state", "")
    rows = desk_rows(request.user, chosen)
    table = ConclusionTable(rows, shows_author=says_author(request.user))
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    for row in table.paginated_rows:
        _note(request, row.record)
    context = {"table": table, "chips": desk_chips(request.user, chosen)}
    return TemplateResponse(request, "casework/conclusion_desk.html", context)


@client_page
def show_conclusion(request: HttpRequest, pk: str) -> HttpResponse:
    """One conclusion: its text in both languages, its state, its paper, what comes next."""
    conclusion = find_conclusion(request, pk)
    if conclusion.is_draft:
        return HttpResponseRedirect(conclusion.write_url)
    return TemplateResponse(
        request, "casework/conclusion_page.html", conclusion_context(request, conclusion)
    )


@client_page
@require_POST
def begin(request: HttpRequest, episode: str) -> HttpResponse:
    """The draft for an episode: opened where there is one, begun where there is none."""
    found = get_object_or_404(Episode.objects.visible_to(request.user), pk=episode)
    conclusion = begin_conclusion(found, actor=request.user)
    return HttpResponseRedirect(conclusion.write_url)


@client_page(kind=ReadKind.PAPER)
def open_paper(request: HttpRequest, pk: str) -> HttpResponse:
    """The issued paper's bytes, as they were fixed."""
    conclusion = find_conclusion(request, pk)
    if conclusion.paper is None:
        raise Http404
    return serve_paper(conclusion.paper)


def find_conclusion(request: HttpRequest, pk: str, *, is_noted: bool = True) -> Conclusion:
    """The conclusion with all that its pages show, its reading noted; 404 where the reader may not know of it."""
    rows = with_rows(Conclusion.objects.visible_to(request.user))
    conclusion: Conclusion = get_object_or_404(rows, pk=pk)
    if is_noted:
        _note(request, conclusion)
    return conclusion


def conclusion_context(request: HttpRequest, conclusion: Conclusion) -> dict[str, Any]:
    """What every page of a conclusion is given."""
    corrections = conclusion.corrections.visible_to(request.user)
    return {
        "conclusion": conclusion,
        "episode": conclusion.episode,
        "case": conclusion.episode.case,
        "person": conclusion.episode.person,
        "state_kind": state_kind(conclusion),
        "sections": paired_sections(kept_paper(conclusion)),
        "check_code": printed(conclusion.paper.check_code) if conclusion.paper else "",
        "steps": steps_of(conclusion),
        "later": corrections.exclude(pk=conclusion.pk).first(),
        "may": {
            **allowed(request.user, conclusion),
            "release": can_ask_release(request.user, conclusion),
        },
    }


def _note(request: HttpRequest, conclusion: Conclusion) -> None:
    """The conclusion, its case and its episode: the log goes to both offices."""
    episode = conclusion.episode
    note_read(request, conclusion, episode.case, episode, episode.person)
