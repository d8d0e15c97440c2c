"""What of assessments and plans has a date, for the register of dates (casework.tasks)."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from offices.models import User

from .enums import CaseStage
from .models import Case, CaseDeadline, Measure, Plan
from .plan_enums import Deadline
from .tasks import Due, Source, as_due, register_source


def register_sources() -> None:
    register_source(
        Source("measure", measures_due, _measure_words, _measure_url, kind=_measure_words)
    )
    register_source(
        Source(
            "review",
            reviews_due,
            lambda due: _("Review of the plan"),
            _plan_url,
            has_own_lines=True,
            kind=lambda due: _("Review of the plan"),
        )
    )
    register_source(
        Source(
            "deadline",
            deadlines_due,
            _deadline_words,
            _deadline_url,
            has_own_lines=True,
            kind=_deadline_words,
        )
    )


def measures_due(user: User) -> QuerySet[Any]:
    """Unfinished measures of plans in force: for the worker who carries them out, else for who answers for the case."""
    rows = Measure.objects.of_plans_in_force().unfinished()
    seen = rows.filter(goal__plan__in=Plan.objects.visible_to(user))
    by = seen.annotate(line_by=Coalesce("worker", "goal__plan__case__responsible"))
    return as_due(by, "measure", on="due_on", who="line_by", case="goal__plan__case")


def reviews_due(user: User) -> QuerySet[Any]:
    """The next review of each plan in force."""
    rows = Plan.objects.in_force().filter(case__in=Case.objects.full_visible_to(user))
    return as_due(rows.exclude(review_on=None), "review", on="review_on", who="case__responsible")


def deadlines_due(user: User) -> QuerySet[Any]:
    """Assessments and plans that are due by the office's own times."""
    rows = CaseDeadline.objects.visible_to(user).open().exclude(case__stage=CaseStage.CLOSED)
    return as_due(rows, "deadline", on=TruncDate("due_at"), who="case__responsible", detail="kind")


def _measure_words(due: Due) -> str:
    return _("A measure of a plan")


def _deadline_words(due: Due) -> str:
    return str(Deadline(due.detail).label)


def _measure_url(due: Due) -> str:
    return reverse("plans:measure", args=[due.pk])


def _plan_url(due: Due) -> str:
    return reverse("plans:plan", args=[due.pk])


def _deadline_url(due: Due) -> str:
    tab = "plan" if due.detail == Deadline.PLAN else "assessments"
    return reverse("cases:case_tab", args=[due.case_id, tab])
