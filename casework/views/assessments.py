"""Assessments: begun, written, read beside the one before, finished, decided, corrected."""

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
from offices.reading import client_page, note_read

from .. import assessment_permissions as may
from .. import plan_permissions as may_plan
from .. import risk
from ..assessment_chart import chart_until
from ..assessment_page import (
    RISK_KINDS,
    STATE_KINDS,
    domain_lines,
    offered_domains,
    previous_of,
)
from ..forms.assessments import AssessmentForm, BeginAssessmentForm, DecideForm, FinishForm
from ..forms.cases import AlertForm, SimpleForm
from ..models import Assessment
from ..permissions import can_raise_alert
from ..plan_enums import AssessmentKind, AssessmentStatus, Danger
from ..services import assessments as services
from .cases import case_strip, find_case
from .cases_steps import opened_case, refuse_unless, step_page


def find_assessment(request: HttpRequest, pk: UUID) -> Assessment:
    """The assessment with its case as the strip shows it; 404 where the reader does not work the case in full."""
    rows = Assessment.objects.visible_to(request.user)
    related = rows.select_related("person", "author", "decided_by", "replaces")
    assessment: Assessment = get_object_or_404(related, pk=pk)
    assessment.case = find_case(request, assessment.case_id)
    children = [place.person for place in assessment.case.child_places.all()]
    note_read(request, assessment, assessment.case, *children)
    return assessment


@client_page
def begin(request: HttpRequest, case: UUID) -> HttpResponse:
    """Which assessment, about whom: the draft opens at once."""
    found = opened_case(request, case)
    refuse_unless(may.can_begin_assessment(request.user, found))
    has_first = Assessment.objects.fixed().filter(case=found).exists()
    kind = AssessmentKind.COMPREHENSIVE if has_first else AssessmentKind.INITIAL
    form = kept_form(
        BeginAssessmentForm, request, f"assessment-begin:{case}", case=found, initial={"kind": kind}
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            new = services.begin_assessment(
                found, kind=said["kind"], person=said["person"], actor=request.user
            )
            return reverse("assessments:write", args=[new.pk])

        if answer := save_once(request, form, act):
            return answer
    return step_page(request, found, _("New assessment"), form, save=_("Begin"))


@client_page
def write(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Domain by domain; what is typed is kept as one goes."""
    assessment = find_assessment(request, pk)
    if not may.can_write_assessment(request.user, assessment):
        return _led_on(assessment, AssessmentStatus.DRAFT)
    form = kept_form(
        AssessmentForm,
        request,
        f"assessment:{pk}",
        record=assessment,
        domains=offered_domains(assessment),
        initial=AssessmentForm.shown(services.said_by(assessment)),
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            seen = form.cleaned_data["record_version"]
            services.write_assessment(assessment, form.said(), actor=request.user, seen=seen)
            onward = "finish" if request.POST.get("go") == "finish" else "assessment"
            return reverse(f"assessments:{onward}", args=[pk])

        if answer := save_once(request, form, act):
            return answer
    context = {**_context(request, assessment), "form": form}
    return TemplateResponse(request, "casework/assessment_write.html", context)


@client_page
def show(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What it says, beside the one before; where a child is in danger, the alert is one step away."""
    assessment = find_assessment(request, pk)
    before = previous_of(assessment)
    if before is not None:
        note_read(request, before)
    case = assessment.case
    chart = chart_until(assessment)
    note_read(request, *chart.assessments)
    context = {
        **_context(request, assessment),
        "chart": chart,
        "before": before,
        "lines": domain_lines(assessment, before),
        "alert_form": _alert_form(request, assessment),
        "can_plan": may_plan.can_begin_plan(request.user, case) and not assessment.is_draft,
        "correction": assessment.corrections.first(),
    }
    return TemplateResponse(request, "casework/assessment.html", context)


@client_page
def finish(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The risk by the rule, or another one with a reason; after this its words are fixed."""
    assessment = find_assessment(request, pk)
    if not may.can_finish_assessment(request.user, assessment):
        return _led_on(assessment, AssessmentStatus.DRAFT)
    scores = [row.score for row in assessment.scores.all()]
    computed = risk.overall(assessment.danger, scores)
    form = kept_form(
        FinishForm,
        request,
        f"assessment-finish:{pk}",
        record=assessment,
        floor=risk.floor(assessment.danger, scores),
        initial={"risk_level": computed},
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            services.finish_assessment(
                assessment,
                actor=request.user,
                seen=said["record_version"],
                risk_level=said["risk_level"],
                override_reason=said["override_reason"],
            )
            return assessment.get_absolute_url()

        if answer := save_once(request, form, act):
            messages.success(request, _("Finished. The head is told."))
            return answer
    context = {
        **_context(request, assessment),
        "form": form,
        "computed": computed.label,
        "computed_kind": RISK_KINDS.get(computed, "calm"),
        "lines": domain_lines(assessment, None),
    }
    return TemplateResponse(request, "casework/assessment_finish.html", context)


@client_page
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head approves, or sends it back with remarks."""
    assessment = find_assessment(request, pk)
    if not may.can_decide_assessment(request.user, assessment):
        return _led_on(assessment, AssessmentStatus.FINISHED)
    form = kept_form(DecideForm, request, f"assessment-decide:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            if said["answer"] == "approve":
                services.approve_assessment(assessment, actor=request.user)
            else:
                services.return_assessment(assessment, said["reason"], actor=request.user)
            return assessment.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return _step(request, assessment, _("Your word on the assessment"), form, _("Save"))


@client_page
def correct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new assessment that begins with what this one says and takes its place once it is finished."""
    assessment = find_assessment(request, pk)
    refuse_unless(may.can_correct_assessment(request.user, assessment))
    form = kept_form(SimpleForm, request, f"assessment-correct:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            new = services.correct_assessment(assessment, actor=request.user)
            return reverse("assessments:write", args=[new.pk])

        if answer := save_once(request, form, act):
            return answer
    about = _("The finished one stays as it is. The new one begins with what it says.")
    return _step(request, assessment, _("Correct by a new assessment"), form, _("Begin"), about)


@client_page
def discard(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Throw a draft away, after being asked once."""
    assessment = find_assessment(request, pk)
    if not may.can_discard_assessment(request.user, assessment):
        return _led_on(assessment, AssessmentStatus.DRAFT)
    form = kept_form(SimpleForm, request, f"assessment-discard:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            services.discard_assessment(assessment, actor=request.user)
            return _tab(assessment)

        if answer := save_once(request, form, act):
            return answer
    heading = _("Throw this draft away?")
    return _step(request, assessment, heading, form, _("Throw away"), danger=True)


def _led_on(assessment: Assessment, state: str) -> HttpResponse:
    """The step is not to be done. In its own ``state`` it is another's: refused; later an old link leads to the page."""
    if assessment.status == state:
        raise PermissionDenied
    return HttpResponseRedirect(assessment.get_absolute_url())


def _context(request: HttpRequest, assessment: Assessment) -> dict[str, Any]:
    """What every page of an assessment is given, the case's strip among it."""
    user = request.user
    return {
        **case_strip(request, assessment.case, "assessments"),
        "assessment": assessment,
        "state_kind": STATE_KINDS[AssessmentStatus(assessment.status)],
        "risk_kind": RISK_KINDS.get(assessment.risk_level, "calm"),
        "back": _tab(assessment),
        "may": {
            "write": may.can_write_assessment(user, assessment),
            "decide": may.can_decide_assessment(user, assessment),
            "correct": may.can_correct_assessment(user, assessment),
        },
    }


def _tab(assessment: Assessment) -> str:
    return reverse("cases:case_tab", args=[assessment.case_id, "assessments"])


def _step(
    request: HttpRequest,
    assessment: Assessment,
    heading: str,
    form: Any,
    save: str,
    about: str = "",
    danger: bool = False,
) -> HttpResponse:
    back = assessment.get_absolute_url()
    more = {"save": save, "about": about, "danger": danger, "cancel_url": back}
    return step_page(request, assessment.case, heading, form, **more)


def _alert_form(request: HttpRequest, assessment: Assessment) -> AlertForm | None:
    """The alert as it would be raised, filled in from what the assessment says; None where nobody is in danger or it is raised."""
    case = assessment.case
    if assessment.danger != Danger.YES or not can_raise_alert(request.user, case):
        return None
    since = assessment.begun_at
    if any(alert.raised_at >= since for alert in case.open_alerts):  # type: ignore[attr-defined]  # prefetched by the strip
        return None
    text = assessment.danger_text or assessment.danger_done
    form = kept_form(
        AlertForm,
        request,
        f"case-alert:{case.pk}",
        case=case,
        initial={"text": text, "person": assessment.person_id},
    )
    return form  # type: ignore[no-any-return]  # kept_form gives the class that it is given
