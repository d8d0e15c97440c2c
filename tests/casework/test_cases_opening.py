"""Opening a case: what is written down, who answers, who is told, and what is refused."""

import datetime as dt

import pytest

from casework.births import Birth
from casework.enums import AddressKind, BasisKind, BirthPrecision, IdentifiedBy, Relation, RiskLevel
from casework.models import Case, Family, Person, SituationCategory
from casework.services.cases import open_case
from casework.services.new_case import (
    Basis,
    Identification,
    KnownAddress,
    KnownAdult,
    KnownChild,
    KnownPhone,
    NewCase,
)
from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import Notice
from papers.models import NumberSeries
from tests import builders as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(db):
    make.make_standard()
    return make.make_caseworker(make.make_office("lenin"))


def office_of(user):
    return user.memberships.get().office


def least(worker, **fields):
    """A girl about 7 who calls herself Айым: the least that a case opens with."""
    girl = KnownChild(given_name="Айым", birth=Birth(BirthPrecision.ESTIMATED, age=7))
    fields.setdefault("children", (girl,))
    fields.setdefault("identification", Identification(IdentifiedBy.RAID))
    fields.setdefault("basis", Basis(BasisKind.APPLICATION))
    return NewCase(office=office_of(worker), **fields)


def test_open_case_with_the_least(worker):
    case = open_case(least(worker), actor=worker)

    girl = case.child_places.get().person
    assert (girl.full_name, girl.estimated_age, girl.pin) == ("Айым", 7, "")
    assert (case.responsible, case.opened_by, case.assigned_at) == (worker, worker, None)
    assert (case.standard.number, case.is_restricted) == ("1", False)
    assert [m.relation for m in case.family.members.all()] == [Relation.CHILD]


def test_open_case_numbers_in_the_journal_of_the_office(worker):
    first, second = (open_case(least(worker), actor=worker) for _ in range(2))

    year = clock.today().year
    series = NumberSeries.objects.get(office=first.office, journal="case", year=year)
    assert [first.number, second.number] == [
        f"{series.index}-{n:04d}/{year % 100:02d}" for n in (1, 2)
    ]


def test_open_case_keeps_all_of_the_school_referral(worker):
    school = make.make_organisation(name_ky="№ 57 мектеп-гимназиясы")
    violence = SituationCategory.objects.create(code="violence", name_ky="З", name_ru="Н")
    day = dt.date(2026, 11, 20)
    new = least(
        worker,
        children=(
            KnownChild(
                surname="Асанбек уулу",
                given_name="Үсөн",
                birth=Birth(BirthPrecision.EXACT, on=dt.date(2017, 3, 14)),
                school=school,
                school_class="3-Б",
            ),
            KnownChild(surname="Асанбек кызы", given_name="Ңурай", is_concerned=False),
        ),
        adults=(
            KnownAdult(
                surname="Төлөгөнова",
                given_name="Жаңыл",
                relation=Relation.MOTHER,
                phones=(KnownPhone("0555 12 34 56", True, "18:00дөн кийин"),),
            ),
            KnownAdult(
                surname="Ким",
                given_name="Сергей",
                relation=Relation.STEPFATHER,
                lives_together=False,
                phones=(KnownPhone("0312 65 43 21", False),),
            ),
        ),
        actual_address=KnownAddress(street="Мөңгүлүү", house="34-а", flat="2"),
        registered_address=KnownAddress(text="Ысык-Көл облусу"),
        identification=Identification(IdentifiedBy.EDUCATION, school),
        basis=Basis(BasisKind.EDUCATION, school, "", "01-12/84", day, "Директордун орун басары"),
        categories=(violence,),
        risk_level=RiskLevel.HIGH,
    )

    case = open_case(new, actor=worker)

    case = Case.objects.get(pk=case.pk)
    assert [place.person.given_name for place in case.child_places.all()] == ["Үсөн"]
    boy = case.child_places.get().person
    assert (boy.child.school, boy.child.school_class) == (school, "3-Б")
    members = {m.person.given_name: m.relation for m in case.family.members.all()}
    assert members == {
        "Үсөн": Relation.CHILD,
        "Ңурай": Relation.CHILD,
        "Жаңыл": Relation.MOTHER,
        "Сергей": Relation.STEPFATHER,
    }
    assert (case.basis_number, case.basis_on, case.basis_signatory) == (
        "01-12/84",
        day,
        "Директордун орун басары",
    )
    phones = {
        p.person.given_name: (p.number, p.is_safe, p.safe_hours)
        for m in case.family.members.all()
        for p in m.person.phones.all()
    }
    assert phones == {
        "Жаңыл": ("0555 12 34 56", True, "18:00дөн кийин"),
        "Сергей": ("0312 65 43 21", False, ""),
    }
    houses = {m.person.given_name: m.person.addresses.count() for m in case.family.members.all()}
    assert houses == {"Үсөн": 2, "Ңурай": 2, "Жаңыл": 2, "Сергей": 0}
    assert boy.addresses.get(kind=AddressKind.REGISTERED).text == "Ысык-Көл облусу"
    assert list(case.categories.all()) == [violence]


def test_open_case_of_sexual_violence_is_restricted(worker):
    category = SituationCategory.objects.create(
        code="sexual_violence", name_ky="Ж", name_ru="С", is_restricted=True
    )

    case = open_case(least(worker, categories=(category,)), actor=worker)

    assert case.is_restricted is True


def test_open_case_tells_the_heads(worker):
    head = make.make_head(office_of(worker))
    make.make_head(make.make_office("oktyabr"))

    case = open_case(least(worker), actor=worker)

    told = [(n.user, n.kind, n.number, n.url) for n in Notice.objects.all()]
    assert told == [(head, "case_opened", case.number, case.get_absolute_url())]


def test_open_case_of_a_known_child_keeps_one_record_and_one_family(worker):
    known = make.make_case(responsible=worker)
    child = known.child_places.get().person

    case = open_case(least(worker, children=(KnownChild(record=child),)), actor=worker)

    assert (case.family, case.child_places.get().person) == (known.family, child)
    assert (Person.objects.count(), Family.objects.count()) == (1, 1)


def awaited(head, **fields):
    fields.setdefault("awaited_until", clock.today() + dt.timedelta(days=7))
    return Basis(BasisKind.AWAITED, allowed_by=head, **fields)


def test_open_case_on_the_word_of_the_head(worker):
    head = make.make_head(office_of(worker))

    case = open_case(least(worker, basis=awaited(head)), actor=worker)

    assert (case.basis_allowed_by, case.basis_word_on) == (head, clock.today())
    assert case.basis_word_confirmed_at is None
    kinds = sorted(Notice.objects.filter(user=head).values_list("kind", flat=True))
    assert kinds == ["basis_word_named", "case_opened"]


def test_head_who_opens_on_their_own_word_confirms_it(worker):
    head = make.make_head(office_of(worker))

    case = open_case(least(worker, basis=awaited(head)), actor=head)

    assert case.basis_word_confirmed_at is not None


def test_deputy_on_duty_gives_the_word(worker):
    head = make.make_head(office_of(worker))
    deputy = make.make_caseworker(office_of(worker))
    make.make_stand_in(head.memberships.get(), deputy)

    case = open_case(least(worker, basis=awaited(deputy)), actor=worker)

    assert case.basis_allowed_by == deputy


REFUSALS = {
    "no child": lambda w: least(w, children=()),
    "nobody concerned": lambda w: least(
        w, children=(KnownChild(given_name="Айым", is_concerned=False),)
    ),
    "nameless child": lambda w: least(w, children=(KnownChild(),)),
    "referral from nowhere": lambda w: least(w, basis=Basis(BasisKind.EDUCATION)),
    "word of nobody": lambda w: least(w, basis=awaited(None)),
    "word of a colleague": lambda w: least(w, basis=awaited(make.make_caseworker(office_of(w)))),
    "word of another office": lambda w: least(
        w, basis=awaited(make.make_head(make.make_office("oktyabr")))
    ),
    "awaited without a day": lambda w: least(
        w, basis=awaited(make.make_head(office_of(w)), awaited_until=None)
    ),
    "awaited until yesterday": lambda w: least(
        w,
        basis=awaited(
            make.make_head(office_of(w)), awaited_until=clock.today() - dt.timedelta(days=1)
        ),
    ),
    "word of tomorrow": lambda w: least(
        w,
        basis=awaited(make.make_head(office_of(w)), word_on=clock.today() + dt.timedelta(days=1)),
    ),
    "assigned by a caseworker": lambda w: least(w, responsible=make.make_caseworker(office_of(w))),
    "another office": lambda w: NewCase(
        make.make_office("oktyabr"), (KnownChild(given_name="А"),), Identification(), Basis()
    ),
}


@pytest.mark.parametrize("what", REFUSALS)
def test_open_case_refuses(worker, what):
    new = REFUSALS[what](worker)

    with pytest.raises(DomainError):
        open_case(new, actor=worker)
    assert (Case.objects.count(), Person.objects.count()) == (0, 0)


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PSYCHOLOGIST, Role.REGISTRAR, Role.CITY_HEAD])
def test_open_case_is_not_for(worker, role):
    user = make.make_user(role, office_of(worker))

    with pytest.raises(DomainError):
        open_case(least(worker), actor=user)
