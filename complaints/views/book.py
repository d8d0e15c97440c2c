"""The book of complaints and suggestions: listed, written in, settled, carried into a complaint, exported."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from casework.forms.cases import ExportForm
from casework.history import Trail, history_of
from casework.views.cases_list import EXPORT_TYPE
from core import clock
from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page, note_read

from .. import book_permissions as may
from ..book import BookTable, book_chips, book_lines
from ..book_export import book_workbook
from ..forms.book import EntryForm, PeriodForm, SettleForm
from ..models import BookEntry, Complaint
from ..office_choice import offices_offered
from ..services import book as services
from .steps import refuse_unless

KEPT_IN_ADDRESS = ("first", "last", "office")


@client_page(kind=ReadKind.LIST)
def show_book(request: HttpRequest) -> HttpResponse:
    """What stands in the book, as far as the reader may see it."""
    refuse_unless(may.can_write_in_book(request.user))
    form, chosen = _chosen(request)
    kind = request.GET.get("kind", "")
    table = BookTable(book_lines(request.user, chosen, kind))
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    note_read(request, *table.find_records())
    kept = {name: request.GET[name] for name in KEPT_IN_ADDRESS if request.GET.get(name)}
    context = {
        "table": table,
        "form": form,
        "kind": kind,
        "is_narrowed": bool(kept),
        "chips": book_chips(request.user, chosen, kind, f"&{urlencode(kept)}" if kept else ""),
        "can_export": may.can_export_book(request.user),
        "query": request.GET.urlencode(),
    }
    return TemplateResponse(request, "complaints/book.html", context)


def _chosen(request: HttpRequest) -> tuple[PeriodForm, dict[str, Any]]:
    form = PeriodForm(request.GET, offices=offices_offered(request.user))
    return form, form.cleaned_data if form.is_valid() else {}


@client_page(kind=ReadKind.LIST)
def write(request: HttpRequest) -> HttpResponse:
    """Type in an entry of the book on the counter."""
    refuse_unless(may.can_write_in_book(request.user))
    form = kept_form(
        EntryForm, request, "book-entry", user=request.user, cancel_url=reverse("book:list")
    )

    def carry_out() -> str:
        entry = services.write_entry(
            office=form.cleaned_data["office"], **form.said, actor=request.user
        )
        messages.success(request, _("It stands in the book as %(number)s.") % {"number": entry.number})  # fmt: skip
        return reverse("book:list")

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        return answer
    context = {"form": form, "heading": _("An entry of the book")}
    return TemplateResponse(request, "complaints/book_form.html", context)


def find_entry(request: HttpRequest, pk: str) -> BookEntry:
    rows = BookEntry.objects.visible_to(request.user)
    related = ("office", "entered_by", "done_by", "about_person", "complaint")
    entry: BookEntry = get_object_or_404(rows.select_related(*related), pk=pk)
    note_read(request, entry)
    return entry


@client_page
def show_entry(request: HttpRequest, pk: str) -> HttpResponse:
    """The entry, what was done, and what may be done."""
    entry = find_entry(request, pk)
    seen = Complaint.objects.visible_to(request.user)
    context = {
        "entry": entry,
        "opens_complaint": bool(entry.complaint_id) and seen.filter(pk=entry.complaint_id).exists(),
        "may": {
            "change": may.can_change_entry(request.user, entry),
            "settle": may.can_settle_entry(request.user, entry),
            "complain": may.can_make_complaint(request.user, entry),
        },
    }
    return TemplateResponse(request, "complaints/book_entry.html", context)


@client_page
def show_history(request: HttpRequest, pk: str) -> HttpResponse:
    """Who changed what of it."""
    entry = find_entry(request, pk)
    silent = frozenset({"entered_by", "entered_at", "done_by", "complaint"})
    trail = Trail(BookEntry, Q(id=entry.pk), _("Entry of the book"), without=silent)
    context = {"whose": entry, "entries": history_of(trail), "full": True}
    return TemplateResponse(request, "casework/history.html", context)


@client_page
def change(request: HttpRequest, pk: str) -> HttpResponse:
    """Mend what was typed."""
    entry = find_entry(request, pk)
    refuse_unless(may.can_change_entry(request.user, entry))
    form = kept_form(
        EntryForm,
        request,
        f"book-change:{pk}",
        record=entry,
        user=request.user,
        entry=entry,
        cancel_url=entry.get_absolute_url(),
        initial=EntryForm.said_by(entry),
    )

    def carry_out() -> str:
        seen = form.cleaned_data["record_version"]
        services.change_entry(entry, **form.said, seen=seen, actor=request.user)
        return entry.get_absolute_url()

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        messages.success(request, _("Saved"))
        return answer
    context = {"form": form, "heading": _("Change the entry"), "entry": entry}
    return TemplateResponse(request, "complaints/book_form.html", context)


@client_page
def settle(request: HttpRequest, pk: str) -> HttpResponse:
    """Noted or answered, and what was done."""
    entry = find_entry(request, pk)
    refuse_unless(may.can_settle_entry(request.user, entry))
    begun = {"outcome": entry.outcome, "done": entry.done, "done_on": entry.done_on}
    form = kept_form(
        SettleForm,
        request,
        f"book-settle:{pk}",
        record=entry,
        cancel_url=entry.get_absolute_url(),
        initial=begun if entry.done else {},
    )

    def carry_out() -> str:
        said = {name: form.cleaned_data[name] for name in ("outcome", "done", "done_on")}
        seen = form.cleaned_data["record_version"]
        services.settle_entry(entry, **said, seen=seen, actor=request.user)
        return entry.get_absolute_url()

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        messages.success(request, _("Saved"))
        return answer
    context = {"form": form, "heading": _("What was done about the entry"), "entry": entry}
    return TemplateResponse(request, "complaints/book_form.html", context)


@client_page(kind=ReadKind.EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """The listed part of the book as a spreadsheet, asked for with a reason."""
    if not may.can_export_book(request.user):
        raise PermissionDenied
    _period, chosen = _chosen(request)
    lines = book_lines(request.user, chosen, request.GET.get("kind", "")).order_by("day", "number")
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        content, records = book_workbook(lines)
        note_read(request, *records, reason=form.cleaned_data["reason"])
        answer = HttpResponse(content, content_type=EXPORT_TYPE)
        name = f"book-{clock.today():%Y-%m-%d}.xlsx"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    context = {
        "form": form,
        "count": lines.count(),
        "title": _("Export the book"),
        "back_url": reverse("book:list"),
    }
    return TemplateResponse(request, "complaints/reason.html", context)
