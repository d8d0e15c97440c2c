"""Plans: written by those who work the case, approved by its head, read in force also by those who help in it."""

from casework.models import Assessment, Plan
from tests.casework.plan_builders import make_assessment, make_domain, make_plan

from .rows import Row
from .world import HELP_IT, KNOW_OF_IT, READ_IT, WORK_IT


def _of(world, status, person=None):
    found = Plan.objects.filter(case=world.case.pk, status=status).first()
    return found or make_plan(world.case, status=status, person=person)


def _draft(world):
    return {"pk": _of(world, "draft").pk}


def _submitted(world):
    return {"pk": _of(world, "submitted", world.child).pk}


def _in_force(world):
    return {"pk": _of(world, "approved").pk}


def _goal(world):
    plan = _of(world, "draft")
    return {"pk": plan.pk, "goal": plan.goals.first().pk}


def _need(world):
    rows = Assessment.objects.filter(case=world.case.pk, status="finished")
    found = rows.first() or make_assessment(world.case, scores={"safety": 2}, status="finished")
    return {"assessment": found.pk, "domain": make_domain().pk}


def _measure(world):
    plan = _of(world, "approved")
    return {"pk": plan.goals.first().measures.first().pk}


def _later(name, kwargs=_in_force):
    """A step on a plan in force: who helps reads the plan, and does not take it."""
    return Row(name, opens=WORK_IT, refuses=HELP_IT, kwargs=kwargs)


ROWS = [
    Row(
        "plans:begin",
        opens=WORK_IT,
        refuses=KNOW_OF_IT - WORK_IT,
        kwargs=lambda w: {"case": w.case.pk},
    ),
    Row("plans:begin_from_need", opens=WORK_IT, kwargs=_need),
    Row("plans:plan", opens=READ_IT, kwargs=_in_force),
    Row("plans:opinions", opens=WORK_IT, kwargs=_draft),
    Row("plans:submit", opens=WORK_IT, kwargs=_draft),
    Row("plans:discard", opens=WORK_IT, kwargs=_draft),
    Row("plans:decide", opens=WORK_IT, kwargs=_submitted),
    Row("plans:paper", opens=READ_IT, kwargs=_in_force, shows="%PDF"),
    Row("plans:add_goal", opens=WORK_IT, kwargs=_draft),
    Row("plans:write_goal", opens=WORK_IT, kwargs=_goal),
    Row("plans:remove_goal", opens=WORK_IT, kwargs=_goal),
    _later("plans:measure", _measure),
    _later("plans:agree"),
    _later("plans:change"),
    _later("plans:review"),
]
