"""Eligibility: the worker's decision, the head's answer to a proposed refusal, and the case opened from an application."""

import functools
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.opening_checks import (
    are_seen,
    everybody_is_settled,
    offer_known,
    remarks_before_opening,
)
from core.saving import KeptPage, kept_form, kept_page, save_once
from offices.reading import client_page, note_read

from .. import application_permissions as may
from ..application_page import earlier_refusals, page_of
from ..forms.eligibility import ConfirmForm, ConfirmRow, DecisionForm, SettleForm
from ..models import Application
from ..services.applications import known_person
from ..services.eligibility import (
    confirm_refusal,
    find_eligible,
    open_case_from,
    propose_refusal,
    return_refusal,
)
from .applications import read_application


@client_page
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whether the family is in a difficult life situation. Eligible leads on to opening the case."""
    application = read_application(request, pk)
    if not may.can_decide_application(request.user, application):
        raise PermissionDenied
    form = kept_form(DecisionForm, request, f"application-decide:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            if form.finds_eligible:
                find_eligible(application, form.finding(), actor=request.user)
                return reverse("applications:open", args=[application.pk])
            propose_refusal(application, form.finding(), actor=request.user)
            return application.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    before = list(earlier_refusals(application, request.user))
    note_read(request, *before)
    context = {**page_of(application, request.user), "form": form, "earlier": before}
    return TemplateResponse(request, "intake/application_decide.html", context)


@client_page
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head, never who proposed it, confirms the refusal or returns it with a reason."""
    application = read_application(request, pk)
    if not may.can_settle_refusal(request.user, application):
        raise PermissionDenied
    form = kept_form(SettleForm, request, f"application-settle:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            if form.cleaned_data["answer"] == "confirm":
                confirm_refusal(application, actor=request.user)
            else:
                return_refusal(application, form.cleaned_data["reason"], actor=request.user)
            return application.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    context = {**page_of(application, request.user), "form": form}
    return TemplateResponse(request, "intake/application_settle.html", context)


@client_page
def open_case_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that will be carried into the case, once more before the eyes; persons known already are offered first."""
    application = read_application(request, pk)
    if not may.can_open_case_from(request.user, application):
        raise PermissionDenied
    page = _confirm_page(request, application)
    rows: list[Any] = list(page.parts.values())
    asked = [row for row in rows if row.known.record is None]
    for row in rows:
        row.record = row.known.record
    remarks: list[str] = []
    if request.method == "POST" and page.is_valid():
        if everybody_is_settled(request, asked):
            remarks = remarks_before_opening(request, rows)
        if page.is_valid() and are_seen(page.head, remarks):
            answer = save_once(request, page, lambda: _open(request, application, rows))
            if answer:
                return answer
    else:
        offer_known(request, asked)
    context = {**page_of(application, request.user), "page": page, "form": page.head}
    context |= {"remarks": remarks, "rows": rows, "decision": application.told_decisions[0]}  # type: ignore[attr-defined]  # prefetched
    return TemplateResponse(request, "intake/application_open.html", context)


def _confirm_page(request: HttpRequest, application: Application) -> KeptPage:
    parts = {
        f"person{row.pk}": functools.partial(ConfirmRow, known=known_person(row), row=row.pk)
        for row in application.named  # type: ignore[attr-defined]  # prefetched
    }
    return kept_page(ConfirmForm, parts, request, f"application-open:{application.pk}")


def _open(request: HttpRequest, application: Application, rows: list[Any]) -> str:
    records = {row.row: row.record for row in rows if row.record is not None}
    case = open_case_from(application, records=records, actor=request.user)
    messages.success(request, _("The case is open; everything was carried over"))
    return case.get_absolute_url()
