"""What a case is due to have: laid down when it starts to count, struck off when it is there."""

import datetime as dt

from core import clock
from offices.working_calendar import working_calendar

from ..deadlines import due_of, times_of
from ..enums import CaseStage
from ..models import Case, CaseDeadline
from ..plan_enums import Deadline

_STAGES = (CaseStage.OPENED, CaseStage.ASSESSMENT, CaseStage.PLAN, CaseStage.HELP)


def start_deadlines(case: Case) -> None:
    """A case has just been opened: its two assessments are due by the office's own times of today."""
    for kind in (Deadline.INITIAL, Deadline.COMPREHENSIVE):
        start_deadline(case, kind, at=case.opened_at)


def start_deadline(case: Case, kind: str, *, at: dt.datetime) -> CaseDeadline | None:
    """Let ``kind`` be due from ``at`` on; nothing where it runs already."""
    if CaseDeadline.objects.open().filter(case=case, kind=kind).exists():
        return None
    due = due_of(kind, at, times_of(case.office), working_calendar())
    return CaseDeadline.objects.create(
        case=case, kind=kind, started_at=at, due_at=due.at, is_provisional=due.is_provisional
    )


def meet_deadline(case: Case, kind: str) -> None:
    """What was due is there now."""
    for deadline in CaseDeadline.objects.open().select_for_update().filter(case=case, kind=kind):
        deadline.met_at = clock.now()
        deadline.save()


def advance_stage(case: Case, stage: str) -> None:
    """Bring ``case`` (locked, saved by the caller) at least to ``stage``; never back, never out of closing."""
    if case.stage in _STAGES and _STAGES.index(CaseStage(case.stage)) < _STAGES.index(
        CaseStage(stage)
    ):
        case.stage = stage
