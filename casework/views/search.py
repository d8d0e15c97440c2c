"""The search box: what is typed travels by POST, and the address of the results names nobody."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from offices.models import ReadKind
from offices.reading import client_page, note_read, staff_page

from ..keeping_permissions import can_use_sealed_door
from ..permissions import can_read_names
from ..search import Found, find, kept_search, remember


@staff_page
def search(request: HttpRequest) -> HttpResponse:
    """The box on a page of its own; a POST keeps the text and leads to its results."""
    typed = request.POST.get("text", "") if request.method == "POST" else ""
    if text := typed.replace("\0", "").strip():
        kept = remember(text, request.user)
        return HttpResponseRedirect(reverse("search:results", args=[kept.pk]))
    return TemplateResponse(request, "casework/search.html", _context(request, "", None))


@client_page(kind=ReadKind.SEARCH)
def results(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was found, for whoever looked for it; each time anew by what they may see now."""
    kept = kept_search(pk, request.user)
    if kept is None:
        raise Http404
    found = find(kept.text, request.user)
    for cases in (found.cases, found.guessed_cases):
        for case in cases:
            case.shows_names = can_read_names(request.user, case)  # type: ignore[attr-defined]  # for the template
    note_read(
        request,
        *found.cases,
        *found.guessed_cases,
        *found.people,
        *found.guessed_people,
        *found.conclusions,
        *found.releases,
        *(transfer.case for transfer in found.transfers),
        *(paper.record for paper in found.of_rooms),
    )
    return TemplateResponse(request, "casework/search.html", _context(request, kept.text, found))


def _context(request: HttpRequest, text: str, found: Found | None) -> dict[str, object]:
    return {"text": text, "found": found, "may_unseal": can_use_sealed_door(request.user)}
