"""Four hundred invented families, described plainly before any record is made of them. The same every time."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from casework.enums import (
    BasisKind,
    BirthPrecision,
    CaseStage,
    IdentifiedBy,
    Relation,
    RiskLevel,
    Sex,
)

from .names import House, Name

SEED = 20261101
FIRST_DAY = dt.date(2023, 1, 16)
LAST_DAY = dt.date(2026, 11, 20)
BISHKEK = dt.timezone(dt.timedelta(hours=6))
COUNT = 400
DISTRICTS = ["lenin", "oktyabr", "pervomay", "sverdlov"]

SETTLEMENTS = {
    "lenin": ["Ак-Орго конушу", "Орок", "Новопавловка", "8-кичи район"],
    "oktyabr": ["Көк-Жар", "Орто-Сай", "Анар-Бак", "12-кичи район"],
    "pervomay": ["Маевка", "Пригородное", "Алтын-Казык", "Ак-Жол"],
    "sverdlov": ["Төмөнкү Ала-Арча", "Лебединовка", "Мыкан", "Адилет"],
}
STREETS = [
    "Мөңгүлүү",
    "Таалай",
    "Ак-Кайың",
    "Өзөн",
    "Береке",
    "Достук",
    "Келечек",
    "Ынтымак",
    "Үркүн",
    "Көлмө",
    "Баткен",
    "Нарын",
]
# code of the situation → reasons in Kyrgyz and Russian
REASONS = {
    "violence": [
        "Баланын денесинде көгөргөн жерлер байкалган, үйгө баргысы келбейт.",
        "Кошуналардын айтымында, үйдө тынымсыз уруш-талаш, балдар коркуп качып чыгышат.",
        "Ребёнок приходит в школу с синяками, объясняет их по-разному, боится отчима.",
    ],
    "family_conflict": [
        "Ата-энеси ажырашууда, бала ким менен жашаары боюнча талаш жүрүүдө.",
        "Родители в разводе, отец не даёт матери видеться с детьми.",
    ],
    "neglect": [
        "Балдар күн бою кароосуз, тамак-ашы жок, эшиктен кийимсиз чыгышат.",
        "Дети подолгу одни дома, мать уходит на сутки, в доме холодно.",
    ],
    "parent_addiction": [
        "Апасы ичкиликке берилген, балдарды чоң энеси багып жатат, ал оорулуу.",
        "Отец злоупотребляет спиртным, денег в семье нет, дети пропускают школу.",
    ],
    "out_of_school": [
        "Бала сентябрдан бери мектепке барбайт, базарда араба сүйрөйт.",
        "Девочка не ходит в школу второй месяц, сидит с младшими.",
    ],
    "no_documents": [
        "Баланын туулгандыгы тууралуу күбөлүгү жок, мектепке алынбай жатат.",
        "У ребёнка нет свидетельства о рождении, мать без паспорта.",
    ],
    "migrant": [
        "Ата-энеси Россияда иштейт, балдар таежесинин колунда, акча келбей калган.",
        "Родители в трудовой миграции, дети живут у дальних родственников.",
    ],
    "bullying": [
        "Классташтары кордоп, интернетке видеосун чыгарышкан, бала мектептен качат.",
        "Травля в классе: подростка снимают на телефон и высмеивают, он замкнулся.",
    ],
    "sexual_violence": ["Купуя иш. Маалымат жооптуу кызматкерде."],
    "poor": [
        "Үй-бүлө ижарада турат, кышка көмүр, балдарга кийим жок.",
        "Многодетная семья осталась без дохода после увольнения отца.",
    ],
}
WEIGHTS = [20, 14, 15, 13, 9, 8, 9, 5, 3, 8]


@dataclass(frozen=True)
class PersonPlan:
    """One invented person; ``born_on`` is always known to the generator, ``precision`` says how well to the office."""

    name: Name
    sex: str
    relation: str
    born_on: dt.date
    precision: str
    pin: str = ""
    language: str = ""
    phone: str = ""
    phone_is_safe: bool = True
    description: str = ""
    lives_together: bool = True


@dataclass(frozen=True)
class FamilyPlan:
    """One invented family with its case: what was known, and how far the help has come."""

    index: int
    office: str
    opened_at: dt.datetime
    children: list[PersonPlan]
    adults: list[PersonPlan]
    situation: str
    reason: str
    identified_by: str
    basis_kind: str
    basis_number: str
    risk: str
    stage: str
    has_psychology: bool
    has_conclusion: bool
    settlement: str
    street: str
    house: str
    flat: str
    extra: dict[str, str] = field(default_factory=dict)


def plan_families(count: int = COUNT, seed: int = SEED) -> list[FamilyPlan]:
    """The families in the order in which their cases open."""
    rng = Random(seed)
    span = (LAST_DAY - FIRST_DAY).days
    days = sorted(FIRST_DAY + dt.timedelta(days=rng.randrange(span)) for _ in range(count))
    return [_family(rng, index, day) for index, day in enumerate(days)]


def _family(rng: Random, index: int, day: dt.date) -> FamilyPlan:
    while day.weekday() > 4:
        day -= dt.timedelta(days=1)
    house = House(rng)
    office = rng.choices([*DISTRICTS, "centre"], [25, 23, 21, 23, 8])[0]
    district = office if office != "centre" else rng.choice(DISTRICTS)
    situation = rng.choices(list(REASONS), WEIGHTS)[0]
    age_days = (LAST_DAY - day).days
    stage = _stage(rng, age_days)
    # Help of the last two years is enough to look at, and the city is built sooner.
    psychology = (
        situation not in ("no_documents", "poor") and rng.random() < 0.45 and age_days < 730
    )
    identified, basis = _door(rng)
    moment = dt.datetime.combine(day, dt.time(9, rng.randrange(60)), tzinfo=BISHKEK)
    return FamilyPlan(
        index=index,
        office=office,
        opened_at=moment + dt.timedelta(hours=rng.randrange(8)),
        children=[_child(rng, house, day) for _ in range(rng.choices([1, 2, 3, 4], [45, 33, 16, 6])[0])],
        adults=_adults(rng, house, day),
        situation=situation,
        reason=rng.choice(REASONS[situation]),
        identified_by=identified,
        basis_kind=basis,
        basis_number=f"{rng.randrange(1, 20):02d}-{rng.randrange(1, 40)}/{rng.randrange(10, 900)}",
        risk=rng.choices([RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH], [25, 45, 30])[0],
        stage=stage,
        has_psychology=psychology,
        has_conclusion=psychology and stage in (CaseStage.HELP, CaseStage.CLOSED) and rng.random() < 0.45,
        settlement=rng.choice(SETTLEMENTS[district]),
        street=rng.choice(STREETS),
        house=rng.choice([str(rng.randrange(1, 180)), f"{rng.randrange(1, 90)}-а", f"{rng.randrange(1, 60)}/{rng.randrange(1, 5)}"]),
        flat=str(rng.randrange(1, 80)) if rng.random() < 0.4 else "",
        extra={"district": district},
    )  # fmt: skip


def _stage(rng: Random, age_days: int) -> str:
    if age_days < 20:
        return rng.choice([CaseStage.OPENED, CaseStage.ASSESSMENT])
    if age_days < 90:
        return rng.choice([CaseStage.ASSESSMENT, CaseStage.PLAN, CaseStage.HELP])
    if age_days < 300:
        return rng.choices([CaseStage.HELP, CaseStage.CLOSED], [70, 30])[0]
    return rng.choices([CaseStage.CLOSED, CaseStage.HELP], [72, 28])[0]


def _door(rng: Random) -> tuple[str, str]:
    """How identified (clause 3) and by which paper (clause 12): two facts that need not agree."""
    return rng.choices(
        [
            (IdentifiedBy.EDUCATION, BasisKind.EDUCATION),
            (IdentifiedBy.INTERNAL_AFFAIRS, BasisKind.INTERNAL_AFFAIRS),
            (IdentifiedBy.HOTLINE, BasisKind.INTERNAL_AFFAIRS),
            (IdentifiedBy.HEALTH, BasisKind.TERRITORIAL),
            (IdentifiedBy.RAID, BasisKind.TERRITORIAL),
            (IdentifiedBy.COMMISSION, BasisKind.COURT),
            (IdentifiedBy.SELF, BasisKind.APPLICATION),
            (IdentifiedBy.OTHER_BODY, BasisKind.NGO),
        ],
        [26, 18, 12, 8, 8, 6, 16, 6],
    )[0]


def _child(rng: Random, house: House, day: dt.date) -> PersonPlan:
    male = rng.random() < 0.5
    born = day - dt.timedelta(days=rng.randrange(200, 17 * 365))
    precision = rng.choices(
        [
            BirthPrecision.EXACT,
            BirthPrecision.YEAR,
            BirthPrecision.ESTIMATED,
            BirthPrecision.UNKNOWN,
        ],
        [80, 6, 10, 4],
    )[0]
    known = precision == BirthPrecision.EXACT and rng.random() < 0.6
    nameless = rng.random() < 0.012 and house.tongue == "kyrgyz_new"
    return PersonPlan(
        name=Name("", "") if nameless else house.child(male),
        sex=Sex.MALE if male else Sex.FEMALE,
        relation=Relation.CHILD,
        born_on=born,
        precision=precision,
        pin=_pin(rng, male, born) if known else "",
        language=house.language,
        description="Аты белгисиз бала, базардан табылган" if nameless else "",
    )  # fmt: skip


def _adults(rng: Random, house: House, day: dt.date) -> list[PersonPlan]:
    found = []
    if rng.random() < 0.93:
        found.append(_adult(rng, house.mother(), Sex.FEMALE, Relation.MOTHER, day, house.language))
    second = rng.random()
    if second < 0.45:
        found.append(_adult(rng, house.father(), Sex.MALE, Relation.FATHER, day, house.language))
    elif second < 0.6:
        found.append(_adult(rng, House(rng).father(), Sex.MALE, Relation.STEPFATHER, day, ""))
    if not found or rng.random() < 0.12:
        found.append(
            _adult(rng, house.mother(), Sex.FEMALE, Relation.GRANDMOTHER, day, house.language, 48)
        )
    return found


def _adult(
    rng: Random,
    name: Name,
    sex: str,
    relation: str,
    day: dt.date,
    language: str,
    youngest: int = 36,
) -> PersonPlan:
    born = day - dt.timedelta(days=rng.randrange(youngest * 365, (youngest + 14) * 365))
    exact = rng.random() < 0.7
    return PersonPlan(
        name=name,
        sex=sex,
        relation=relation,
        born_on=born,
        precision=BirthPrecision.EXACT if exact else BirthPrecision.YEAR,
        pin=_pin(rng, sex == Sex.MALE, born) if exact and rng.random() < 0.7 else "",
        language=language,
        phone=f"0{rng.choice(['555', '700', '772', '507', '999'])} {rng.randrange(100, 999)} {rng.randrange(100, 999)}",
        phone_is_safe=relation != Relation.STEPFATHER,
        lives_together=rng.random() < 0.85,
    )  # fmt: skip


def _pin(rng: Random, male: bool, born: dt.date) -> str:
    return f"{2 if male else 1}{born:%d%m%Y}{rng.randrange(100_000):05d}"
