"""The list of applications, and one application: what is known, what was decided, what can be done next."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django_tables2 import RequestConfig

from offices.models import ReadKind
from offices.reading import client_page, note_read
from papers.attachments import serve_attachment, serve_paper

from .. import application_permissions as may
from ..application_list import DEFAULT_VIEW, VIEWS, chips, listed
from ..application_page import earlier_refusals, page_of, with_people, with_rows
from ..application_tables import ApplicationTable
from ..models import Application


@client_page(kind=ReadKind.LIST)
def list_applications(request: HttpRequest) -> HttpResponse:
    """The office's applications; first those that wait to be decided, the oldest at the top."""
    if not may.can_register_application(request.user):
        raise PermissionDenied
    view = request.GET.get("view", "")
    view = view if view in VIEWS else DEFAULT_VIEW
    rows = listed(request.user)
    table = ApplicationTable(with_people(rows.filter(VIEWS[view])), user=request.user)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    note_read(request, *(row.record for row in table.paginated_rows))
    context = {
        "table": table,
        "chips": chips(rows, view),
        "can_keep_journal": may.can_keep_journal(request.user),
    }
    return TemplateResponse(request, "intake/application_list.html", context)


@client_page
def show_application(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One application; once a case has opened, who does not read the case is shown the card alone."""
    application = find_application(request, pk)
    if not application.reads_content:  # type: ignore[attr-defined]  # annotated
        context: dict[str, Any] = {"application": application}
        return TemplateResponse(request, "intake/application_card.html", context)
    context = page_of(application, request.user)
    if context["shows_decisions"]:
        before = list(earlier_refusals(application, request.user))
        note_read(request, *before)
        context["earlier"] = before
    return TemplateResponse(request, "intake/application_page.html", context)


@client_page(kind=ReadKind.PAPER)
def open_receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The receipt's bytes, as they were fixed."""
    application = read_application(request, pk)
    if application.receipt is None:
        raise Http404
    return serve_paper(application.receipt)


@client_page(kind=ReadKind.PAPER)
def open_notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The notice of refusal, as it was fixed."""
    application = read_application(request, pk)
    if application.notice is None:
        raise Http404
    return serve_paper(application.notice)


@client_page(kind=ReadKind.PAPER)
def show_basis_scan(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = read_application(request, pk)
    if application.basis_scan is None:
        raise Http404
    return serve_attachment(application.basis_scan)


def find_application(request: HttpRequest, pk: UUID) -> Application:
    """The application with all that its page shows, its reading noted; 404 where the reader may not know of it."""
    rows = Application.objects.visible_to(request.user).with_depth_for(request.user)
    application: Application = get_object_or_404(with_rows(rows), pk=pk)
    note_read(request, application)
    return application


def read_application(request: HttpRequest, pk: UUID) -> Application:
    """The same for a step or a paper: 403 for who knows of it and does not read it."""
    application = find_application(request, pk)
    if not application.reads_content:  # type: ignore[attr-defined]  # annotated
        raise PermissionDenied
    return application
