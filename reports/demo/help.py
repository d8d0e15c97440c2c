"""Psychological help in the demo city: asked for, accepted, its meetings held, some of it concluded."""

import datetime as dt
from random import Random
from typing import TYPE_CHECKING

from casework.enums import EpisodeKind, MeetingKind
from casework.models import Case, Episode, Person
from casework.services.episodes import accept_episode, request_episode
from casework.services.meetings import Record, record_unplanned_meeting
from core import clock
from core.history import acting_as
from offices.models import User

from .conclusions import conclude
from .families import LAST_DAY, FamilyPlan

if TYPE_CHECKING:
    from .city import City

REQUESTS = [
    "Баланын эмоционалдык абалын баалоо, мектептен качуусунун себептерин аныктоо.",
    "Баланын ата-эненин ажырашуусуна байланыштуу абалын баалоо.",
    "Оценить эмоциональное состояние ребёнка, дать рекомендации матери и школе.",
]
DONE = [
    "Таанышуу, байланыш түзүү, эркин сүрөт тартуу.",
    "«Үй-бүлөнүн сүрөтү» методикасы, аңгемелешүү.",
    "Беседа о школе и друзьях, рисуночные методики.",
    "Эмоцияларды таануу боюнча көнүгүүлөр, оюн терапиясы.",
]
OVERRUN = "Апасы ыйлап токтоно албады, сүйлөшүү созулду."


def give_psychological_help(
    city: "City", case: Case, plan: FamilyPlan, worker: User
) -> Episode | None:
    """One episode for the first child with two to four meetings; None where its days have not come yet."""
    rng: Random = city.rng
    psychologist = city.users[rng.choice(["psychologist.centre", "psychologist2.centre"])]
    head = city.users["head.centre"]
    start = plan.opened_at + dt.timedelta(days=1)
    if start.date() > LAST_DAY:
        return None
    child = case.child_places.select_related("person").first().person  # type: ignore[union-attr]  # a case has a child
    with clock.moved_to(start), acting_as(worker):
        episode = request_episode(
            case,
            person=child,
            kind=EpisodeKind.PSYCHOLOGICAL,
            office=city.offices["centre"],
            request=rng.choice(REQUESTS),
            actor=worker,
        )
    if (LAST_DAY - start.date()).days < 8:
        return episode
    with clock.moved_to(start + dt.timedelta(hours=3)), acting_as(head):
        episode = accept_episode(episode, specialist=psychologist, seen=episode.version, actor=head)
    held = rng.randrange(1, 4)
    for number in range(held):
        day = start + dt.timedelta(days=3 + 4 * number)
        _meet(rng, episode, child, psychologist, day, number == 0)
    signed_at = start + dt.timedelta(days=4 * held + 4)
    if plan.has_conclusion and signed_at.date() <= LAST_DAY:
        is_old = (LAST_DAY - signed_at.date()).days > 6
        conclude(city, case, episode, signed_at, countersign=is_old)
    return episode


def _meet(
    rng: Random,
    episode: Episode,
    child: Person,
    psychologist: User,
    day: dt.datetime,
    is_first: bool,
) -> None:
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    if day.date() > LAST_DAY:
        return
    began = day.replace(hour=rng.randrange(9, 17), minute=rng.choice([0, 15, 30, 45]))
    kind = MeetingKind.CONSULTATION if is_first else MeetingKind.SESSION
    minutes = rng.choice([20, 25, 28, 35]) if is_first else rng.choice([30, 40, 45])
    ended = began + dt.timedelta(minutes=minutes)
    record = Record(
        began_at=began,
        ended_at=ended,
        with_whom=(child,),
        place="Борбор, 3-кабинет",
        work_done=rng.choice(DONE),
        overrun_reason=OVERRUN if is_first and minutes > 30 else "",
    )
    with clock.moved_to(ended + dt.timedelta(minutes=10)), acting_as(psychologist):
        record_unplanned_meeting(episode, record, kind=kind, actor=psychologist)
