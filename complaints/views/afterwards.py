"""Appeals, withdrawal, City Hall's word, joined complaints, the case it belongs to."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from offices.reading import client_page

from .. import permissions as may
from ..forms.steps import (
    AppealForm,
    CaseForm,
    CityHallForm,
    LinkForm,
    OutcomeForm,
    WithdrawalForm,
)
from ..models import AppealStep
from ..services import afterwards as services
from .steps import find_complaint, refuse_unless, take_step


@client_page
def appeal(request: HttpRequest, pk: str) -> HttpResponse:
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_record_appeal(request.user, complaint))
    return take_step(
        request,
        complaint,
        AppealForm,
        "appeal",
        lambda form: services.record_appeal(complaint, **form.said, actor=request.user),
        _("An appeal"),
    )


@client_page
def outcome(request: HttpRequest, pk: str, step: str) -> HttpResponse:
    """How the appeal was decided, and what followed."""
    complaint = find_complaint(request, pk)
    found = get_object_or_404(AppealStep, complaint=complaint, pk=step)
    refuse_unless(may.can_record_appeal(request.user, complaint))
    return take_step(
        request,
        complaint,
        OutcomeForm,
        "outcome",
        lambda form: services.record_outcome(found, **form.said, actor=request.user),
        _("The outcome of the appeal"),
        of=found.pk,
        text=f"{found.get_body_display()} {found.reference}",
    )


@client_page
def withdraw(request: HttpRequest, pk: str) -> HttpResponse:
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_withdraw_complaint(request.user, complaint))
    return take_step(
        request,
        complaint,
        WithdrawalForm,
        "withdraw",
        lambda form: services.withdraw_complaint(complaint, **form.said, actor=request.user),
        _("The person took it back"),
    )


@client_page
def city_hall(request: HttpRequest, pk: str) -> HttpResponse:
    """A complaint about the city's head is City Hall's; what it said is written down here."""
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_record_city_hall(request.user, complaint))
    return take_step(
        request,
        complaint,
        CityHallForm,
        "city-hall",
        lambda form: services.record_city_hall(complaint, **form.said, actor=request.user),
        _("What City Hall said"),
        initial={"note": complaint.passed_on_note},
    )


@client_page
def link(request: HttpRequest, pk: str) -> HttpResponse:
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_link_complaints(request.user, complaint))
    return take_step(
        request,
        complaint,
        LinkForm,
        "link",
        lambda form: services.link_complaints(complaint, **form.said, actor=request.user),
        _("Join with another complaint"),
    )


@client_page
def note_case(request: HttpRequest, pk: str) -> HttpResponse:
    """To which case it belongs; the complaint is never shown in the case."""
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_note_case(request.user, complaint))
    return take_step(
        request,
        complaint,
        CaseForm,
        "case",
        lambda form: services.note_case(complaint, **form.said, actor=request.user),
        _("The case it belongs to"),
        initial={"number": complaint.case.number if complaint.case else ""},
        about=_("The family's file shows nothing of the complaint."),
    )
