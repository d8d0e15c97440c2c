"""What the pages of a plan show: its goals with their measures, how much of it is done, what is late."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from core import clock

from .models import Measure, Plan, PlanGoal
from .plan_enums import MeasureStatus, PlanStatus

STATE_KINDS = {
    PlanStatus.DRAFT: "calm",
    PlanStatus.SUBMITTED: "soon",
    PlanStatus.APPROVED: "in-time",
    PlanStatus.REPLACED: "calm",
    PlanStatus.DROPPED: "calm",
}
_MEASURE_KINDS = {
    MeasureStatus.PLANNED: "calm",
    MeasureStatus.RUNNING: "soon",
    MeasureStatus.DONE: "in-time",
    MeasureStatus.DROPPED: "calm",
}


@dataclass(frozen=True)
class Progress:
    """How far the measures are. What was given up counts for nothing."""

    done: int
    late: int
    of: int

    @property
    def percent(self) -> int:
        return round(100 * self.done / self.of) if self.of else 0


@dataclass(frozen=True)
class MeasureLine:
    measure: Measure
    is_late: bool
    kind: str


@dataclass(frozen=True)
class GoalLine:
    goal: PlanGoal
    measures: tuple[MeasureLine, ...]


def progress_of(measures: Iterable[Measure], on: dt.date) -> Progress:
    counted = [m for m in measures if m.status != MeasureStatus.DROPPED]
    done = sum(m.status == MeasureStatus.DONE for m in counted)
    return Progress(done, sum(m.is_overdue(on) for m in counted), len(counted))


def goal_lines(plan: Plan) -> list[GoalLine]:
    """Goals and measures with all that a line shows: as many queries for fifty as for one."""
    today, goes_on = clock.today(), plan.is_in_force
    goals = plan.goals.select_related("domain").prefetch_related(
        "measures__worker", "measures__organisation", "measures__relative"
    )
    return [_goal(goal, today, goes_on) for goal in goals]


def progress_of_lines(lines: Iterable[GoalLine]) -> Progress:
    return progress_of([m.measure for line in lines for m in line.measures], clock.today())


def _goal(goal: PlanGoal, today: dt.date, goes_on: bool) -> GoalLine:
    lines = []
    for measure in goal.measures.all():
        measure.goal = goal
        late = goes_on and measure.is_overdue(today)
        kind = "late" if late else _MEASURE_KINDS[MeasureStatus(measure.status)]
        lines.append(MeasureLine(measure, late, kind))
    return GoalLine(goal, tuple(lines))
