"""Assessments: those who work the case in full, and nobody who only gives help in it."""

from casework.models import Assessment
from tests.casework.plan_builders import make_assessment

from .rows import Row
from .world import HEADS_OF_IT, KNOW_OF_IT, WORK_IT


def _of(world, status):
    """One in that state, of the world's own case, which the world keeps for all rows."""
    found = Assessment.objects.filter(case=world.case.pk, status=status).first()
    return {"pk": (found or make_assessment(world.case, scores={"safety": 2}, status=status)).pk}


def _draft(world):
    return _of(world, "draft")


def _finished(world):
    return _of(world, "finished")


ROWS = [
    Row(
        "assessments:begin",
        opens=WORK_IT,
        refuses=KNOW_OF_IT - WORK_IT,
        kwargs=lambda w: {"case": w.case.pk},
    ),
    Row("assessments:assessment", opens=WORK_IT, kwargs=_finished),
    Row("assessments:write", opens=WORK_IT, kwargs=_draft),
    Row("assessments:finish", opens=WORK_IT, kwargs=_draft),
    Row("assessments:discard", opens=WORK_IT, kwargs=_draft),
    Row(
        "assessments:decide",
        opens=HEADS_OF_IT,
        refuses=WORK_IT - HEADS_OF_IT,
        kwargs=_finished,
    ),
    Row("assessments:correct", opens=WORK_IT, kwargs=_finished),
]
