"""What comes after approval: the Commission's agreement, the next version, reviews."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core import clock
from core.saving import kept_form, save_once
from offices.reading import client_page

from .. import plan_permissions as may
from ..forms.plans import AgreementForm, ChangePlanForm, ReviewForm
from ..plan_enums import PlanStatus
from ..services import plans as services
from .plans import find_plan, led_on, plan_step


@client_page
def agree(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The Commission has agreed: number and date, and the paper anew with them."""
    plan = find_plan(request, pk)
    if not may.can_record_agreement(request.user, plan):
        fresh = PlanStatus.APPROVED if plan.agreed_on is None else ""
        return led_on(plan, fresh)
    form = kept_form(AgreementForm, request, f"plan-agree:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            services.record_agreement(
                plan, number=said["number"], on=said["on"], actor=request.user
            )
            return plan.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    heading = _("Decision of the Commission on Children's Affairs")
    about = _("The paper is issued anew under the same number, with the decision on it.")
    return plan_step(request, plan, heading, form, _("Save"), about)


@client_page
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The next version as a draft; this one stays in force until the new one is approved."""
    plan = find_plan(request, pk)
    if not may.can_change_plan(request.user, plan):
        return led_on(plan, PlanStatus.APPROVED)
    form = kept_form(ChangePlanForm, request, f"plan-change:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            new = services.change_plan(
                plan,
                reason_ky=said["reason_ky"],
                reason_ru=said["reason_ru"],
                actor=request.user,
            )
            return new.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    about = _(
        "This version stays in force until the head approves the new one; both stay readable."
    )
    heading = _("Change the plan by a new version")
    return plan_step(request, plan, heading, form, _("Begin the new version"), about)


@client_page
def review(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a look at the plan found; the next review moves on."""
    plan = find_plan(request, pk)
    if not may.can_review_plan(request.user, plan):
        return led_on(plan, PlanStatus.APPROVED)
    initial = {"held_on": clock.today()}
    form = kept_form(ReviewForm, request, f"plan-review:{pk}", initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            services.review_plan(
                plan,
                held_on=said["held_on"],
                found=said["found"],
                next_on=said["next_on"],
                actor=request.user,
            )
            return plan.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return plan_step(request, plan, _("Review of the plan"), form, _("Save"))
