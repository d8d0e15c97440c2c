"""What waits for somebody about assessments and plans: due, to approve, returned, to review."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.asked_often import Moment
from offices.enums import Role
from offices.models import User
from offices.standing import Standing, standing
from offices.waiting import Section, Urgency, Waiting, running_out, saying
from offices.waiting_lines import Found, Lines, lines_kept

from .enums import CaseStage
from .models import Assessment, Case, CaseDeadline, Plan
from .plan_enums import AssessmentStatus, Deadline, PlanStatus

_LIST, _PLAN, _ASSESSMENT = "cases:list", "plans:plan", "assessments:assessment"
# What is due stands on my day from so many days before; a review from a week before.
AHEAD, REVIEW_AHEAD = dt.timedelta(days=4), dt.timedelta(days=7)
_DUE_WORDS = {
    Deadline.INITIAL: _("The initial assessment is due"),
    Deadline.COMPREHENSIVE: _("The comprehensive assessment is due"),
    Deadline.PLAN: _("The plan is due"),
}


@lines_kept
def plans_waiting_for(user: User) -> Iterable[Lines]:
    """None for who neither leads nor works cases. Measures are in the register of dates."""
    own = standing(user)
    if own.has(Role.HEAD):
        assessments = Assessment.objects.to_approve_by(user)
        words = _("An assessment waits for your word")
        yield Lines(assessments, saying(words, _ASSESSMENT, rail=_LIST), at="finished_at")
        words = _("A plan waits for your approval")
        yield Lines(
            Plan.objects.to_approve_by(user), saying(words, _PLAN, rail=_LIST), at="submitted_at"
        )
    if own.has(Role.CASEWORKER, Role.HEAD):
        yield _due(user, own)
        yield from _returned(user, own)
        yield _reviews(user, own)


def held_or(own: Standing, late: Q, case: str = "case") -> Q:
    """Of cases that the person answers for; of the others that they lead only what is ``late``."""
    mine = Q(**{f"{case}__responsible__in": own.holders})
    led = Q(**{f"{case}__office__in": own.offices(Role.HEAD)})
    return mine | (led & late)


def _due(user: User, own: Standing) -> Lines:
    now = Moment()
    rows = (
        CaseDeadline.objects.visible_to(user)
        .open()
        .filter(held_or(own, Q(due_at__lt=now)), due_at__lt=now + AHEAD)
        .exclude(case__stage=CaseStage.CLOSED)
    )
    return Lines(rows, _say_due, at="due_at", pk="case_id", detail="kind")


def _say_due(found: Found) -> Waiting:
    kind, at = Deadline(found.detail), found.at
    assert at is not None  # every deadline has its moment
    by_hours = kind == Deadline.INITIAL
    return Waiting(
        _DUE_WORDS[kind],
        reverse(
            "cases:case_tab", args=[found.pk, "plan" if kind == Deadline.PLAN else "assessments"]
        ),
        Section.RUNNING_OUT,
        Urgency.LATE if at < clock.now() else Urgency.SOON,
        number=found.number,
        due_at=at if by_hours else None,
        due_on=None if by_hours else clock.local(at).date(),
        rail=_LIST,
    )


def _returned(user: User, own: Standing) -> Iterable[Lines]:
    assessments = (
        Assessment.objects.visible_to(user)
        .filter(status=AssessmentStatus.RETURNED, author__in=own.holders)
        .exclude(corrections__in=Assessment.objects.fixed())
        .exclude(case__stage=CaseStage.CLOSED)
    )
    words = _("An assessment was returned: correct it")
    yield Lines(assessments, saying(words, _ASSESSMENT, rail=_LIST), at="decided_at")
    plans = (
        Plan.objects.visible_to(user)
        .filter(status=PlanStatus.DRAFT, author__in=own.holders)
        .exclude(return_reason="")
        .exclude(case__stage=CaseStage.CLOSED)
    )
    words = _("A plan was returned: mend it")
    yield Lines(plans, saying(words, _PLAN, rail=_LIST), at="returned_at")


def _reviews(user: User, own: Standing) -> Lines:
    today = clock.today()
    rows = (
        Plan.objects.in_force()
        .filter(case__in=Case.objects.full_visible_to(user))
        .filter(held_or(own, Q(review_on__lt=today)), review_on__lte=today + REVIEW_AHEAD)
    )
    say = running_out(_("The plan is due to be reviewed"), _PLAN, rail=_LIST)
    return Lines(rows, say, on="review_on")
