"""Who read what, and what happened to accounts: for heads and auditors."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django_tables2 import RequestConfig

from offices.models import SecurityEvent
from offices.permissions import can_read_security_events
from offices.reading import staff_page

from ..forms import ReadingFilter, SecurityFilter
from ..reading import can_read_log, narrowed, readable_log, readers_in, with_case_numbers
from ..security import narrowed_events
from ..tables import ReadingTable, SecurityTable

PER_PAGE = 50


class _NumberedPages(Paginator):
    """Pages whose rows carry the numbers of their cases."""

    def page(self, number: Any) -> Any:
        found = super().page(number)
        with_case_numbers([row.record for row in found.object_list])
        return found


@staff_page
def reading(request: HttpRequest) -> HttpResponse:
    """The read log: all of it for an auditor, the own office's for a head."""
    if not can_read_log(request.user):
        raise PermissionDenied
    rows = readable_log(request.user).select_related("user")
    form = ReadingFilter(request.GET or None, readers=readers_in(rows))
    if form.is_valid():
        rows = narrowed(rows, **form.cleaned_data)
    elif form.is_bound:
        rows = rows.none()
    table = ReadingTable(rows)
    pages = {"per_page": PER_PAGE, "paginator_class": _NumberedPages, "silent": True}
    RequestConfig(request, paginate=pages).configure(table)
    context = {
        "form": form,
        "table": table,
        "shows_security": can_read_security_events(request.user),
    }
    return TemplateResponse(request, "reports/reading.html", context)


@staff_page
def security(request: HttpRequest) -> HttpResponse:
    """Events of all accounts, for the auditor."""
    if not can_read_security_events(request.user):
        raise PermissionDenied
    rows = SecurityEvent.objects.select_related("user", "by")
    form = SecurityFilter(request.GET or None)
    if form.is_valid():
        rows = narrowed_events(rows, **form.cleaned_data)
    elif form.is_bound:
        rows = rows.none()
    table = SecurityTable(rows)
    RequestConfig(request, paginate={"per_page": PER_PAGE, "silent": True}).configure(table)
    return TemplateResponse(request, "reports/security.html", {"form": form, "table": table})
