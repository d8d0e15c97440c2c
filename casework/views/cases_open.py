"""Opening a case on one screen: what is typed, whom it may already be about, and remarks that never stand in the way."""

import functools
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core.saving import KeptPage, kept_page, only_adds_row, save_once
from offices.models import ReadKind
from offices.reading import client_page

from ..forms.opening import OpeningForm
from ..forms.opening_rows import adults_formset, children_formset, schools
from ..opening_checks import are_seen, everybody_is_settled, remarks_before_opening
from ..permissions import can_open_case
from ..services.cases import NewCase, open_case
from ..services.opening import office_choices

DRAFT = "case:new"


@client_page(kind=ReadKind.SEARCH)
def open_case_page(request: HttpRequest) -> HttpResponse:
    """The screen; a POST opens the case, or comes back with mistakes, likely known persons, or remarks to be seen."""
    if not can_open_case(request.user):
        raise PermissionDenied
    rows = functools.partial(children_formset, form_kwargs={"schools": schools()})
    page = kept_page(
        OpeningForm,
        {"children": rows, "adults": adults_formset},
        request,
        DRAFT,
        offices=office_choices(request.user),
    )
    remarks: list[str] = []
    is_sent = request.method == "POST" and not only_adds_row(request)
    is_sound = is_sent and page.is_valid()
    page.head.keep_scan(request.user)
    if is_sound:
        rows_said = _filled(page)
        if everybody_is_settled(request, rows_said):
            remarks = remarks_before_opening(request, rows_said)
        if page.is_valid() and are_seen(page.head, remarks):
            answer = save_once(request, page, lambda: _open(request, page))
            if answer:
                return answer
    return TemplateResponse(
        request, "casework/case_open.html", {"page": page, "form": page.head, "remarks": remarks}
    )


def _open(request: HttpRequest, page: KeptPage) -> str:
    form, said = page.head, page.head.cleaned_data
    new = NewCase(
        office=form.chosen_office(),
        children=tuple(row.facts() for row in page["children"].filled()),
        adults=tuple(row.facts() for row in page["adults"].filled()),
        identification=form.identification(),
        basis=form.basis(),
        actual_address=form.actual_address(),
        registered_address=form.registered_address(),
        reason=said["reason"],
        categories=tuple(said["categories"]),
        risk_level=said["risk_level"] or "unknown",
    )
    return open_case(new, actor=request.user).get_absolute_url()


def _filled(page: KeptPage) -> list[Any]:
    return [*page["children"].filled(), *page["adults"].filled()]
