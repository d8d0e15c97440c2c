"""Goals with the rows of their measures, and how far a measure is."""

import functools
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.saving import KeptPage, kept_form, kept_page, only_adds_row, save_once
from offices.models import Organisation, User
from offices.reading import client_page
from offices.standing import people_in

from .. import plan_permissions as may
from ..enums import EpisodeStatus
from ..forms.cases import SimpleForm
from ..forms.plans import GoalForm, SettleForm, known_rows, measures_formset
from ..models import AssessmentDomain, Episode, Measure, Person, Plan, PlanGoal
from ..plan_enums import PlanStatus
from ..services import plan_goals as services
from .cases import case_strip
from .plans import find_plan, led_on, plan_step


@client_page
def add_goal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new goal with its measures; ``?need=`` names the assessed domain that it begins with."""
    plan = find_plan(request, pk)
    if not may.can_write_plan(request.user, plan):
        return led_on(plan, PlanStatus.DRAFT)
    need = _need(request)
    draft = f"plan-goal-new:{pk}:{need.pk if need else ''}"
    page = _page(request, plan, draft, None, {"domain": need.pk} if need else {})
    if request.method == "POST" and not only_adds_row(request) and page.is_valid():

        def act() -> str:
            words, measures = page.head.words(), page["measures"].filled()
            services.add_goal(plan, words, measures, actor=request.user)
            return plan.get_absolute_url()

        if answer := save_once(request, page, act):
            return answer
    return _shown(request, plan, page, _("New goal"), None)


@client_page
def write_goal(request: HttpRequest, pk: UUID, goal: UUID) -> HttpResponse:
    """A goal of the draft and its measures."""
    plan = find_plan(request, pk)
    found = get_object_or_404(plan.goals.select_related("domain"), pk=goal)
    if not may.can_write_plan(request.user, plan):
        return led_on(plan, PlanStatus.DRAFT)
    initial = {"domain": found.domain_id, "text_ky": found.text_ky, "text_ru": found.text_ru}
    page = _page(request, plan, f"plan-goal:{goal}", found, initial)
    if request.method == "POST" and not only_adds_row(request) and page.is_valid():

        def act() -> str:
            services.write_goal(
                found,
                page.head.words(),
                page["measures"].filled(),
                actor=request.user,
                seen=page.cleaned_data["record_version"],
            )
            return plan.get_absolute_url()

        if answer := save_once(request, page, act):
            return answer
    return _shown(request, plan, page, _("Goal"), found)


@client_page
def remove_goal(request: HttpRequest, pk: UUID, goal: UUID) -> HttpResponse:
    """Take a goal out of the draft, after being asked once."""
    plan = find_plan(request, pk)
    found = get_object_or_404(plan.goals, pk=goal)
    if not may.can_write_plan(request.user, plan):
        return led_on(plan, PlanStatus.DRAFT)
    form = kept_form(SimpleForm, request, f"plan-goal-remove:{goal}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            services.remove_goal(found, actor=request.user)
            return plan.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    heading = _("Take this goal out?")
    return plan_step(request, plan, heading, form, _("Take out"), found.text_ky, danger=True)


@client_page
def settle_measure(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far a measure of the plan in force is, and what came of it."""
    visible = Plan.objects.visible_to(request.user)
    rows = Measure.objects.filter(goal__plan__in=visible).select_related("goal", "worker")
    measure = get_object_or_404(rows, pk=pk)
    plan = find_plan(request, measure.goal.plan_id)
    measure.goal.plan = plan
    if not may.can_settle_measure(request.user, measure):
        return led_on(plan, PlanStatus.APPROVED)
    shown = {n: getattr(measure, n) for n in ("status", "result", "settled_on")}
    form = kept_form(SettleForm, request, f"measure:{pk}", record=measure, initial=shown)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            services.settle_measure(
                measure,
                status=said["status"],
                result=said["result"],
                on=said["settled_on"],
                actor=request.user,
                seen=said["record_version"],
            )
            return plan.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return plan_step(request, plan, _("How far the measure is"), form, _("Save"), measure.text_ky)


def _need(request: HttpRequest) -> AssessmentDomain | None:
    asked = request.GET.get("need", "")
    is_id = asked.isascii() and asked.isdigit() and len(asked) < 10
    return AssessmentDomain.objects.filter(pk=asked).first() if is_id else None


def _page(
    request: HttpRequest,
    plan: Plan,
    draft: str,
    goal: PlanGoal | None,
    initial: dict[str, Any],
) -> KeptPage:
    rows = known_rows(goal.measures.all()) if goal else []
    measures = functools.partial(
        measures_formset,
        extra=0 if rows else 1,
        initial=rows,
        form_kwargs=_executors(plan),
    )
    return kept_page(GoalForm, {"measures": measures}, request, draft, record=goal, initial=initial)


def _executors(plan: Plan) -> dict[str, tuple[Any, list[tuple[Any, str]]]]:
    """Who may carry out a measure, looked up once for all rows: the office, who gives help in the case, bodies, the family."""
    case = plan.case
    held = Episode.objects.filter(case=case, status=EpisodeStatus.ACTIVE)
    helpers = User.objects.filter(pk__in=held.values("specialist"))
    able = {*people_in(case.office_id, "caseworker", "head"), *helpers}
    workers = User.objects.filter(pk__in=[user.pk for user in able])
    named = sorted(able, key=lambda user: (user.surname, user.given_name))
    bodies = Organisation.objects.filter(is_active=True)
    relatives = Person.objects.filter(family_memberships__family=case.family_id).distinct()
    return {
        "workers": (workers, _choices(named, "full_name")),
        "organisations": (bodies, _choices(bodies, "name")),
        "relatives": (relatives, _choices(relatives.order_by("sort_key"), "full_name")),
    }


def _choices(rows: Any, name: str) -> list[tuple[Any, str]]:
    return [("", "—"), *((row.pk, getattr(row, name)) for row in rows)]


def _shown(
    request: HttpRequest, plan: Plan, page: KeptPage, heading: str, goal: PlanGoal | None
) -> HttpResponse:
    context = {
        **case_strip(request, plan.case, "plan"),
        "plan": plan,
        "goal": goal,
        "page": page,
        "form": page.head,
        "heading": heading,
        "remarks": [],
    }
    return TemplateResponse(request, "casework/plan_goal.html", context)
