"""The journal of applications by period: on the page, on paper, as a spreadsheet; for heads, each with its reason."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from casework.forms.cases import ExportForm
from casework.views.cases_list import EXPORT_TYPE
from core import clock
from offices.enums import Role
from offices.models import Office, ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing
from papers.attachments import serve_pdf
from papers.registers import print_register

from .. import application_permissions as may
from ..application_journal import counted, journal_register, journal_rows, journal_workbook
from ..forms.eligibility import PeriodForm
from ..models import Application

# More lines than this are not shown on the page; the paper and the spreadsheet have all.
SHOWN = 200


@client_page(kind=ReadKind.LIST)
def show_journal(request: HttpRequest) -> HttpResponse:
    """The lines of a period, their counts, and the way to the paper and the spreadsheet."""
    form, rows = _asked(request)
    found = list(rows)
    note_read(request, *found[:SHOWN])
    context = {
        "form": form,
        "rows": found[:SHOWN],
        "total": len(found),
        "counts": counted(found),
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "intake/application_journal.html", context)


@client_page(kind=ReadKind.PAPER)
def print_journal(request: HttpRequest) -> HttpResponse:
    """The register as a PDF, asked for with a reason."""
    form, rows = _asked(request)
    asked = ExportForm(request.POST or None)
    found = list(rows)
    if request.method == "POST" and asked.is_valid():
        note_read(request, _office(request, form), *found, reason=asked.cleaned_data["reason"])
        register = journal_register(
            found, _office(request, form), form.cleaned_data, by=request.user
        )
        name = f"applications-{clock.today():%Y-%m-%d}.pdf"
        return serve_pdf(print_register(register).pdf, name=name)
    note_read(request, _office(request, form))
    return _ask(request, asked, len(found), _("Print the journal"))


@client_page(kind=ReadKind.EXPORT)
def export_journal(request: HttpRequest) -> HttpResponse:
    """The same as a spreadsheet."""
    _form, rows = _asked(request)
    asked = ExportForm(request.POST or None)
    found = list(rows)
    if request.method == "POST" and asked.is_valid():
        note_read(request, *found, reason=asked.cleaned_data["reason"])
        answer = HttpResponse(journal_workbook(found), content_type=EXPORT_TYPE)
        name = f"applications-{clock.today():%Y-%m-%d}.xlsx"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    return _ask(request, asked, len(found), _("Export the journal"))


def _asked(request: HttpRequest) -> tuple[PeriodForm, Any]:
    """What the address asks for: this year where it says nothing; 403 for who keeps no journal."""
    if not may.can_keep_journal(request.user):
        raise PermissionDenied
    today = clock.today()
    start = {"first": today.replace(month=1, day=1).strftime("%d.%m.%Y"), "last": today.strftime("%d.%m.%Y")}  # fmt: skip
    form = PeriodForm(request.GET if request.GET else start, offices=_led(request))
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = journal_rows(request.user, chosen) if form.is_valid() else Application.objects.none()
    return form, rows


def _led(request: HttpRequest) -> Any:
    return Office.objects.filter(pk__in=standing(request.user).offices(Role.HEAD))


def _office(request: HttpRequest, form: PeriodForm) -> Office:
    chosen = form.cleaned_data.get("office") if form.is_valid() else None
    office: Office = chosen or _led(request).order_by("index").first()
    return office


def _ask(request: HttpRequest, form: ExportForm, count: int, title: str) -> HttpResponse:
    context = {"form": form, "count": count, "title": title}
    return TemplateResponse(request, "intake/application_journal_reason.html", context)
