"""Makes the demo city's records from its description, through the same services as the screens do."""

import datetime as dt
from random import Random

from django.db import transaction

from casework.births import Birth
from casework.enums import BasisKind, BirthPrecision, CaseStage, IdentifiedBy, Relation
from casework.models import Case, SituationCategory
from casework.services.cases import assign_case
from casework.services.new_case import (
    Basis,
    Identification,
    KnownAddress,
    KnownAdult,
    KnownChild,
    KnownPhone,
    NewCase,
)
from casework.services.safety import raise_alert
from core import clock
from core.history import acting_as
from offices.enums import OrganisationKind
from offices.models import District, Notice, Office, Organisation, User
from offices.standing import settle

from .accompaniments import MOST_PAPERS as MOST_STATEMENTS
from .accompaniments import accompany
from .applications import Others, open_by_application
from .assessments import assess_and_plan, latest_in_help
from .desk import lay_desks
from .families import LAST_DAY, SEED, FamilyPlan, PersonPlan, plan_families
from .guarding import guard_cases
from .help import give_psychological_help
from .keeping import keep_cases
from .reception import fill_reception
from .two_files import bring_files_together, families_of_two_files

ALERT = "Өгөй атасы үйгө мас келип, балдарды коркутат; жалгыз калтырууга болбойт."
FRESH_NOTICES = dt.timedelta(days=6)
K = OrganisationKind
SENDERS = {
    BasisKind.EDUCATION: K.EDUCATION,
    BasisKind.INTERNAL_AFFAIRS: K.INTERNAL_AFFAIRS,
    BasisKind.COURT: K.COURT,
    BasisKind.PROSECUTOR: K.PROSECUTOR,
    BasisKind.SOCIAL: K.SOCIAL,
    BasisKind.NGO: K.NGO,
}
FINDERS = {
    IdentifiedBy.EDUCATION: K.EDUCATION,
    IdentifiedBy.HEALTH: K.HEALTH,
    IdentifiedBy.INTERNAL_AFFAIRS: K.INTERNAL_AFFAIRS,
    IdentifiedBy.COMMISSION: K.COMMISSION,
    IdentifiedBy.OTHER_BODY: K.NGO,
}


class City:
    """Everything that making a family needs, looked up once."""

    def __init__(self, with_plan: set[int]) -> None:
        self.with_plan = with_plan
        self.rng = Random(SEED + 1)
        self.offices = {office.code: office for office in Office.objects.all()}
        self.users = {user.username: user for user in User.objects.all()}
        # Nobody comes or goes in these years, so where each stands is asked once.
        with clock.moved_to(plan_families(1)[0].opened_at):
            for user in self.users.values():
                settle(user)
        self.districts = {district.code: district for district in District.objects.all()}
        self.categories = {c.code: c for c in SituationCategory.objects.all()}
        self.statements_left = MOST_STATEMENTS
        self.organisations = list(Organisation.objects.select_related("district"))

    def worker(self, office: str) -> User:
        return self.users[f"{self.rng.choice(['caseworker', 'caseworker2'])}.{office}"]

    def body(self, kind: str, district: str) -> Organisation | None:
        """One of that kind, of the district where there is any."""
        able = [o for o in self.organisations if o.kind == kind]
        near = [o for o in able if o.district and o.district.code == district]
        return self.rng.choice(near or able) if able else None


@transaction.atomic
def load_families(count: int | None = None) -> int:
    """Make the families, their cases and their help; how many cases there are then."""
    told = plan_families() if count is None else plan_families(count)
    city = City(latest_in_help(told))
    plans = sorted([*told, *families_of_two_files()], key=lambda plan: plan.opened_at)
    others = Others(city, _new_case)
    for plan in plans:
        others.lay_until(plan.opened_at)
        with clock.moved_to(plan.opened_at):
            worker = city.worker(plan.office)
            with acting_as(worker):
                case = open_by_application(_new_case(city, plan), actor=worker)
        if (LAST_DAY - plan.opened_at.date()).days > 5:
            _assign(city, case, plan, worker)
        if plan.risk == "high" and plan.index % 9 == 0:
            _warn(case, worker, plan)
        if plan.has_psychology:
            give_psychological_help(city, case, plan, worker)
        assess_and_plan(city, case, plan, worker)
        accompany(city, case, plan, worker)
        _advance(case, plan, worker)
    others.lay_until()
    lay_desks(city)
    keep_cases(city)
    guard_cases(city)
    bring_files_together(city)
    fill_reception(city)
    _forget_old_notices()
    return len(plans)


def _new_case(city: City, plan: FamilyPlan) -> NewCase:
    district = plan.extra["district"]
    return NewCase(
        office=city.offices[plan.office],
        children=tuple(_child(city, child, plan) for child in plan.children),
        adults=tuple(_adult(adult) for adult in plan.adults),
        identification=_identification(city, plan, district),
        basis=_basis(city, plan, district),
        actual_address=KnownAddress(
            district=city.districts[district],
            settlement=plan.settlement,
            street=plan.street,
            street_kind="street",
            house=plan.house,
            flat=plan.flat,
        ),
        registered_address=KnownAddress(text="Ысык-Көл облусу") if plan.index % 7 == 0 else KnownAddress(),
        reason=plan.reason,
        categories=(city.categories[plan.situation],),
        risk_level=plan.risk,
    )  # fmt: skip


def _identification(city: City, plan: FamilyPlan, district: str) -> Identification:
    kind = FINDERS.get(IdentifiedBy(plan.identified_by))
    number = f"{city.rng.randrange(1, 60)}" if plan.identified_by == IdentifiedBy.COMMISSION else ""
    return Identification(
        kind=plan.identified_by,
        organisation=city.body(kind, district) if kind else None,
        number=number,
        on=plan.opened_at.date() - dt.timedelta(days=city.rng.randrange(4)),
    )


def _basis(city: City, plan: FamilyPlan, district: str) -> Basis:
    if plan.basis_kind == BasisKind.APPLICATION:
        return Basis(kind=BasisKind.APPLICATION, on=plan.opened_at.date())
    kind = SENDERS.get(BasisKind(plan.basis_kind))
    return Basis(
        kind=plan.basis_kind,
        organisation=city.body(kind, district) if kind else None,
        text="" if kind else city.districts[district].mtus.first().name_ky,
        number=plan.basis_number,
        on=plan.opened_at.date() - dt.timedelta(days=city.rng.randrange(3)),
    )


def _birth(person: PersonPlan, on: dt.date) -> Birth:
    if person.precision == BirthPrecision.EXACT:
        return Birth(BirthPrecision.EXACT, on=person.born_on)
    if person.precision == BirthPrecision.YEAR:
        return Birth(BirthPrecision.YEAR, year=person.born_on.year)
    if person.precision == BirthPrecision.ESTIMATED:
        return Birth(
            BirthPrecision.ESTIMATED, age=max(0, on.year - person.born_on.year), estimated_on=on
        )
    return Birth()  # fmt: skip


def _child(city: City, child: PersonPlan, plan: FamilyPlan) -> KnownChild:
    on = plan.opened_at.date()
    age = (on - child.born_on).days // 365
    school = city.body(K.EDUCATION, plan.extra["district"]) if 7 <= age <= 17 else None
    return KnownChild(
        surname=child.name.surname,
        given_name=child.name.given,
        patronymic=child.name.patronymic,
        description=child.description,
        sex=child.sex,
        birth=_birth(child, on),
        pin=child.pin,
        language=child.language,
        school=school,
        school_class=f"{min(11, age - 6)}-{city.rng.choice('АБВГ')}" if school else "",
    )


def _adult(adult: PersonPlan) -> KnownAdult:
    return KnownAdult(
        surname=adult.name.surname,
        given_name=adult.name.given,
        patronymic=adult.name.patronymic,
        sex=adult.sex,
        birth=_birth(adult, LAST_DAY),
        pin=adult.pin,
        language=adult.language,
        phones=(KnownPhone(adult.phone, is_safe=adult.phone_is_safe),) if adult.phone else (),
        relation=adult.relation,
        lives_together=adult.lives_together,
        is_carer=adult.relation in (Relation.MOTHER, Relation.GRANDMOTHER),
    )


def _assign(city: City, case: Case, plan: FamilyPlan, worker: User) -> None:
    head = city.users[f"head.{plan.office}"]
    with clock.moved_to(plan.opened_at + dt.timedelta(minutes=30)), acting_as(head):
        assign_case(case, worker, actor=head)


def _warn(case: Case, worker: User, plan: FamilyPlan) -> None:
    with clock.moved_to(plan.opened_at + dt.timedelta(hours=1)), acting_as(worker):
        raise_alert(case, ALERT, actor=worker)


def _advance(case: Case, plan: FamilyPlan, worker: User) -> None:
    """Bring the case to its stage; closing has its own screens later, here it is only the record of a past day."""
    if plan.stage == CaseStage.OPENED:
        return
    case.refresh_from_db()
    case.stage = plan.stage
    later = plan.opened_at + dt.timedelta(days=12, hours=3)
    if plan.stage == CaseStage.CLOSED:
        later = min(
            plan.opened_at + dt.timedelta(days=90 + plan.index % 170),
            dt.datetime.combine(LAST_DAY, dt.time(15), tzinfo=plan.opened_at.tzinfo),
        )
        case.closed_on = later.date()
        case.closing_reason = "Турмуштук оор кырдаалдан чыгарылган"
    with clock.moved_to(later), acting_as(worker):
        case.save()


def _forget_old_notices() -> None:
    """Nobody would have left three years of notices unread."""
    Notice.objects.filter(at__lt=clock.now() - FRESH_NOTICES).delete()
