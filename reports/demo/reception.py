"""The demo city's door: two years of raids, visits with their acts, and today's queue in each office."""

import datetime as dt
from contextlib import AbstractContextManager
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from casework.births import Birth
from casework.enums import BirthPrecision, CaseStage, Relation, Sex
from casework.models import Case
from casework.services.new_case import KnownAddress
from core import clock
from core.history import acting_as
from intake.enums import VisitorOutcome, VisitOutcome, VisitPurpose
from intake.models import CommunicationNeed, PrivilegedCategory, Visit
from intake.services.raids import (
    FindingFacts,
    Found,
    RaidFacts,
    add_finding,
    record_raid,
    settle_finding,
)
from intake.services.reception import (
    Arrival,
    Ending,
    begin_reception,
    call_next,
    end_reception,
    register_visitor,
)
from intake.services.visits import ChildPart, VisitFacts, issue_act, make_visit
from offices.enums import OrganisationKind
from offices.models import Office, User

from .families import DISTRICTS, LAST_DAY, SEED

if TYPE_CHECKING:
    from .city import City

RAIDS_EACH, VISITS, ACTS = 9, 24, 4
FRESH = dt.timedelta(days=25)
PLACES = {
    "lenin": ["Ош базары", "Ак-Өргө конушу", "Ала-Тоо конушу"],
    "oktyabr": ["Токойбаев көчөсү", "Көк-Жар конушу", "Асанбай кичи району"],
    "pervomay": ["Аламүдүн базары", "Маевка конушу", "Алтын-Казык конушу"],
    "sverdlov": ["Дордой базары", "Ак-Жар конушу", "Нуркожо-Ата конушу"],
}
BOYS = ["Эрмек", "Нурсултан", "Данияр", "Артём", "Бекзат", "Шерзод"]
GIRLS = ["Айпери", "Мээрим", "Алина", "Гүлнур", "Нурай", "Зарина"]
SEEN = [
    "Бала базарда арабача түртүп иштейт, мектепке барбайт.",
    "Ребёнок просит милостыню у входа, одет не по погоде.",
    "Эки бала үйдө жалгыз, суук, тамак жок.",
    "Мать в состоянии опьянения, дети без присмотра.",
]
DONE = [
    "Энеси чакырылып, түшүндүрүү жүргүзүлдү.",
    "Ребёнок накормлен, передан бабушке, телефон записан.",
    "Жашы жетпегендер менен иштөө инспекциясына билдирилди.",
]
SETTLED = [
    "Үй-бүлөнүн иши мурда эле ачылган.",
    "Үй-бүлө Чүй облусуна көчүп кеткен.",
    "Занимается инспекция по делам несовершеннолетних.",
]
FOUND_KY = [
    "Үй жылуу, балдар тамактанган. Кичүүсү ооруп жатат, дарыгер чакырылган.",
    "Эки бөлмө, үч бала бир төшөктө уктайт. Көмүр аз калган, электр жылыткычы жок.",
    "Апасы жумушта, балдарды чоң энеси карап жатат. Мектепке үзгүлтүксүз барышат.",
]
FOUND_RU = [
    "В доме тепло, дети накормлены. Младший болеет, врач вызван.",
    "",
    "Мать на работе, за детьми смотрит бабушка. В школу ходят регулярно.",
]
AGREED_KY = "Апасы баланы дүйшөмбүдөн тартып мектепке жибермек болду; отун боюнча МАБга кайрылабыз."
NEXT_KY = "Эки жумадан кийин кайра барабыз."
MATTERS = [
    "Жөлөкпул боюнча", "Баланын туулгандыгы тууралуу күбөлүгү", "Вопрос об опеке", "Мектепке кабыл албай жатышат",
    "Алимент боюнча", "Нужен психолог ребёнку",
]  # fmt: skip
NAMES = [
    ("Жолдошева", "Айгүл"), ("Петрова", "Марина"), ("Ташматов", "Улук"), ("", ""), ("Садырова", "Венера"), ("", ""),
]  # fmt: skip


def fill_reception(city: "City") -> None:
    """Everything of this module; the same every time but for today's queue, which is always today's."""
    rng = Random(SEED + 7)
    for district in DISTRICTS:
        _raids(city, rng, district)
    _visits(city, rng)
    for code in (*DISTRICTS, "centre"):
        _queue(city, rng, city.offices[code])


def _raids(city: "City", rng: Random, district: str) -> None:
    office = city.offices[district]
    leader, other = (city.users[f"{name}.{district}"] for name in ("caseworker", "caseworker2"))
    police = city.body(OrganisationKind.INTERNAL_AFFAIRS, district)
    for n in range(RAIDS_EACH):
        day = LAST_DAY - dt.timedelta(days=6 + n * 80 + rng.randrange(10))
        with _at(day, 17), acting_as(leader):
            facts = RaidFacts(
                held_on=day,
                place=rng.choice(PLACES[district]),
                led_by=leader,
                staff=(leader, other),
                organisations=(police,) if police else (),
                organisations_text="МАБ" if n % 3 == 0 else "",
            )
            raid = record_raid(office, facts, actor=leader)
            for _found in range(rng.randrange(1, 3)):
                finding = add_finding(raid, _finding(rng, city, district), actor=leader)
                if LAST_DAY - day > FRESH:
                    settle_finding(finding, reason=rng.choice(SETTLED), actor=leader)


def _finding(rng: Random, city: "City", district: str) -> FindingFacts:
    is_girl = rng.random() < 0.5
    child = Found(
        is_child=True,
        given_name=rng.choice(GIRLS if is_girl else BOYS),
        sex=Sex.FEMALE if is_girl else Sex.MALE,
        birth=Birth(BirthPrecision.ESTIMATED, age=rng.randrange(5, 15), estimated_on=clock.today()),
    )
    mother = Found(is_child=False, given_name=rng.choice(GIRLS), relation=Relation.MOTHER)
    address = KnownAddress(
        district=city.districts[district], street="Жибек Жолу", house=f"{rng.randrange(3, 240)}"
    )
    return FindingFacts(
        people=(child, mother) if rng.random() < 0.6 else (child,),
        address=address,
        seen=rng.choice(SEEN),
        done=rng.choice(DONE),
    )


def _visits(city: "City", rng: Random) -> None:
    """Visits to families whose cases are open; the first few with their act, one planned in each office."""
    cases = list(
        Case.objects.filter(office__code__in=DISTRICTS, is_restricted=False)
        .exclude(stage=CaseStage.CLOSED)
        .select_related("office", "responsible")
        .order_by("-opened_at")[:VISITS]
    )
    for n, case in enumerate(cases):
        day = max(clock.local(case.opened_at).date() + dt.timedelta(days=1), LAST_DAY - dt.timedelta(days=3 * n + 1))  # fmt: skip
        worker = case.responsible
        with _at(min(day, LAST_DAY), 16), acting_as(worker):
            visit = make_visit(case.office, _visit(rng, case, worker, n), actor=worker)
            if n < ACTS and visit.outcome == VisitOutcome.MET:
                issue_act(visit, seen=visit.version, actor=worker)
    for case in cases[:: max(1, len(cases) // 4)][:4]:
        _planned(case)


def _visit(rng: Random, case: Case, worker: User, n: int) -> VisitFacts:
    began = clock.now() - dt.timedelta(hours=2)
    children = tuple(
        ChildPart(case=case, person=place.person, was_seen=True, was_heard=rng.random() < 0.6)
        for place in case.child_places.select_related("person")
    )
    outcome = VisitOutcome.MET if n < ACTS or n % 6 else rng.choice([VisitOutcome.NOBODY_HOME, VisitOutcome.NOT_LET_IN])  # fmt: skip
    base = VisitFacts(
        purpose=rng.choice([VisitPurpose.ASSESSMENT, VisitPurpose.MONITORING]),
        outcome=outcome,
        staff=(worker,),
        held_at=began,
        ended_at=began + dt.timedelta(minutes=45),
        place="Үй-бүлөнүн үйү",
        children=children,
    )
    if outcome != VisitOutcome.MET:
        return base
    chosen = rng.randrange(len(FOUND_KY))
    texts = {
        "found_ky": FOUND_KY[chosen],
        "found_ru": FOUND_RU[chosen],
        "agreed_ky": AGREED_KY,
        "next_step_ky": NEXT_KY,
    }
    good = {"heating": "good", "food": "good", "sleeping_place": rng.choice(["good", "poor"])}
    return replace(base, texts=texts, **good)


def _planned(case: Case) -> Visit:
    worker = case.responsible
    place = case.child_places.select_related("person").first()
    with _at(LAST_DAY, 16), acting_as(worker):
        facts = VisitFacts(
            purpose=VisitPurpose.MONITORING,
            staff=(worker,),
            planned_at=clock.now() + dt.timedelta(days=3, hours=18),
            children=(ChildPart(case=case, person=place.person),),
        )
        return make_visit(case.office, facts, actor=worker)


def _queue(city: "City", rng: Random, office: Office) -> None:
    """Six who came today: one received, one at the desk, the others in turn; a privileged one came last."""
    keeper = city.users.get(f"operator.{office.code}") or city.users[f"caseworker.{office.code}"]
    receiver = city.users[f"caseworker.{office.code}"]
    privileges = {item.code: item for item in PrivilegedCategory.objects.all()}
    needs = {item.code: item for item in CommunicationNeed.objects.all()}
    now = clock.now()
    for n, (surname, given_name) in enumerate(NAMES):
        last = n == len(NAMES) - 1
        if last:
            _receive(office, receiver, now)
        arrival = Arrival(
            surname=surname,
            given_name=given_name,
            matter=rng.choice(MATTERS),
            privilege=privileges["infant" if last else "elderly"] if n in (3, 5) else None,
            needs=(needs["easy_words"],) if n == 2 else (needs["sign_language"],) if n == 4 else (),
        )
        with _before(now, 2 if last else 70 - 9 * n), acting_as(keeper):
            register_visitor(office, arrival, actor=keeper)


def _receive(office: Office, receiver: User, now: dt.datetime) -> None:
    """The privileged one was first; then one after the other, the second still at the desk."""
    with _before(now, 24), acting_as(receiver):
        first = call_next(office, window="3-кабинет", actor=receiver)
        begin_reception(first, actor=receiver)
    with _before(now, 6), acting_as(receiver):
        ending = Ending(VisitorOutcome.INFORMATION, "Жөлөкпулга керектүү документтер түшүндүрүлдү.")
        end_reception(first, ending, actor=receiver)
    with _before(now, 4), acting_as(receiver):
        begin_reception(call_next(office, window="3-кабинет", actor=receiver), actor=receiver)


def _at(day: dt.date, hour: int) -> AbstractContextManager[None]:
    return clock.moved_to(timezone.make_aware(dt.datetime.combine(day, dt.time(hour))))


def _before(now: dt.datetime, minutes: int) -> AbstractContextManager[None]:
    """So long before now, but today: after midnight everybody has just come."""
    dawn = clock.midnight(clock.local(now).date()) + dt.timedelta(seconds=70 - minutes)
    return clock.moved_to(max(now - dt.timedelta(minutes=minutes), dawn))
