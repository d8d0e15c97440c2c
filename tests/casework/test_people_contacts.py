"""Addresses, phones, and what is hidden from whom, over the screens."""

import datetime as dt
import uuid

import pytest

from casework.enums import Relation
from casework.hidden import is_hidden
from casework.models import Address, HiddenFact, Phone
from core import clock
from offices.models import District, Mtu
from tests import builders as make
from tests.casework import people_builders as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.make_case(mother=make.make_person("Төлөгөнова", "Жаңыл", sex="female"))


@pytest.fixture
def mother(case):
    return case.family.members.get(relation=Relation.MOTHER).person


@pytest.fixture
def client_of(sign_in, case):
    return sign_in(case.responsible)


def make_mtu(code, number):
    district, _ = District.objects.get_or_create(code=code, defaults={"name_ky": code, "name_ru": code})  # fmt: skip
    return Mtu.objects.create(district=district, number=number, name_ky=f"{number}-МАБ", name_ru=f"МТУ {number}")  # fmt: skip


def test_a_phone_is_kept_as_typed_and_found_by_its_key(client_of, mother):
    answer = client_of.post(
        f"/people/{mother.pk}/phones/new/",
        {"number": " 0555  12 34 56 апасы ", "safety": "yes", "safe_hours": "18:00дөн кийин"},
    )
    assert (answer.status_code, answer.url) == (302, f"/people/{mother.pk}/")
    phone = mother.phones.get()
    assert (phone.number, phone.e164, phone.is_safe, phone.is_current) == ("0555 12 34 56 апасы", "+996555123456", True, True)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"number": "0555 12 34 56, 0700 11 22 33"}, "number"),
        ({"number": "жок"}, "number"),
        ({"number": ""}, "number"),
        ({"number": "0" * 41}, "number"),
        ({"number": "0555\x00 123456"}, "number"),
        ({"safety": ""}, "safety"),
        ({"safety": "balki"}, "safety"),
        ({"safe_hours": "ү" * 101}, "safe_hours"),
    ],
)
def test_a_phone_that_cannot_be_is_refused_in_words(client_of, mother, typed, field):
    sent = {"number": "0555 12 34 56", "safety": "no", **typed}
    answer = client_of.post(f"/people/{mother.pk}/phones/new/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert not mother.phones.exists()


def test_a_phone_is_written_down_once_however_often_it_is_sent(client_of, mother):
    sent = {"number": "0555 12 34 56", "safety": "yes", "submission_key": str(uuid.uuid4())}
    url = f"/people/{mother.pk}/phones/new/"
    answers = [client_of.post(url, sent).status_code for _ in range(3)]
    other_key = client_of.post(url, {**sent, "number": "+996555123456", "submission_key": str(uuid.uuid4())})  # fmt: skip
    assert (answers, mother.phones.count(), other_key.status_code) == ([302] * 3, 1, 200)


def test_a_phone_goes_out_of_use(client_of, mother):
    phone = people.make_phone(mother)
    sent = {"number": phone.number, "safety": "no", "record_version": 0}
    assert client_of.post(f"/people/phones/{phone.pk}/", sent).status_code == 302
    phone.refresh_from_db()
    assert (phone.is_safe, phone.is_current, phone.version) == (False, False, 1)
    stale = client_of.post(f"/people/phones/{phone.pk}/", {**sent, "safety": "yes"})
    phone.refresh_from_db()
    assert (stale.status_code, phone.is_safe) == (200, False)


def test_an_address_takes_its_district_from_the_mtu_and_ends_the_one_before(client_of, mother):
    mtu = make_mtu("lenin", 3)
    old = people.make_address(mother, since_on=dt.date(2020, 1, 1))
    registered = people.make_address(mother, kind="registered", text="Ысык-Көл облусу")
    answer = client_of.post(
        f"/people/{mother.pk}/addresses/new/",
        {"kind": "actual", "mtu": mtu.pk, "settlement": "Ак-Орго конушу", "street": "Мөңгүлүү", "street_kind": "street", "house": "34-а", "flat": "2", "since_on": "01.09.2026"},
    )  # fmt: skip
    assert answer.status_code == 302
    new = Address.objects.exclude(pk__in=[old.pk, registered.pk]).get()
    old.refresh_from_db()
    registered.refresh_from_db()
    assert (new.district, new.house, new.since_on) == (mtu.district, "34-а", dt.date(2026, 9, 1))
    assert (old.until_on, old.version, registered.until_on) == (dt.date(2026, 9, 1), 1, None)
    assert new.line == "lenin району, Ак-Орго конушу, Мөңгүлүү көчөсү, 34-а, 2-батир"


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"street": ""}, "text"),
        ({"kind": "summer"}, "kind"),
        ({"district": "999999999999999999999999"}, "district"),
        ({"district": "\0"}, "district"),
        ({"mtu": "all"}, "mtu"),
        ({"mtu": "other"}, "mtu"),
        ({"house": "1" * 21}, "house"),
        ({"street": "а\0"}, "street"),
        ({"since_on": "01.02.2026", "until_on": "01.01.2026"}, "until_on"),
        ({"since_on": "30.02.2026"}, "since_on"),
    ],
)
def test_an_address_that_cannot_be_is_refused_in_words(client_of, mother, typed, field):
    here, there = make_mtu("lenin", 1), make_mtu("oktyabr", 2)
    sent = {"kind": "actual", "district": here.district_id, "street": "Таалай", **typed}
    if sent.get("mtu") == "other":
        sent["mtu"] = there.pk
    if field == "text":
        del sent["district"]
    answer = client_of.post(f"/people/{mother.pk}/addresses/new/", sent)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert not mother.addresses.exists()


def test_mtus_follow_the_district(client_of):
    here, there = make_mtu("lenin", 1), make_mtu("oktyabr", 2)
    Mtu.objects.create(district=here.district, number=9, name_ky="эски", name_ru="старый", is_active=False)  # fmt: skip
    page = client_of.get("/people/mtus/", {"district": here.district_id}).content.decode()
    assert (f'value="{here.pk}"' in page, f'value="{there.pk}"' in page, "эски" in page) == (True, False, False)  # fmt: skip
    for odd in ("", "0", "-1", "9" * 30, "а", "²", "1 OR 1=1", "\0"):
        answer = client_of.get("/people/mtus/", {"district": odd})
        assert (answer.status_code, answer.content.decode().count("<option")) == (200, 1)


@pytest.fixture
def stepfather(case):
    return people.make_member(case.family, Relation.STEPFATHER, make.make_person("Ким", "Сергей")).person  # fmt: skip


@pytest.mark.parametrize("kind", ["phone", "address"])
def test_hiding_and_telling_again(client_of, case, mother, stepfather, kind):
    thing = people.make_phone(mother) if kind == "phone" else people.make_address(mother)
    folder = "phones" if kind == "phone" else "addresses"
    url = f"/people/{folder}/{thing.pk}/hide/"
    sent = {"hidden_from": [str(stepfather.pk)], "reason": "Коркутат"}
    assert client_of.post(url, sent).status_code == 302
    fact = HiddenFact.objects.get()
    assert (list(fact.hidden_from.all()), fact.reason, fact.set_by, is_hidden(thing)) == ([stepfather], "Коркутат", case.responsible, True)  # fmt: skip
    page = client_of.get(f"/people/{mother.pk}/").content.decode()
    assert [w for w in ("жашырылган", "Ким Сергей", "Коркутат") if w not in page] == []
    assert client_of.post(f"/people/hidden/{fact.pk}/lift/", {"reason": " "}).status_code == 200
    lifted = client_of.post(f"/people/hidden/{fact.pk}/lift/", {"reason": "Ажырашты"})
    fact.refresh_from_db()
    assert (lifted.status_code, fact.lifted_by, fact.lifted_reason) == (302, case.responsible, "Ажырашты")  # fmt: skip
    assert not is_hidden(type(thing).objects.get(pk=thing.pk))


def test_hiding_again_changes_from_whom_and_never_makes_a_second(
    client_of, case, mother, stepfather
):
    phone = people.make_phone(mother)
    granny = people.make_member(case.family, Relation.GRANDMOTHER, make.make_person("Эне", "Чоң")).person  # fmt: skip
    fact = people.make_hidden(phone, stepfather, set_by=case.responsible, reason="а")
    url = f"/people/phones/{phone.pk}/hide/"
    shown = client_of.get(url).context["form"]
    assert shown["hidden_from"].value() == [stepfather.pk] or shown["hidden_from"].value() == [stepfather]  # fmt: skip
    client_of.post(url, {"hidden_from": [str(granny.pk)], "reason": "б", "record_version": 0})
    stale = client_of.post(url, {"hidden_from": [str(stepfather.pk)], "reason": "в", "record_version": 0})  # fmt: skip
    fact.refresh_from_db()
    assert (stale.status_code, HiddenFact.objects.count()) == (200, 1)
    assert (list(fact.hidden_from.all()), fact.reason) == ([granny], "б")


@pytest.mark.parametrize("whom", [[], ["stranger"], ["self"], ["\0"], ["1"], ["x"] * 500])
def test_hiding_is_from_people_of_the_family(client_of, case, mother, stepfather, whom):
    phone = people.make_phone(mother)
    stranger = make.make_case(make.make_office("oktyabr")).child_places.get().person
    known = {"stranger": str(stranger.pk), "self": str(mother.pk)}
    answer = client_of.post(
        f"/people/phones/{phone.pk}/hide/",
        {"hidden_from": [known.get(w, w) for w in whom], "reason": "себеп"},
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["hidden_from"])
    assert not HiddenFact.objects.exists()


def test_a_lifted_hiding_has_no_page(client_of, case, mother, stepfather):
    fact = people.make_hidden(
        people.make_phone(mother), stepfather, set_by=case.responsible, lifted_at=clock.now()
    )
    assert client_of.get(f"/people/hidden/{fact.pk}/lift/").status_code == 404


def test_an_unsafe_phone_has_no_link_that_dials(client_of, mother):
    people.make_phone(mother, "0555 12 34 56", is_safe=True)
    people.make_phone(mother, "0700 11 22 33", is_safe=False)
    people.make_phone(mother, "0777 44 55 66", is_safe=True, is_current=False)
    page = client_of.get(f"/people/{mother.pk}/").content.decode()
    assert [n for n in ("+996555123456", "+996700112233", "+996777445566") if f"tel:{n}" in page] == ["+996555123456"]  # fmt: skip
    assert Phone.objects.count() == 3


@pytest.fixture
def shared(case, mother, stepfather):
    """The mother's phone, hidden from the stepfather by this office and from her mother by another one."""
    phone = people.make_phone(mother)
    other = make.make_case(make.make_office("oktyabr"))
    people.make_member(other.family, Relation.AUNT, mother)
    granny = people.make_member(other.family, Relation.GRANDMOTHER, make.make_person("Эне", "Чоң"))
    fact = people.make_hidden(phone, stepfather, granny.person, set_by=other.responsible, reason="Купуя себеп")  # fmt: skip
    return fact, granny.person


def test_what_another_office_hides_too_is_marked_without_whom_and_why(client_of, mother, shared):
    fact, _granny = shared
    for page in (f"/people/{mother.pk}/", f"/people/{mother.pk}/history/"):
        text = client_of.get(page).content.decode()
        assert "Чоң" not in text
    page = client_of.get(f"/people/{mother.pk}/").content.decode()
    assert ("жашырылган" in page, "Ким Сергей" in page, "Купуя себеп" in page) == (
        True,
        True,
        False,
    )
    assert client_of.get(f"/people/hidden/{fact.pk}/lift/").status_code == 403
    answer = client_of.post(f"/people/hidden/{fact.pk}/lift/", {"reason": "керек эмес"})
    fact.refresh_from_db()
    assert (answer.status_code, fact.lifted_at) == (403, None)


def test_changing_ones_own_part_keeps_the_other_offices(client_of, case, shared, stepfather):
    fact, granny = shared
    father = people.make_member(case.family, Relation.FATHER, make.make_person("Ата", "Бир")).person
    url = f"/people/phones/{fact.phone_id}/hide/"
    client_of.post(url, {"hidden_from": [str(father.pk)], "reason": "б", "record_version": 0})
    assert set(fact.hidden_from.all()) == {father, granny}


def test_what_is_hidden_leaves_the_printed_page(client_of, case, mother, stepfather):
    people.make_hidden(people.make_phone(mother), stepfather, set_by=case.responsible)
    people.make_hidden(people.make_address(mother), stepfather, set_by=case.responsible)
    child = case.child_places.get().person
    for page in (f"/people/{mother.pk}/", f"/children/{child.pk}/", f"/families/{case.family_id}/"):
        text = client_of.get(page).content.decode()
        for hidden in ("0555 12 34 56", "Мөңгүлүү"):
            before = text.split(hidden)[0] if hidden in text else ""
            opened = before[max(before.rfind("<li"), before.rfind("<div class")) :]
            assert hidden not in text or "no-print" in opened, (page, hidden)
