"""What waits for somebody about assessments and plans: due, to approve, returned, to review."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.enums import Role
from offices.models import User
from offices.standing import Standing, standing
from offices.waiting import Section, Urgency, Waiting

from .enums import CaseStage
from .models import Assessment, Case, CaseDeadline, Plan
from .plan_enums import AssessmentStatus, Deadline, PlanStatus

_LIST = "cases:list"
# What is due stands on my day from so many days before; a review from a week before.
AHEAD, REVIEW_AHEAD = dt.timedelta(days=4), dt.timedelta(days=7)
SHOWN = 20
_DUE_WORDS = {
    Deadline.INITIAL: _("The initial assessment is due"),
    Deadline.COMPREHENSIVE: _("The comprehensive assessment is due"),
    Deadline.PLAN: _("The plan is due"),
}


def plans_waiting_for(user: User) -> Iterable[Waiting]:
    """At most six queries whatever there is; none for who neither leads nor works cases. Measures are in the register of dates."""
    own = standing(user)
    if own.has(Role.HEAD):
        yield from _to_approve(user)
    if own.has(Role.CASEWORKER, Role.HEAD):
        yield from _due(user, own)
        yield from _returned(user, own)
        yield from _reviews(user, own)


def held_or(own: Standing, late: Q, case: str = "case") -> Q:
    """Of cases that the person answers for; of the others that they lead only what is ``late``."""
    mine = Q(**{f"{case}__responsible__in": own.holders})
    led = Q(**{f"{case}__office__in": own.offices(Role.HEAD)})
    return mine | (led & late)


def _to_approve(user: User) -> Iterable[Waiting]:
    assessments = Assessment.objects.to_approve_by(user).select_related("case")
    for assessment in assessments.order_by("finished_at")[:SHOWN]:
        yield Waiting(
            _("An assessment waits for your word"),
            reverse("assessments:assessment", args=[assessment.pk]),
            number=assessment.case.number,
            rail=_LIST,
        )
    for plan in Plan.objects.to_approve_by(user).select_related("case").order_by("submitted_at")[:SHOWN]:  # fmt: skip
        yield Waiting(
            _("A plan waits for your approval"),
            plan.get_absolute_url(),
            number=plan.case.number,
            rail=_LIST,
        )


def _due(user: User, own: Standing) -> Iterable[Waiting]:
    now = clock.now()
    rows = (
        CaseDeadline.objects.visible_to(user)
        .open()
        .filter(held_or(own, Q(due_at__lt=now)), due_at__lt=now + AHEAD)
        .exclude(case__stage=CaseStage.CLOSED)
        .select_related("case")
    )
    for deadline in rows.order_by("due_at")[:SHOWN]:
        tab = "plan" if deadline.kind == Deadline.PLAN else "assessments"
        day = clock.local(deadline.due_at).date()
        by_hours = deadline.kind == Deadline.INITIAL
        yield Waiting(
            _DUE_WORDS[Deadline(deadline.kind)],
            reverse("cases:case_tab", args=[deadline.case_id, tab]),
            Section.RUNNING_OUT,
            Urgency.LATE if deadline.is_overdue(now) else Urgency.SOON,
            number=deadline.case.number,
            due_at=deadline.due_at if by_hours else None,
            due_on=None if by_hours else day,
            rail=_LIST,
        )


def _returned(user: User, own: Standing) -> Iterable[Waiting]:
    assessments = (
        Assessment.objects.visible_to(user)
        .filter(status=AssessmentStatus.RETURNED, author__in=own.holders)
        .exclude(corrections__in=Assessment.objects.fixed())
        .exclude(case__stage=CaseStage.CLOSED)
    )
    for assessment in assessments.select_related("case").order_by("decided_at")[:SHOWN]:
        yield Waiting(
            _("An assessment was returned: correct it"),
            reverse("assessments:assessment", args=[assessment.pk]),
            number=assessment.case.number,
            rail=_LIST,
        )
    plans = (
        Plan.objects.visible_to(user)
        .filter(status=PlanStatus.DRAFT, author__in=own.holders)
        .exclude(return_reason="")
        .exclude(case__stage=CaseStage.CLOSED)
    )
    for plan in plans.select_related("case").order_by("returned_at")[:SHOWN]:
        yield Waiting(
            _("A plan was returned: mend it"),
            plan.get_absolute_url(),
            number=plan.case.number,
            rail=_LIST,
        )


def _reviews(user: User, own: Standing) -> Iterable[Waiting]:
    today = clock.today()
    rows = (
        Plan.objects.in_force()
        .filter(case__in=Case.objects.full_visible_to(user))
        .filter(held_or(own, Q(review_on__lt=today)), review_on__lte=today + REVIEW_AHEAD)
    )
    for plan in rows.select_related("case").order_by("review_on")[:SHOWN]:
        is_late = plan.review_on is not None and plan.review_on < today
        yield Waiting(
            _("The plan is due to be reviewed"),
            plan.get_absolute_url(),
            Section.RUNNING_OUT,
            Urgency.LATE if is_late else Urgency.SOON,
            number=plan.case.number,
            due_on=plan.review_on,
            rail=_LIST,
        )
