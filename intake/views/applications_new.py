"""Registering an application, from nothing or from what a channel knows; and putting right what it says."""

import functools
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from casework.forms.opening_rows import schools
from casework.services.opening import office_choices
from core.saving import KeptPage, kept_page, only_adds_row, save_once
from offices.models import Office, ReadKind, User
from offices.reading import client_page, note_read
from papers.models import Attachment

from .. import application_permissions as may
from ..application_page import page_of
from ..carrying import Carried
from ..forms.application_rows import applied_adults, applied_children, row_said_by
from ..forms.applications import ApplicationForm
from ..models.applications import WHO_HAVE_APPLICATIONS
from ..services.applications import (
    change_application,
    known_person,
    register_application,
)
from ..services.new_application import AppliedAdult, NewApplication
from ..sources import KINDS, Source
from .applications import read_application


@client_page(kind=ReadKind.SEARCH)
def register(request: HttpRequest) -> HttpResponse:
    """A family asks for help, or a paper about one has come."""
    return _register(request, None)


@client_page
def register_from(request: HttpRequest, pk: UUID, source: str) -> HttpResponse:
    """The same, begun with what the call, finding, visitor or referral hands over."""
    kind = KINDS[source]
    if not may.can_register_application(request.user):
        raise PermissionDenied
    record = get_object_or_404(kind.records(request.user), pk=pk)
    note_read(request, record)
    return _register(request, Source(kind, record))


def _register(request: HttpRequest, source: Source | None) -> HttpResponse:
    if not may.can_register_application(request.user):
        raise PermissionDenied
    carried = source.carried() if source else None
    before = list(source.applications()) if source else []
    draft = (
        f"application:new:{source.kind.field}:{source.record.pk}" if source else "application:new"
    )
    offices = _offices(request.user, carried)
    page = _page(
        request,
        draft,
        _carried_head(carried) if carried else {},
        _carried_people(carried) if carried else [],
        offices=offices,
        had_before=bool(before),
    )
    if _is_sound(request, page, carried):

        def act() -> str:
            again = page.head.means_another
            said = said_on(page)
            made = register_application(said, actor=request.user, source=source, again=again)
            return made.get_absolute_url()

        if answer := save_once(request, page, act):
            return answer
    context = {"page": page, "form": page.head, "source": source, "before": before}
    context["cancel_url"] = (
        source.record.get_absolute_url() if source else reverse("applications:list")
    )
    return TemplateResponse(request, "intake/application_form.html", context)


@client_page
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put right what an application says."""
    application = read_application(request, pk)
    if not may.can_change_application(request.user, application):
        raise PermissionDenied
    page = _page(
        request,
        f"application:change:{pk}",
        ApplicationForm.said_by(application),
        [known_person(row) for row in application.named],  # type: ignore[attr-defined]  # prefetched
        record=application,
        offices=[application.office],
    )
    if _is_sound(request, page):

        def act() -> str:
            seen = page.cleaned_data["record_version"]
            change_application(application, said_on(page), actor=request.user, seen_version=seen)
            return application.get_absolute_url()

        if answer := save_once(request, page, act):
            return answer
    context = {**page_of(application, request.user), "page": page, "form": page.head}
    context |= {"cancel_url": application.get_absolute_url(), "is_change": True}
    return TemplateResponse(request, "intake/application_form.html", context)


def _page(
    request: HttpRequest, draft: str, head: dict[str, Any], people: list[Any], **more: Any
) -> KeptPage:
    """The form with its rows; what is there already begins it, and a POST is taken as it was sent."""
    children = [p for p in people if not hasattr(p, "relation")]
    adults = [p for p in people if hasattr(p, "relation")]
    more["initial"] = head
    page = kept_page(
        ApplicationForm,
        {
            "children": _rows(request, applied_children, children, schools=schools()),
            "adults": _rows(request, applied_adults, adults),
        },
        request,
        draft,
        **more,
    )
    for part in page.parts.values():
        for row in part.forms:
            row.reader = request.user
    return page


def _rows(request: HttpRequest, made: Any, people: list[Any], **form_kwargs: Any) -> Any:
    """The factory of one part. A sent page says all rows itself, so nothing counts as unchanged."""
    more: dict[str, Any] = {"form_kwargs": form_kwargs}
    if request.method != "POST" and people:
        more["initial"] = [row_said_by(person) for person in people]
    return functools.partial(made, **more)


def _is_sound(request: HttpRequest, page: KeptPage, carried: Carried | None = None) -> bool:
    is_sent = request.method == "POST" and not only_adds_row(request)
    is_sound = is_sent and page.is_valid()
    page.head.keep_scan(request.user)
    if carried is not None and carried.basis is not None and carried.basis.scan is not None:
        _keep_carried_scan(page.head, carried.basis.scan)
    return is_sound


def _keep_carried_scan(form: ApplicationForm, scan: Attachment) -> None:
    """The scan that came with the referral need not be chosen again, whoever uploaded it."""
    if form.scan is None and str(form["kept_scan"].value() or "") == str(scan.pk):
        form.scan, form.kept_scan_name = scan, scan.name


def said_on(page: KeptPage) -> NewApplication:
    form = page.head
    return NewApplication(
        office=form.chosen_office(),
        identification=form.identification(),
        basis=form.basis(),
        children=tuple(row.facts() for row in page["children"].filled()),
        adults=tuple(row.facts() for row in page["adults"].filled()),
        applicant=form.applicant(),
        actual_address=form.actual_address(),
        registered_address=form.registered_address(),
        reason=form.cleaned_data["reason"],
    )


def _offices(user: User, carried: Carried | None) -> list[Office]:
    """Where it may be registered: the channel's office first."""
    found = office_choices(user, *WHO_HAVE_APPLICATIONS)
    if carried is not None and carried.office in found:
        found = [carried.office, *(office for office in found if office != carried.office)]
    return found


def _carried_head(carried: Carried) -> dict[str, Any]:
    said: dict[str, Any] = {"reason": carried.reason, "office": carried.office}
    found = carried.identification
    said |= {
        "identified_by": found.kind,
        "identified_organisation": found.organisation,
        "identified_text": found.text,
        "identified_number": found.number,
        "identified_on": found.on,
    }
    place = carried.actual_address
    parts = ("district", "settlement", "street", "street_kind", "house", "flat")
    if place:
        said |= {part: getattr(place, part) for part in parts} | {"address_text": place.text}
    said["registered_text"] = carried.registered_address.text
    if carried.basis is not None:
        names = ("kind", "organisation", "text", "number", "on", "signatory")
        said |= {f"basis_{name}": getattr(carried.basis, name) for name in names}
        if carried.basis.scan is not None:
            said["kept_scan"] = str(carried.basis.scan.pk)
    return said


def _carried_people(carried: Carried) -> list[Any]:
    """Who the channel knows; the visitor who came alone applies."""
    adults: list[Any] = list(carried.adults)
    if carried.identification.kind == "self" and len(adults) == 1:
        known = {k: v for k, v in vars(adults[0]).items() if k not in ("row", "is_applicant")}
        adults = [AppliedAdult(**known, is_applicant=True)]
    return [*carried.children, *adults]
