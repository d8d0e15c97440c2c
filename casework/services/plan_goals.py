"""Goals and measures: written while the plan is a draft, carried out while it is in force."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.models import Organisation, User

from .. import plan_permissions as may
from ..history import claim
from ..models import AssessmentDomain, Measure, Person, Plan, PlanGoal
from ..plan_enums import ExecutorKind, MeasureStatus
from .plans import locked_plan

MOST_GOALS = 30


@dataclass(frozen=True)
class GoalWords:
    text_ky: str
    text_ru: str = ""
    domain: AssessmentDomain | None = None


@dataclass(frozen=True)
class MeasureWords:
    """One measure as it is written. ``pk`` names the row that it was, None a new one."""

    text_ky: str
    due_on: dt.date
    pk: UUID | None = None
    text_ru: str = ""
    executor_kind: str = ExecutorKind.WORKER
    worker: User | None = None
    organisation: Organisation | None = None
    relative: Person | None = None
    executor_text: str = ""
    starts_on: dt.date | None = None
    success_ky: str = ""
    success_ru: str = ""


_FIELDS = tuple(name for name in MeasureWords.__dataclass_fields__ if name != "pk")


@transaction.atomic
def add_goal(
    plan: Plan, words: GoalWords, measures: Iterable[MeasureWords], *, actor: User
) -> PlanGoal:
    """A goal with its measures, after the others."""
    plan = locked_plan(plan, may.can_write_plan, actor)
    last = plan.goals.aggregate(last=Max("order"))["last"] or 0
    if last >= MOST_GOALS:
        raise DomainError(_("A plan has at most 30 goals."))
    goal = PlanGoal(plan=plan, order=last + 1)
    return _written(goal, words, measures)


@transaction.atomic
def write_goal(
    goal: PlanGoal,
    words: GoalWords,
    measures: Iterable[MeasureWords],
    *,
    actor: User,
    seen: int | None,
) -> PlanGoal:
    """The goal and all its measures as they are now; what is left out is taken away. Refused where changed since ``seen``."""
    goal = _locked_goal(goal, actor)
    claim(goal, seen, actor=actor)
    return _written(goal, words, measures)


@transaction.atomic
def remove_goal(goal: PlanGoal, *, actor: User) -> None:
    """Take a goal out of the draft, with its measures."""
    goal = _locked_goal(goal, actor)
    for measure in goal.measures.all():
        measure.delete()
    goal.delete()


@transaction.atomic
def settle_measure(
    measure: Measure,
    *,
    status: str,
    result: str,
    on: dt.date | None,
    actor: User,
    seen: int | None,
) -> Measure:
    """How far a measure of the plan in force is. Done or given up: with what came of it, on ``on`` (today)."""
    plan = locked_plan(measure.goal.plan, lambda *_: True, actor)
    measure = Measure.objects.select_for_update(of=("self",)).select_related("goal__plan__case").get(pk=measure.pk)  # fmt: skip
    if measure.goal.plan_id != plan.pk or not may.can_settle_measure(actor, measure):
        raise DomainError(_("You cannot do this with the plan as it stands now. Look at it again."))
    claim(measure, seen, actor=actor)
    is_over = status in (MeasureStatus.DONE, MeasureStatus.DROPPED)
    if is_over and not result.strip():
        raise DomainError(_("Say what came of it."))
    if on is not None and on > clock.today():
        raise DomainError(_("This is written down once it has happened."))
    measure.status, measure.result = status, result.strip()
    measure.settled_on = (on or clock.today()) if is_over else None
    measure.save()
    return measure


def _locked_goal(goal: PlanGoal, actor: User) -> PlanGoal:
    locked_plan(goal.plan, may.can_write_plan, actor)
    return PlanGoal.objects.select_for_update().select_related("plan").get(pk=goal.pk)


def _written(goal: PlanGoal, words: GoalWords, measures: Iterable[MeasureWords]) -> PlanGoal:
    if not words.text_ky.strip():
        raise DomainError(_("Say the goal in Kyrgyz: the paper is in Kyrgyz first."))
    goal.text_ky, goal.text_ru = words.text_ky.strip(), words.text_ru.strip()
    goal.domain = words.domain
    goal.save()
    known = {measure.pk: measure for measure in goal.measures.all()}
    for order, said in enumerate(measures, 1):
        measure = (known.pop(said.pk, None) if said.pk else None) or Measure(goal=goal)
        _write_measure(measure, said, order)
    for left_out in known.values():
        left_out.delete()
    return goal


def _write_measure(measure: Measure, said: MeasureWords, order: int) -> None:
    chosen = {
        ExecutorKind.WORKER: said.worker,
        ExecutorKind.ORGANISATION: said.organisation,
        ExecutorKind.RELATIVE: said.relative,
    }
    if not said.executor_text and chosen.get(ExecutorKind(said.executor_kind)) is None:
        raise DomainError(_("Each measure needs somebody who carries it out."))
    if said.starts_on is not None and said.starts_on > said.due_on:
        raise DomainError(_("A measure begins before it is due."))
    said_now = {name: getattr(said, name) for name in _FIELDS} | {"order": order}
    is_same = all(getattr(measure, name) == value for name, value in said_now.items())
    if is_same and not measure._state.adding:
        return
    for name, value in said_now.items():
        setattr(measure, name, value)
    measure.version += 1
    measure.save()
