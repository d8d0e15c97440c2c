"""A plan: begun, read, its opinions, laid before the head, decided, its paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page, note_read
from papers.attachments import serve_paper, serve_pdf
from papers.services import preview_paper

from .. import plan_permissions as may
from ..assessment_permissions import can_read_assessments
from ..enums import RiskLevel
from ..forms.assessments import DecideForm
from ..forms.cases import SimpleForm
from ..forms.plans import BeginPlanForm, OpinionsForm
from ..models import Assessment, AssessmentDomain, Person, Plan
from ..plan_enums import PlanStatus
from ..plan_page import STATE_KINDS, goal_lines, progress_of_lines
from ..plan_papers import TEMPLATE, plan_paper
from ..services import plans as services
from .cases import case_strip, find_case
from .cases_steps import opened_case, refuse_unless, step_page


def find_plan(request: HttpRequest, pk: UUID) -> Plan:
    """The plan with its case as the strip shows it; 404 where the reader may not know of it."""
    rows = Plan.objects.visible_to(request.user)
    related = rows.select_related(
        "person", "author", "approved_by", "returned_by", "agreement_by", "replaces", "paper"
    ).defer("paper__pdf")
    plan: Plan = get_object_or_404(related, pk=pk)
    plan.case = find_case(request, plan.case_id)
    children = [place.person for place in plan.case.child_places.all()]
    note_read(request, plan, plan.case, *children)
    return plan


@client_page
def begin(request: HttpRequest, case: UUID) -> HttpResponse:
    """Whose plan; where one is being written already it is opened again."""
    found = opened_case(request, case)
    refuse_unless(may.can_begin_plan(request.user, found))
    only = [place.person_id for place in found.child_places.all()]
    initial = {"person": only[0]} if len(only) == 1 else {}
    form = kept_form(BeginPlanForm, request, f"plan-begin:{case}", case=found, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            person = form.cleaned_data["person"]
            return services.begin_plan(found, person=person, actor=request.user).get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    about = _(
        "One plan for the work with the whole family, and one for the protection of each child."
    )
    return step_page(request, found, _("New plan"), form, save=_("Begin"), about=about)


@client_page
def begin_from_need(request: HttpRequest, assessment: UUID, domain: int) -> HttpResponse:
    """A goal from a badly assessed domain: the plan of the assessed child or family opens at a new goal."""
    rows = Assessment.objects.visible_to(request.user).fixed().select_related("person")
    found = get_object_or_404(rows, pk=assessment)
    case = opened_case(request, found.case_id)
    note_read(request, found)
    refuse_unless(may.can_begin_plan(request.user, case))
    need = get_object_or_404(AssessmentDomain, pk=domain)
    if request.method == "POST":
        plan = _plan_for(request, found.person, case)
        if plan is None:
            messages.warning(request, _("The plan waits for the head: take it back first."))
            return HttpResponseRedirect(_tab(case.pk))
        address = reverse("plans:add_goal", args=[plan.pk])
        return HttpResponseRedirect(f"{address}?need={need.pk}")
    form = SimpleForm()
    heading = _("Begin a goal from a need")
    return step_page(request, case, heading, form, save=_("Begin"), about=need.name)


def _plan_for(request: HttpRequest, person: Person | None, case: Any) -> Plan | None:
    """The plan that is being written, a new one, or the next version of the one in force; None where it is before the head."""
    same = Plan.objects.filter(case=case, person=person)
    in_force = same.in_force().first()
    written = same.filter(status__in=[PlanStatus.DRAFT, PlanStatus.SUBMITTED]).first()
    if written is not None:
        return written if written.status == PlanStatus.DRAFT else None
    if in_force is not None:
        reason = {
            "reason_ky": "Жаңы муктаждык аныкталды",
            "reason_ru": "Выявлена новая потребность",
        }
        return services.change_plan(in_force, actor=request.user, **reason)
    return services.begin_plan(case, person=person, actor=request.user)


@client_page
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Goals and measures, how far they are, opinions, approval, agreement, reviews, versions."""
    plan = find_plan(request, pk)
    return TemplateResponse(request, "casework/plan.html", plan_context(request, plan))


@client_page
def opinions(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What the child and the parents say of it."""
    plan = find_plan(request, pk)
    if not may.can_write_plan(request.user, plan):
        return led_on(plan, PlanStatus.DRAFT)
    form = kept_form(
        OpinionsForm, request, f"plan:{pk}", record=plan, initial=OpinionsForm.shown(plan)
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            seen = form.cleaned_data["record_version"]
            services.write_plan(plan, form.words(), actor=request.user, seen=seen)
            return plan.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return plan_step(request, plan, _("Opinions of the child and the parents"), form, _("Save"))


@client_page
def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lay it before the head."""
    plan = find_plan(request, pk)
    if not may.can_submit_plan(request.user, plan):
        return led_on(plan, PlanStatus.DRAFT)
    form = kept_form(SimpleForm, request, f"plan-submit:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            return services.submit_plan(plan, actor=request.user).get_absolute_url()

        if answer := save_once(request, form, act):
            messages.success(request, _("The plan is before the head."))
            return answer
    about = _("The head reads it and approves it, or sends it back. Until then it is not changed.")
    heading = _("Lay the plan before the head")
    return plan_step(request, plan, heading, form, _("Lay it before the head"), about)


@client_page
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head approves: the paper is numbered and issued; or sends it back. Its writers may take it back."""
    plan = find_plan(request, pk)
    is_head = may.can_decide_plan(request.user, plan)
    if not is_head and not may.can_take_back_plan(request.user, plan):
        return led_on(plan, PlanStatus.SUBMITTED)
    form = kept_form(DecideForm, request, f"plan-decide:{pk}")
    if not is_head:
        form.fields["answer"].choices = [("return", _("Take it back to mend it"))]
        form.fields["answer"].initial = "return"
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            if said["answer"] == "approve":
                services.approve_plan(plan, actor=request.user)
            else:
                services.return_plan(plan, said["reason"], actor=request.user)
            return plan.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    heading = _("Your word on the plan") if is_head else _("Take the plan back")
    return plan_step(request, plan, heading, form, _("Save"))


@client_page
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away, after being asked once."""
    plan = find_plan(request, pk)
    if not may.can_discard_plan(request.user, plan):
        return led_on(plan, PlanStatus.DRAFT)
    form = kept_form(SimpleForm, request, f"plan-discard:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            services.discard_plan(plan, actor=request.user)
            return _tab(plan.case_id)

        if answer := save_once(request, form, act):
            return answer
    heading = _("Throw this draft away?")
    return plan_step(request, plan, heading, form, _("Throw away"), danger=True)


@client_page(kind=ReadKind.PAPER)
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The issued paper's bytes as they were fixed; of a draft the paper as it would look."""
    plan = find_plan(request, pk)
    if plan.paper is not None:
        return serve_paper(plan.paper)
    rendered = preview_paper(template=TEMPLATE, paper=plan_paper(plan))
    return serve_pdf(rendered.pdf, name="draft.pdf")


def plan_context(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """What the pages of a plan are given, the case's strip among it."""
    user, lines = request.user, goal_lines(plan)
    return {
        **case_strip(request, plan.case, "plan"),
        "plan": plan,
        "state_kind": STATE_KINDS[PlanStatus(plan.status)],
        "goals": lines,
        "progress": progress_of_lines(lines),
        "reviews": plan.reviews.select_related("by"),
        "later": plan.later_versions.visible_to(user).exclude(status=PlanStatus.DROPPED).first(),
        "needs": _needs(request, plan),
        "may": {
            "write": may.can_write_plan(user, plan),
            "decide": may.can_decide_plan(user, plan),
            "take_back": may.can_take_back_plan(user, plan),
            "agree": may.can_record_agreement(user, plan),
            "change": may.can_change_plan(user, plan),
            "review": may.can_review_plan(user, plan),
        },
        "settled_by": user.pk,
    }


def _needs(request: HttpRequest, plan: Plan) -> list[AssessmentDomain]:
    """While the plan is written: what the last assessment found bad and no goal of the plan begins with yet."""
    if not may.can_write_plan(request.user, plan) or not can_read_assessments(
        request.user, plan.case
    ):
        return []
    valid = Assessment.objects.valid().filter(case=plan.case).exclude(risk_level=RiskLevel.UNKNOWN)
    about = [valid.filter(person=plan.person), valid.filter(person=None)]
    last = next((found for rows in about if (found := rows.order_by("-finished_at").first())), None)
    if last is None:
        return []
    taken = plan.goals.exclude(domain=None).values("domain")
    rows = last.scores.filter(score__gte=2).exclude(domain__in=taken).select_related("domain")
    return [row.domain for row in rows]


def plan_step(
    request: HttpRequest,
    plan: Plan,
    heading: str,
    form: Any,
    save: str,
    about: str = "",
    danger: bool = False,
) -> HttpResponse:
    """A short form under the case's strip whose way back is the plan."""
    more = {"save": save, "about": about, "danger": danger, "cancel_url": plan.get_absolute_url()}
    return step_page(request, plan.case, heading, form, **more)


def led_on(plan: Plan, state: str) -> HttpResponse:
    """The step is not to be done. In its own ``state`` it is another's: refused; later an old link leads to the page."""
    if plan.status == state:
        raise PermissionDenied
    return HttpResponseRedirect(plan.get_absolute_url())


def _tab(case: UUID) -> str:
    return reverse("cases:case_tab", args=[case, "plan"])
