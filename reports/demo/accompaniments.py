"""Legal and social help in the demo city: hearings with their next dates, orders, ways to hospitals and schools, statements."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING

from casework.accompaniment_enums import (
    AccompanimentKind,
    AccompanimentStatus,
    CourtRole,
    DraftedKind,
)
from casework.enums import EpisodeKind
from casework.models import Accompaniment, Case, Episode
from casework.services.accompaniments import (
    Outcome,
    Way,
    add_accompaniment,
    next_of,
    record_accompaniment,
)
from casework.services.episode_results import missing_for_completion
from casework.services.episodes import accept_episode, complete_episode, request_episode
from casework.services.legal_file import (
    Drafted,
    OrderText,
    close_order,
    keep_document,
    record_order,
)
from casework.services.statements import countersign_statement, sign_statement, statement_digest
from casework.services.tasks import give_task
from core import clock
from core.history import acting_as
from offices.enums import OrganisationKind
from offices.models import User

from .families import LAST_DAY, FamilyPlan

if TYPE_CHECKING:
    from .city import City

MOST_PAPERS = 3
SUBJECTS = [
    "Ата-энелик укуктарды чектөө",
    "Взыскание алиментов",
    "Камкордук белгилөө",
    "Определение места жительства ребёнка",
]
RESULTS = {
    AccompanimentStatus.HELD: ["Тараптар угулду, күбөлөр чакырылат.", "Стороны выслушаны."],
    AccompanimentStatus.PUT_OFF: ["Жоопкер келген жок.", "Ответчик не явился."],
    AccompanimentStatus.DECIDED: ["Доо канааттандырылды.", "Иск удовлетворён."],
}
WAYS = {
    AccompanimentKind.MEDICAL: (OrganisationKind.HEALTH, "Педиатрдын кароосу", "Дарылоо белгиленди"),
    AccompanimentKind.EDUCATION: (OrganisationKind.EDUCATION, "Зачисление в школу", "Ребёнок зачислен"),
    AccompanimentKind.SOCIAL: (OrganisationKind.SOCIAL, "Реабилитация программасы", "Каттоого алынды"),
}  # fmt: skip


@dataclass
class _Help:
    """One episode with those who give and lead it."""

    episode: Episode
    specialist: User
    head: User


def accompany(city: "City", case: Case, plan: FamilyPlan, worker: User) -> None:
    """Legal help for every sixth family, social help for every fifth; nothing where their days have not come yet."""
    if plan.index % 6 == 2:
        _help_in_court(city, case, plan, worker)
    if plan.index % 5 == 1:
        _help_outside(city, case, plan, worker)
    if plan.index % 7 == 3:
        _give_task(city, case, plan, worker)


def _begin(
    city: "City", case: Case, plan: FamilyPlan, worker: User, kind: EpisodeKind
) -> _Help | None:
    start = plan.opened_at + dt.timedelta(days=2)
    if (LAST_DAY - start.date()).days < 4:
        return None
    office = "centre" if kind == EpisodeKind.LEGAL else plan.office
    specialist = city.users["lawyer.centre"] if kind == EpisodeKind.LEGAL else worker
    head = city.users[f"head.{office}"]
    child = case.child_places.select_related("person").first().person  # type: ignore[union-attr]  # a case has a child
    with clock.moved_to(start), acting_as(worker):
        episode = request_episode(
            case,
            person=child,
            kind=kind,
            office=city.offices[office],
            request="Балага коштоо керек." if plan.index % 2 else "Нужно сопровождение.",
            actor=worker,
        )
    with clock.moved_to(start + dt.timedelta(hours=4)), acting_as(head):
        accept_episode(episode, specialist=specialist, seen=episode.version, actor=head)
    return _Help(episode, specialist, head)


def _help_in_court(city: "City", case: Case, plan: FamilyPlan, worker: User) -> None:
    given = _begin(city, case, plan, worker, EpisodeKind.LEGAL)
    if given is None:
        return
    rng: Random = city.rng
    on = _working(plan.opened_at.date() + dt.timedelta(days=rng.randrange(7, 15)))
    way = Way(
        kind=AccompanimentKind.COURT,
        on=on,
        at=dt.time(rng.randrange(9, 17), rng.choice([0, 30])),
        purpose=rng.choice(SUBJECTS),
        organisation=city.body(OrganisationKind.COURT, plan.extra["district"]),
        court_number=f"ГД-{rng.randrange(100, 4000)}/{on.year % 100}",
        role=rng.choice([CourtRole.REPRESENTATIVE, CourtRole.SUPPORT]),
        place=f"{rng.randrange(2, 30)}-бөлмө",
    )
    with clock.moved_to(_moment(plan.opened_at, 3)), acting_as(given.specialist):
        one = add_accompaniment(given.episode, way, actor=given.specialist)
        keep_document(
            given.episode,
            Drafted(
                kind=DraftedKind.CLAIM,
                title="Доо арыз",
                drafted_on=clock.today(),
                handed_to="Сотко",
                handed_on=clock.today(),
            ),
            actor=given.specialist,
        )
    last = _hearings(rng, one, given.specialist)
    if plan.index % 12 == 2:
        _protect(given, plan)
    _finish(city, given, last)


def _hearings(rng: Random, one: Accompaniment, lawyer: User) -> dt.date:
    """Each hearing fixes the next one, until the court decides; those to come stay planned. The last day that was."""
    last = one.on
    for number in range(3):
        if one.on > LAST_DAY:
            return last
        last = one.on
        status = [
            AccompanimentStatus.PUT_OFF,
            AccompanimentStatus.HELD,
            AccompanimentStatus.DECIDED,
        ][number]
        goes_on = number < 2
        next_on = _working(one.on + dt.timedelta(days=rng.randrange(12, 20))) if goes_on else None
        outcome = Outcome(status, rng.choice(RESULTS[status]), next_on=next_on, next_at=dt.time(10))
        with clock.moved_to(_evening(one.on)), acting_as(lawyer):
            record_accompaniment(one, outcome, seen=one.version, actor=lawyer)
            following = next_of(one)
        if following is None:
            return last
        one = following
    return last  # fmt: skip


def _protect(given: _Help, plan: FamilyPlan) -> None:
    """An order of thirty days; what became of an old one is written down."""
    issued = plan.opened_at.date() + dt.timedelta(days=3)
    lawyer = given.specialist
    said = OrderText(
        issued_on=issued,
        expires_on=issued + dt.timedelta(days=30),
        number=f"{100 + plan.index}",
        issuer_text="Ички иштер бөлүмү",
        protects=(given.episode.person,),
        against_text="өгөй атасы",
        conditions="Балага жакындоого тыюу салынат.",
    )
    with clock.moved_to(_evening(issued)), acting_as(lawyer):
        order = record_order(given.episode, said, actor=lawyer)
    over = issued + dt.timedelta(days=31)
    if over <= LAST_DAY:
        with clock.moved_to(_evening(over)), acting_as(lawyer):
            close_order(order, reason="Мөөнөтү бүттү", actor=lawyer)


def _help_outside(city: "City", case: Case, plan: FamilyPlan, worker: User) -> None:
    given = _begin(city, case, plan, worker, EpisodeKind.SOCIAL)
    if given is None:
        return
    rng: Random = city.rng
    last = plan.opened_at.date()
    for number, kind in enumerate(rng.sample(list(WAYS), k=rng.choice([1, 2, 2]))):
        body, purpose, result = WAYS[kind]
        on = _working(last + dt.timedelta(days=4 + 6 * number))
        way = Way(
            kind=kind,
            on=on,
            purpose=purpose,
            organisation=city.body(body, plan.extra["district"]),
            with_whom=(given.episode.person,),
        )
        was = on <= LAST_DAY
        outcome = Outcome(AccompanimentStatus.HELD, result) if was else None
        at = _evening(on) if was else _evening(LAST_DAY)
        with clock.moved_to(at), acting_as(worker):
            add_accompaniment(given.episode, way, outcome=outcome, actor=worker)
        last = on
    _finish(city, given, last)


def _finish(city: "City", given: _Help, last: dt.date) -> None:
    """A statement for a few, and old help completed with its result."""
    if last > LAST_DAY - dt.timedelta(days=14) or missing_for_completion(given.episode):
        return
    at = _evening(last + dt.timedelta(days=2))
    episode = Episode.objects.select_related("case", "office", "person").get(pk=given.episode.pk)
    if city.statements_left:
        city.statements_left -= 1
        with clock.moved_to(at), acting_as(given.specialist):
            seen = statement_digest(episode, given.specialist)
            statement = sign_statement(episode, seen=seen, actor=given.specialist)
        with clock.moved_to(at + dt.timedelta(hours=1)), acting_as(given.head):
            countersign_statement(statement, actor=given.head)
    with clock.moved_to(at + dt.timedelta(hours=2)), acting_as(given.specialist):
        complete_episode(episode, seen=episode.version, actor=given.specialist)


def _give_task(city: "City", case: Case, plan: FamilyPlan, worker: User) -> None:
    """For cases of the last weeks, so that something is due and a little is late."""
    if (LAST_DAY - plan.opened_at.date()).days > 60:
        return
    at = max(plan.opened_at + dt.timedelta(days=1), _evening(LAST_DAY - dt.timedelta(days=3)))
    with clock.moved_to(at), acting_as(worker):
        what = city.rng.choice(["Мектепке чалуу", "Справканы алуу", "Позвонить в поликлинику"])
        due_on = clock.today() + dt.timedelta(days=city.rng.choice([1, 2, 6, 12]))
        give_task(case, what=what, due_on=due_on, assigned_to=worker, actor=worker)


def _working(day: dt.date) -> dt.date:
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    return day


def _moment(opened: dt.datetime, days: int) -> dt.datetime:
    return (opened + dt.timedelta(days=days)).replace(hour=15)


def _evening(day: dt.date) -> dt.datetime:
    return clock.midnight(day) + dt.timedelta(hours=17, minutes=30)
