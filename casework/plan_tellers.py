"""What assessments and plans tell to the timeline."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from offices.models import User

from .happenings import Asked, Happening, on_day, register_teller
from .models import Assessment, Measure, Plan, PlanReview
from .plan_enums import AssessmentStatus, MeasureStatus, PlanStatus


def register_tellers() -> None:
    register_teller("assessment", gettext_lazy("Assessments"), of_assessments)
    register_teller("plan", gettext_lazy("Plan"), of_plans)
    register_teller("plan", gettext_lazy("Plan"), of_reviews)
    register_teller("plan", gettext_lazy("Plan"), of_measures)


def of_assessments(user: User, asked: Asked) -> Iterator[Happening]:
    """Finished, approved, returned; drafts are nobody's news."""
    found = _about(Assessment.objects.visible_to(user).fixed(), asked)
    for assessment in found.select_related("author", "decided_by"):
        url, kind = assessment.get_absolute_url(), assessment.get_kind_display()
        if assessment.finished_at:
            risk = _("Risk") + f": {assessment.get_risk_level_display()}"
            by = assessment.author.short_name
            yield Happening(assessment.finished_at, kind, url, by, risk, "edit")
        if assessment.decided_at and assessment.decided_by:
            approved = assessment.status == AssessmentStatus.APPROVED
            said = _("Approved: %(what)s") if approved else _("Returned: %(what)s")
            by = assessment.decided_by.short_name
            text = assessment.return_reason
            yield Happening(assessment.decided_at, said % {"what": kind}, url, by, text)


def of_plans(user: User, asked: Asked) -> Iterator[Happening]:
    """Approved, agreed by the Commission."""
    issued = Plan.objects.visible_to(user).filter(
        status__in=[PlanStatus.APPROVED, PlanStatus.REPLACED]
    )
    for plan in _about(issued, asked).select_related("approved_by", "agreement_by"):
        url, kind = plan.get_absolute_url(), plan.get_kind_display()
        if plan.approved_at and plan.approved_by:
            said = _("Approved: %(what)s") % {"what": f"{kind}, {plan.number}"}
            by = plan.approved_by.short_name
            yield Happening(plan.approved_at, said, url, by, plan.change_reason_ky, "paper")
        if plan.agreed_on:
            said = _("The Commission agreed: %(number)s") % {"number": f"№ {plan.agreed_number}"}
            yield Happening(on_day(plan.agreed_on), said, url, has_hour=False)


def of_reviews(user: User, asked: Asked) -> Iterator[Happening]:
    """What looks at a plan found."""
    plans = _about(Plan.objects.visible_to(user), asked)
    for review in PlanReview.objects.filter(plan__in=plans).select_related("by", "plan"):
        url, by = review.plan.get_absolute_url(), review.by.short_name
        at = on_day(review.held_on)
        yield Happening(at, _("Review of the plan"), url, by, review.found, has_hour=False)


def of_measures(user: User, asked: Asked) -> Iterator[Happening]:
    """Measures that were carried out or given up on, each once: in the newest plan that has it."""
    plans = _about(Plan.objects.visible_to(user), asked).filter(status=PlanStatus.APPROVED)
    rows = Measure.objects.filter(goal__plan__in=plans).exclude(settled_on=None)
    for row in rows.select_related("worker", "organisation", "relative"):
        done = row.status == MeasureStatus.DONE
        said = _("Measure done: %(what)s") if done else _("Measure given up: %(what)s")
        what = row.text_ru if get_language() == "ru" and row.text_ru else row.text_ky
        at = on_day(row.settled_on)  # type: ignore[arg-type]  # none is without a day
        url, by = row.get_absolute_url(), row.executor
        yield Happening(at, said % {"what": what}, url, by, row.result, has_hour=False)


def _about(rows: QuerySet, asked: Asked) -> QuerySet:  # type: ignore[type-arg]  # of either record
    rows = rows.filter(case__in=asked.cases)
    if asked.person is not None:
        rows = rows.filter(Q(person=asked.person) | Q(person=None))
    return rows
