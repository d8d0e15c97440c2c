"""Where assessments and plans stand on a case's page, and what of them is due."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workdays import days_left
from offices.models import User
from offices.waiting import register_feed
from offices.working_calendar import working_calendar

from . import assessment_permissions as may_assess
from . import plan_permissions as may_plan
from .assessment_chart import charts_of
from .assessment_page import with_people
from .deadlines import amber_of
from .hindrances import Hindrance, register_hindrance
from .models import Assessment, Case, CaseDeadline, Measure, Plan
from .panels import Panel, reader_of, register_panel
from .permissions import Depth, depth_of
from .plan_enums import Deadline, PlanStatus
from .plan_notices import register_kinds
from .plan_page import STATE_KINDS, Progress, progress_of
from .plan_sources import register_sources
from .plan_tellers import register_tellers
from .plan_waiting import plans_waiting_for


@dataclass(frozen=True)
class DueLine:
    """A deadline as the clock is told of it: hours run by the moment, working days end with their day."""

    deadline: CaseDeadline
    due: dt.datetime | dt.date
    amber: dt.datetime | dt.date
    days_left: int | None


@dataclass(frozen=True)
class PlanLine:
    plan: Plan
    kind: str
    progress: Progress


def hang_all() -> None:
    """Everything that assessments and plans hang elsewhere: notices, my day, dates, the timeline, the case's page."""
    register_kinds()
    register_feed(plans_waiting_for)
    register_sources()
    register_tellers()
    register_panel("assessments", assessments_panel, order=10)
    register_panel("plan", plans_panel, order=10)
    register_hindrance(waiting_plans)


def waiting_plans(case: Case) -> Iterable[Hindrance]:
    """What keeps the case open: plans laid before the head and not answered."""
    for plan in case.plans.filter(status=PlanStatus.SUBMITTED):
        yield Hindrance(_("A plan waits for the head"), plan.get_absolute_url())


def due_lines(case: Case) -> list[DueLine]:
    """What the case is due to have by the office's own times."""
    calendar, today = working_calendar(), clock.today()
    lines = []
    for deadline in CaseDeadline.objects.open().filter(case=case):
        amber = amber_of(deadline, calendar)
        if deadline.kind == Deadline.INITIAL:
            lines.append(DueLine(deadline, deadline.due_at, amber, None))
            continue
        day = clock.local(deadline.due_at).date()
        left = days_left(today, day, calendar)
        lines.append(DueLine(deadline, day, clock.local(amber).date(), left))
    return lines


def clocks_for(user: User, case: Case) -> list[DueLine]:
    """The clocks of the case for who works it and can do something about them; none for others."""
    return due_lines(case) if may_assess.can_begin_assessment(user, case) else []


def assessments_panel(request: HttpRequest, case: Case) -> Panel | None:
    """The assessments of the case, newest first, and what is due."""
    if not may_assess.can_read_assessments(reader_of(request), case):
        return None
    found = Assessment.objects.visible_to(reader_of(request)).filter(case=case)
    may_begin = may_assess.can_begin_assessment(reader_of(request), case)
    due = [line for line in due_lines(case) if line.deadline.kind != Deadline.PLAN]
    context = {
        "rows": with_people(found.select_related("person", "author", "decided_by")),
        "may_begin": may_begin,
        "lines": due if may_begin else [],
        "charts": charts_of(case.pk),
    }
    return Panel("casework/assessment_panel.html", context)


def plans_panel(request: HttpRequest, case: Case) -> Panel:
    """The plans of the case that the reader may see, those in force first, with how far they are."""
    today = clock.today()
    measures = Prefetch("goals__measures", Measure.objects.all())
    found = (
        Plan.objects.visible_to(reader_of(request))
        .filter(case=case)
        .exclude(status=PlanStatus.DROPPED)
        .select_related("person", "author", "replaces")
        .prefetch_related("goals", measures)
    )
    lines = [_plan_line(plan, today) for plan in found]
    may_begin = may_plan.can_begin_plan(reader_of(request), case)
    full = depth_of(reader_of(request), case) >= Depth.FULL
    due = [line for line in due_lines(case) if line.deadline.kind == Deadline.PLAN] if full else []
    context = {
        "current": [line for line in lines if line.plan.status != PlanStatus.REPLACED],
        "past": [line for line in lines if line.plan.status == PlanStatus.REPLACED],
        "may_begin": may_begin,
        "lines": due if may_begin else [],
    }
    return Panel("casework/plan_panel.html", context)


def _plan_line(plan: Plan, today: dt.date) -> PlanLine:
    measures = [measure for goal in plan.goals.all() for measure in goal.measures.all()]
    return PlanLine(plan, STATE_KINDS[PlanStatus(plan.status)], progress_of(measures, today))
