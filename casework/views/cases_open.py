"""Opening a case on one screen: what is typed, whom it may already be about, and remarks that never stand in the way."""

import functools
import hashlib
from dataclasses import replace
from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.saving import KeptPage, kept_page, only_adds_row, save_once
from offices.models import ReadKind
from offices.reading import client_page, note_read

from ..forms.opening import OpeningForm
from ..forms.opening_rows import NEW_RECORD, PersonRow, adults_formset, children_formset, schools
from ..lookalikes import Sought, known_elsewhere, known_like, open_cases_of
from ..permissions import can_open_case
from ..services.cases import NewCase, open_case
from ..services.new_case import KnownPerson
from ..services.opening import office_choices
from ..warnings import about_family, about_person, called

DRAFT = "case:new"
AnyKnown = TypeVar("AnyKnown", bound=KnownPerson)


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
        remarks = _remarks(request, page) if _everybody_is_settled(request, page) else []
        if page.is_valid() and _are_seen(page, remarks):
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


def _filled(page: KeptPage) -> list[PersonRow]:
    return [*page["children"].filled(), *page["adults"].filled()]


def _everybody_is_settled(request: HttpRequest, page: KeptPage) -> bool:
    """Offer the known persons whom a row may mean; False while the reader has not said who it is."""
    settled = True
    for row in _filled(page):
        row.alike = known_like(_sought(row), request.user)
        if not row.alike:
            continue
        note_read(request, *row.alike)
        chosen = row.cleaned_data["known_as"]
        row.record = next((p for p in row.alike if str(p.pk) == chosen), None)
        if row.record is None and chosen != NEW_RECORD:
            settled = False
            row.fields["known_as"].label = called(row.facts())
            row.add_error("known_as", _("Say whether this is somebody whom you know already."))
    return settled


def _sought(row: PersonRow) -> Sought:
    said = row.known()
    fields = {name: said[name] for name in ("surname", "given_name", "birth", "pin")}
    return Sought(**fields, sex=row.facts().sex)


def _remarks(request: HttpRequest, page: KeptPage) -> list[str]:
    """What the reader should see before the case opens; never a reason not to open it."""
    children = [_as_known(row.facts()) for row in page["children"].filled()]
    adults = [_as_known(row.facts()) for row in page["adults"].filled()]
    found = [
        remark
        for known in (*children, *adults)
        if known.record is None
        for remark in about_person(known)
    ]
    return found + about_family(children, adults) + _duplicates(request, page)


def _as_known(known: AnyKnown) -> AnyKnown:
    """The row with what the chosen record says of the person in place of what was typed."""
    record = known.record
    if record is None:
        return known
    named = {f: getattr(record, f) for f in ("surname", "given_name", "patronymic", "description")}
    return replace(known, birth=record.birth, sex=record.sex, pin=record.pin, **named)


def _duplicates(request: HttpRequest, page: KeptPage) -> list[str]:
    found = []
    for row in _filled(page):
        if row.record is not None:
            continue
        elsewhere = list(known_elsewhere(_sought(row), request.user)[:5])
        if elsewhere:
            note_read(request, *elsewhere, reason="known elsewhere")
            found.append(
                _("%(name)s: known elsewhere, ask your head.") % {"name": called(row.facts())}
            )
    records = [row.record for row in page["children"].filled() if row.record is not None]
    for case in open_cases_of(records, request.user):
        note_read(request, case)
        found.append(_("Case %(number)s of this child is still open.") % {"number": case.number})
    return found


def _are_seen(page: KeptPage, remarks: list[str]) -> bool:
    """Whether the reader goes on with these very remarks; the page then carries their mark."""
    mark = hashlib.sha256("\n".join(remarks).encode()).hexdigest() if remarks else ""
    if page.head.cleaned_data["seen_remarks"] == mark or not remarks:
        return True
    page.head.data = page.head.data.copy()
    page.head.data["seen_remarks"] = mark
    return False
