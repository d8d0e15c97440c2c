"""Children whom two offices know: a girl whose two files the heads have brought together, and a file of 2024 that waits for its other."""

import datetime as dt
from typing import TYPE_CHECKING

from casework.births import Birth
from casework.enums import (
    BasisKind,
    BirthPrecision,
    CaseStage,
    IdentifiedBy,
    Relation,
    RiskLevel,
    Sex,
)
from casework.lookalikes import Sought
from casework.models import Person
from casework.services.merges import agree_merge, propose_elsewhere
from core import clock
from core.history import acting_as

from .families import BISHKEK, LAST_DAY, FamilyPlan, PersonPlan
from .names import Name

if TYPE_CHECKING:
    from .city import City

# Surname as each office wrote it; where the file lies; when it began.
FOUND_IN, KNOWN_IN = "sverdlov", "oktyabr"
BORN, GIVEN = dt.date(2018, 3, 14), "Бегимай"
PIN = "11403201800264"  # of the file of this year alone: others of the city share her name
WHY = "Туулгандыгы тууралуу күбөлүк боюнча бир эле бала: аты, туулган күнү бирдей."
# The indices lie beyond those of the others and give no help, assessment or task (see their modules).
FIRST_INDEX = 1003


def families_of_two_files() -> list[FamilyPlan]:
    """The three families, in the order in which their cases open."""
    aiym = _girl("Ибрагимова", "Айым", "", dt.date(2019, 6, 2))
    begimai = _girl("Жунусова", GIVEN, "", BORN)
    again = _girl("Жунусова", GIVEN, "Азаматовна", BORN, pin=PIN)
    return [
        _family(0, KNOWN_IN, dt.date(2024, 4, 16), aiym, CaseStage.CLOSED),
        _family(2, KNOWN_IN, dt.date(2024, 10, 8), begimai, CaseStage.CLOSED),
        _family(12, FOUND_IN, dt.date(2026, 8, 25), again, CaseStage.HELP),
    ]


def bring_files_together(city: "City") -> None:
    """The head of the district where the girl lives now asks, the one of the earlier file agrees."""
    asks, agrees = city.users[f"head.{FOUND_IN}"], city.users[f"head.{KNOWN_IN}"]
    person = Person.objects.get(pin=PIN)
    sought = Sought(
        surname=person.surname,
        given_name=person.given_name,
        birth=Birth(BirthPrecision.EXACT, on=BORN),
        sex=Sex.FEMALE,
    )
    asked_at = dt.datetime.combine(LAST_DAY - dt.timedelta(days=16), dt.time(10), tzinfo=BISHKEK)
    with clock.moved_to(asked_at), acting_as(asks):
        proposed = propose_elsewhere(person, sought, WHY, actor=asks)
    with clock.moved_to(asked_at + dt.timedelta(days=1)), acting_as(agrees):
        agree_merge(proposed[0], actor=agrees)


def _girl(surname: str, given: str, patronymic: str, born_on: dt.date, pin: str = "") -> PersonPlan:
    return PersonPlan(
        name=Name(surname, given, patronymic),
        sex=Sex.FEMALE,
        relation=Relation.CHILD,
        born_on=born_on,
        precision=BirthPrecision.EXACT,
        pin=pin,
        language="ky",
    )


def _family(beyond: int, office: str, day: dt.date, child: PersonPlan, stage: str) -> FamilyPlan:
    return FamilyPlan(
        index=FIRST_INDEX + beyond,
        office=office,
        opened_at=dt.datetime.combine(day, dt.time(10, 20), tzinfo=BISHKEK),
        children=[child],
        adults=[],
        situation="neglect",
        reason="Бала көбүнчө таенесинде калат, ата-энеси жумуш издеп кетишкен.",
        identified_by=IdentifiedBy.SELF,
        basis_kind=BasisKind.INTERNAL_AFFAIRS,
        basis_number=f"07-11/{beyond + 41}",
        risk=RiskLevel.MEDIUM,
        stage=stage,
        has_psychology=False,
        has_conclusion=False,
        settlement="",
        street="Береке",
        house=f"{beyond + 17}",
        flat="",
        extra={"district": office},
    )
