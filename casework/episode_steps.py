"""What happened to an episode, told from its history: who asked, accepted, returned, handed over, completed, ended."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .enums import EpisodeStatus
from .models import Episode

_ICONS = {
    EpisodeStatus.REQUESTED: "referral",
    EpisodeStatus.RETURNED: "left",
    EpisodeStatus.ACTIVE: "done",
    EpisodeStatus.COMPLETED: "done",
    EpisodeStatus.ENDED: "close",
}


@dataclass(frozen=True)
class Step:
    """One line of the timeline."""

    at: dt.datetime
    title: str
    by: str = ""
    text: str = ""
    icon: str = "calm"
    url: str = ""


def steps_of(episode: Episode) -> list[Step]:
    """Newest first; one query."""
    rows = episode.history.select_related("history_user", "office", "specialist").order_by(  # type: ignore[attr-defined]  # simple_history
        "history_date", "history_id"
    )
    steps, before = [], None
    for row in rows:
        if step := _step(before, row):
            steps.append(step)
        before = row
    return steps[::-1]


def _step(before: Any, row: Any) -> Step | None:
    is_same_state = before is not None and before.status == row.status
    if is_same_state and before.specialist_id == row.specialist_id:
        return None
    by = row.history_user.full_name if row.history_user else ""
    title, text = _words(before, row, is_same_state)
    return Step(row.history_date, title, by, text, _ICONS[row.status])


def _words(before: Any, row: Any, is_handed_over: bool) -> tuple[str, str]:
    if is_handed_over:
        return _("Handed over to: %s") % row.specialist, row.handover_reason
    if row.status == EpisodeStatus.REQUESTED:
        title = _("Asked: %s") if before is None else _("Asked again: %s")
        return title % row.office.name, ""
    if row.status == EpisodeStatus.RETURNED:
        return _("Returned"), row.return_reason
    if row.status == EpisodeStatus.ACTIVE:
        return _("Accepted; gives help: %s") % row.specialist, ""
    if row.status == EpisodeStatus.COMPLETED:
        return _("Completed with its result"), ""
    return _("Ended without result"), row.end_reason
