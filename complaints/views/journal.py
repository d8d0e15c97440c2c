"""The journal of complaints by period: on the page, on paper, as a spreadsheet; what leaves is asked for with a reason."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.forms.cases import ExportForm
from casework.views.cases_list import EXPORT_TYPE
from core import clock
from offices.models import Office, ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing
from papers.attachments import serve_pdf
from papers.registers import print_register

from .. import permissions as may
from ..complaint_page import STATE_KINDS
from ..forms.book import PeriodForm
from ..journal import (
    answered_late,
    counted,
    findings_of,
    journal_register,
    journal_rows,
    journal_workbook,
)
from ..models import Complaint
from ..office_choice import offices_offered

# More lines than this are not shown on the page; the paper and the spreadsheet have all.
SHOWN = 100


@client_page(kind=ReadKind.LIST)
def show_journal(request: HttpRequest) -> HttpResponse:
    """The lines of a period, their counts, and the way to the paper and the spreadsheet."""
    form, rows = _asked(request)
    found = list(rows)
    note_read(request, *found[:SHOWN])
    today = clock.today()
    context = {
        "form": form,
        "rows": [
            (row, STATE_KINDS[row.state], findings_of(row), answered_late(row, today))
            for row in found[:SHOWN]
        ],
        "total": len(found),
        "counts": counted(found),
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "complaints/journal.html", context)


@client_page(kind=ReadKind.EXPORT)
def print_journal(request: HttpRequest) -> HttpResponse:
    """The register as a PDF, logged as an export with its reason."""
    form, rows = _asked(request)
    asked = ExportForm(request.POST or None)
    found = list(rows)
    if request.method == "POST" and asked.is_valid():
        office = _office(request, form)
        note_read(request, office, *found, reason=asked.cleaned_data["reason"])
        chosen = form.cleaned_data if form.is_valid() else {}
        register = journal_register(found, office, chosen, by=request.user)
        name = f"complaints-{clock.today():%Y-%m-%d}.pdf"
        return serve_pdf(print_register(register).pdf, name=name)
    return _ask(request, asked, len(found), _("Print the journal"))


@client_page(kind=ReadKind.EXPORT)
def export_journal(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    form, rows = _asked(request)
    asked = ExportForm(request.POST or None)
    found = list(rows)
    if request.method == "POST" and asked.is_valid():
        reason = asked.cleaned_data["reason"]
        note_read(request, _office(request, form), *found, reason=reason)
        answer = HttpResponse(journal_workbook(found), content_type=EXPORT_TYPE)
        name = f"complaints-{clock.today():%Y-%m-%d}.xlsx"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    return _ask(request, asked, len(found), _("Export the journal"))


def _asked(request: HttpRequest) -> tuple[PeriodForm, Any]:
    """What the address asks for: this month where it says nothing; 403 for who keeps no journal."""
    if not standing(request.user).has(*may.LIST_ROLES):
        raise PermissionDenied
    today = clock.today()
    start = {"first": f"{today.replace(day=1):%d.%m.%Y}", "last": f"{today:%d.%m.%Y}"}
    form = PeriodForm(request.GET or start, offices=offices_offered(request.user))
    if not form.is_valid():
        return form, Complaint.objects.none()
    return form, journal_rows(request.user, form.cleaned_data)


def _office(request: HttpRequest, form: PeriodForm) -> Office:
    """On whose letterhead: the chosen office's, else the reader's own."""
    chosen = form.cleaned_data.get("office") if form.is_valid() else None
    own = standing(request.user).offices(*may.LIST_ROLES)
    return chosen or Office.objects.filter(pk__in=own).order_by("index")[:1].get()


def _ask(request: HttpRequest, form: ExportForm, count: int, title: str) -> HttpResponse:
    context = {
        "form": form,
        "count": count,
        "title": title,
        "back_url": reverse("complaints:journal"),
    }
    return TemplateResponse(request, "complaints/reason.html", context)
