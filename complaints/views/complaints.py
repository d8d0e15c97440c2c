"""The register, one complaint, what one handed in, its files and papers."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from casework.history import history_of
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing
from offices.working_calendar import working_calendar, years_in_doubt
from papers.attachments import serve_attachment, serve_paper
from papers.models import IssuedPaper

from .. import permissions as may
from ..complaint_page import page_of
from ..models import Complaint, PointEvidence
from ..register import ComplaintTable, first_order, listed, register_chips
from ..trails import complaint_trails
from .steps import find_complaint


@client_page(kind=ReadKind.LIST)
def show_register(request: HttpRequest) -> HttpResponse:
    """Every complaint that the reader may know of, narrowed by its state."""
    if not standing(request.user).has(*may.LIST_ROLES):
        raise PermissionDenied
    chosen = request.GET.get("state", "")
    sought = request.GET.get("number", "")[:30]
    calendar = working_calendar()
    rows, order = listed(request.user, chosen, sought), first_order(chosen, sought)
    table = ComplaintTable(rows, calendar=calendar, order=order)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    note_read(request, *[row.record for row in table.paginated_rows])
    context = {
        "table": table,
        "chips": register_chips(request.user, chosen),
        "number": sought,
        "can_receive": may.can_receive_complaint(request.user),
        "years_in_doubt": years_in_doubt(calendar),
    }
    return TemplateResponse(request, "complaints/register.html", context)


@client_page
def show_complaint(request: HttpRequest, pk: str) -> HttpResponse:
    complaint = find_complaint(request, pk)
    return TemplateResponse(request, "complaints/complaint.html", page_of(complaint, request.user))


@client_page
def show_history(request: HttpRequest, pk: str) -> HttpResponse:
    """Who changed what of it."""
    complaint = find_complaint(request, pk)
    entries = history_of(*complaint_trails(complaint))
    context = {"whose": complaint, "entries": entries, "full": True}
    return TemplateResponse(request, "casework/history.html", context)


@client_page(kind=ReadKind.LIST)
def show_handed_in(request: HttpRequest) -> HttpResponse:
    """What one took in at the counter oneself: number and state, nothing of its content."""
    if not may.can_receive_complaint(request.user):
        raise PermissionDenied
    rows = Complaint.objects.handed_in_by(request.user).only(
        "id", "number", "book_number", "state", "received_at", "level", "about_office"
    )
    found = list(rows[:50])
    note_read(request, *found)
    context = {"rows": found, "title": _("Complaints that I took in")}
    return TemplateResponse(request, "complaints/handed_in.html", context)


@client_page(kind=ReadKind.PAPER)
def open_scan(request: HttpRequest, pk: str) -> HttpResponse:
    complaint = find_complaint(request, pk)
    if complaint.scan is None:
        raise Http404
    return serve_attachment(complaint.scan)


@client_page(kind=ReadKind.PAPER)
def open_evidence(request: HttpRequest, pk: str, file: str) -> HttpResponse:
    complaint = find_complaint(request, pk)
    files = PointEvidence.objects.filter(point__complaint=complaint).select_related("file")
    return serve_attachment(get_object_or_404(files, pk=file).file)


@client_page(kind=ReadKind.PAPER)
def open_receipt(request: HttpRequest, pk: str) -> HttpResponse:
    return _paper(find_complaint(request, pk).receipt)


@client_page(kind=ReadKind.PAPER)
def open_answer(request: HttpRequest, pk: str) -> HttpResponse:
    """The answer as it was sent, as long as it has been."""
    answer: Any = may.answer_of(find_complaint(request, pk))
    return _paper(answer.paper if answer else None)


def _paper(paper: IssuedPaper | None) -> HttpResponse:
    if paper is None:
        raise Http404
    return serve_paper(paper)
