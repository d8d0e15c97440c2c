"""Safety alerts on their own short pages, reached from every screen of a case."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core import clock
from core.saving import kept_form, save_once
from offices.reading import client_page

from .. import permissions as may
from ..forms.cases import AlertForm, NoticeForm, ReasonForm
from ..services import safety as services
from .cases_steps import opened_case, refuse_unless, step_page


@client_page
def raise_alert(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Whoever works with the case says what the danger is; others are told as soon as it is saved."""
    case = opened_case(request, pk)
    refuse_unless(may.can_raise_alert(request.user, case))
    form = kept_form(AlertForm, request, f"case-alert:{pk}", case=case)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            services.raise_alert(case, said["text"], actor=request.user, person=said["person"])
            return case.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    about = _(
        "The responsible worker, their stand-in and the head are told at once. Whoever works with the case sees it on every screen."
    )
    heading = _("Raise a safety alert")
    return step_page(request, case, heading, form, about=about, save=heading, danger=True)


@client_page
def record_notice(request: HttpRequest, pk: UUID, alert: UUID) -> HttpResponse:
    """To which body the danger was told: when, to whom, by whom."""
    case = opened_case(request, pk)
    refuse_unless(may.can_record_notice(request.user, case))
    found = get_object_or_404(case.safety_alerts.select_related("case"), pk=alert)
    initial = {"given_at": clock.now()}
    form = kept_form(NoticeForm, request, f"case-notice:{alert}", initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            services.record_safety_notice(
                found,
                body=said["body"],
                given_at=said["given_at"],
                recipient=said["recipient"],
                note=said["note"],
                actor=request.user,
            )
            return case.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return step_page(
        request, case, _("Notice of the danger"), form, about=found.text, save=_("Save")
    )


@client_page
def lift_alert(request: HttpRequest, pk: UUID, alert: UUID) -> HttpResponse:
    """The head says why the danger is over."""
    case = opened_case(request, pk)
    refuse_unless(may.can_lift_alert(request.user, case))
    found = get_object_or_404(case.safety_alerts.select_related("case"), pk=alert, lifted_at=None)
    form = kept_form(ReasonForm, request, f"case-alert-lift:{alert}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            services.lift_alert(found, form.cleaned_data["reason"], actor=request.user)
            return case.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    heading = _("The danger is over")
    return step_page(request, case, heading, form, about=found.text, save=_("Lift the alert"))
