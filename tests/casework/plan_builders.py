"""Assessments and plans in each of their states, with what their constraints ask for."""

import datetime as dt
import itertools

from casework.models import (
    Assessment,
    AssessmentDomain,
    AssessmentScore,
    Measure,
    Plan,
    PlanGoal,
)
from casework.plan_enums import AssessmentKind, AssessmentStatus, PlanKind, PlanStatus
from core import clock
from tests.builders import make_case, make_head
from tests.casework.conclusion_builders import make_paper

_serial = itertools.count(1)
FIXED = (AssessmentStatus.FINISHED, AssessmentStatus.RETURNED, AssessmentStatus.APPROVED)
ISSUED = (PlanStatus.APPROVED, PlanStatus.REPLACED)


def make_domain(code="safety", **fields):
    fields.setdefault("name_ky", f"{code} чөйрөсү")
    fields.setdefault("name_ru", f"Сфера {code}")
    return AssessmentDomain.objects.get_or_create(code=code, defaults=fields)[0]


def make_assessment(case=None, *, scores=None, status=AssessmentStatus.DRAFT, **fields):
    """About the whole family, by the responsible worker; ``scores``: domain code → score."""
    case = case or make_case()
    fields.setdefault("kind", AssessmentKind.INITIAL)
    fields.setdefault("author", case.responsible)
    assessment = Assessment.objects.create(case=case, **fields)
    for code, score in (scores or {}).items():
        AssessmentScore.objects.create(assessment=assessment, domain=make_domain(code), score=score)
    if status in FIXED:
        assessment.status, assessment.finished_at = status, clock.now()
        if status != AssessmentStatus.FINISHED:
            assessment.decided_by, assessment.decided_at = make_head(case.office), clock.now()
        if status == AssessmentStatus.RETURNED:
            assessment.return_reason = "Далилдер жетишсиз"
        assessment.save()
    return assessment


def make_plan(case=None, *, person=None, status=PlanStatus.DRAFT, measures=1, **fields):
    """The family's plan (a child's with ``person``) with one goal of ``measures`` measures."""
    case = case or make_case()
    fields.setdefault("author", case.responsible)
    kind = PlanKind.CHILD if person else PlanKind.FAMILY
    if status in ISSUED:
        head = fields.setdefault("approved_by", make_head(case.office))
        n = next(_serial)
        number = fields.setdefault("number", f"T.4-{n:04d}/26")
        fields.setdefault("approved_at", clock.now())
        fields.setdefault("submitted_at", clock.now())
        fields.setdefault("paper", make_paper(case.office, number, head, kind="plan"))
        fields.setdefault("review_on", clock.today() + dt.timedelta(days=90))
    plan = Plan.objects.create(case=case, kind=kind, person=person, status=status, **fields)
    if measures:
        make_goal(plan, measures=measures)
    return plan


def make_goal(plan, *, measures=1, **fields):
    fields.setdefault("text_ky", "Бала үйдө коопсуз жашайт")
    goal = PlanGoal.objects.create(plan=plan, order=plan.goals.count() + 1, **fields)
    for n in range(measures):
        make_measure(goal, order=n + 1)
    return goal


def make_measure(goal, **fields):
    fields.setdefault("text_ky", "Апасы менен аптасына бир жолу аңгемелешүү")
    fields.setdefault("worker", goal.plan.case.responsible)
    fields.setdefault("due_on", clock.today() + dt.timedelta(days=30))
    return Measure.objects.create(goal=goal, **fields)
