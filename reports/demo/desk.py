"""What lies on the desks of the demo city on its last day, so that every role finds something to do."""

import datetime as dt
from typing import TYPE_CHECKING

from casework.enums import CaseStage, EpisodeStatus, MeetingKind
from casework.models import Episode
from casework.services.conclusions import begin_conclusion
from casework.services.meetings import Plan, plan_meeting
from core import clock
from core.history import acting_as

from .conclusions import TEXTS, conclude
from .families import BISHKEK, LAST_DAY

if TYPE_CHECKING:
    from .city import City

PLANNED_HOURS = [(0, 10), (0, 14), (1, 9), (2, 11), (3, 15), (4, 10)]
PSYCHOLOGISTS = ["psychologist.centre", "psychologist2.centre"]


def lay_desks(city: "City") -> None:
    """Each psychologist gets a week of appointments, a draft begun, and a conclusion that waits for the head."""
    for username in PSYCHOLOGISTS:
        active = list(
            Episode.objects.filter(
                specialist=city.users[username],
                status=EpisodeStatus.ACTIVE,
                conclusions=None,
            )
            .exclude(case__stage=CaseStage.CLOSED)
            .select_related("case", "person", "specialist", "office")
            .order_by("-requested_at", "pk")[:6]
        )
        for episode, (day, hour) in zip(active, PLANNED_HOURS, strict=False):
            _plan(episode, day, hour)
        if active:
            signed_at = dt.datetime.combine(LAST_DAY, dt.time(16), tzinfo=BISHKEK)
            conclude(city, active[0].case, active[0], signed_at, countersign=False)
        for episode in active[1:2]:
            _begin_draft(episode)


def _plan(episode: Episode, day: int, hour: int) -> None:
    """An appointment in the week after the last day, made on the last day."""
    now = dt.datetime.combine(LAST_DAY, dt.time(17), tzinfo=BISHKEK)
    monday = LAST_DAY + dt.timedelta(days=7 - LAST_DAY.weekday())
    when = dt.datetime.combine(monday + dt.timedelta(days=day), dt.time(hour), tzinfo=BISHKEK)
    plan = Plan(
        kind=MeetingKind.SESSION,
        planned_at=when,
        planned_minutes=40,
        place="Борбор, 3-кабинет",
        with_whom=(episode.person,),
    )
    with clock.moved_to(now), acting_as(episode.specialist):
        plan_meeting(episode, plan, actor=episode.specialist)  # type: ignore[arg-type]  # an active one has a specialist


def _begin_draft(episode: Episode) -> None:
    at = dt.datetime.combine(LAST_DAY, dt.time(11), tzinfo=BISHKEK)
    with clock.moved_to(at), acting_as(episode.specialist):
        draft = begin_conclusion(episode, actor=episode.specialist)  # type: ignore[arg-type]  # an active one has a specialist
        for name in ("question", "child_assent", "social_history", "observation"):
            draft_ky, draft_ru = TEXTS[name][0]
            setattr(draft, f"{name}_ky", draft_ky)
            setattr(draft, f"{name}_ru", draft_ru)
        draft.save()
