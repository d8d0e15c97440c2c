"""Who belongs to a family: known people offered, new ones made once, leaving with a date."""

import datetime as dt
import uuid

import pytest

from casework.enums import Relation
from casework.models import Child, Family, FamilyMember, Person
from core import clock
from tests import builders as make
from tests.casework import people_builders as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.make_case()


@pytest.fixture
def client_of(sign_in, case):
    return sign_in(case.responsible)


def add_url(case):
    return f"/families/{case.family_id}/members/new/"


def someone(**more):
    return {"surname": "Өмүрбекова", "given_name": "Сейил", "relation": "grandmother", "submission_key": str(uuid.uuid4()), **more}  # fmt: skip


def test_a_new_member_is_made_once_with_the_sex_of_the_relation(client_of, case):
    sent = someone(birth="61", lives_together="no", from_on="01.09.2024")
    answers = [client_of.post(add_url(case), sent) for _ in range(2)]
    assert [(a.status_code, a.url) for a in answers] == [(302, f"/families/{case.family_id}/")] * 2
    member = case.family.members.get(relation=Relation.GRANDMOTHER)
    assert (member.person.sex, member.person.estimated_age, member.lives_together, member.from_on) == ("female", 61, False, dt.date(2024, 9, 1))  # fmt: skip
    assert not Child.objects.filter(person=member.person).exists()


@pytest.mark.parametrize(
    ("relation", "birth", "is_child"),
    [("child", "", True), ("sister", "10", True), ("sister", "20", False), ("aunt", "", False)],
)
def test_the_young_are_kept_as_children(client_of, case, relation, birth, is_child):
    client_of.post(add_url(case), someone(relation=relation, birth=birth))
    member = case.family.members.get(person__surname="Өмүрбекова")
    assert Child.objects.filter(person=member.person).exists() is is_child


def test_a_known_person_is_offered_and_taken(client_of, case):
    other = make.make_case(case.office, case.responsible)
    granny = people.make_member(other.family, Relation.GRANDMOTHER, make.make_person("Өмүрбекова", "Сейил", sex="female")).person  # fmt: skip
    answer = client_of.post(add_url(case), someone())
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["known_as"])
    assert str(granny.pk) in answer.content.decode()
    assert client_of.post(add_url(case), someone(known_as=str(granny.pk))).status_code == 302
    assert case.family.members.get(person=granny).relation == Relation.GRANDMOTHER
    assert Person.objects.filter(surname="Өмүрбекова").count() == 1


def test_a_namesake_is_made_anew_when_the_reader_says_so(client_of, case):
    other = make.make_case(case.office, case.responsible)
    people.make_member(other.family, person=make.make_person("Өмүрбекова", "Сейил", sex="female"))
    assert client_of.post(add_url(case), someone(known_as="new")).status_code == 302
    assert Person.objects.filter(surname="Өмүрбекова").count() == 2


def test_a_stranger_is_never_offered_nor_taken_and_elsewhere_is_said_once(client_of, case):
    born = dt.date(1960, 5, 1)
    hidden = make.make_case(make.make_office("oktyabr"), child=make.make_child("Өмүрбекова", "Сейил", birth_on=born, sex="female")).child_places.get().person  # fmt: skip
    sent = someone(birth="01.05.1960", known_as=str(hidden.pk))
    answer = client_of.post(add_url(case), sent)
    page = answer.content.decode()
    assert (answer.status_code, "башка жерде белгилүү" in page) == (200, True)
    assert f'value="{hidden.pk}"' not in page.replace(f'value="{hidden.pk}" id="id_known_as', "")
    assert client_of.post(add_url(case), {**sent, "seen_elsewhere": "on"}).status_code == 302
    assert not case.family.members.filter(person=hidden).exists()
    assert case.family.members.filter(person__surname="Өмүрбекова").count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"surname": "", "given_name": ""}, "given_name"),
        ({"relation": ""}, "relation"),
        ({"relation": "кошуна"}, "relation"),
        ({"relation": "other"}, "relation_text"),
        ({"birth": "31.02.1960"}, "birth"),
        ({"from_on": "01.01.2030"}, "from_on"),
        ({"lives_together": "балким"}, "lives_together"),
        ({"surname": "а\0"}, "surname"),
        ({"description": "ү" * 301}, "description"),
    ],
)
def test_a_member_that_cannot_be_is_refused_in_words(client_of, case, typed, field):
    answer = client_of.post(add_url(case), someone(**typed))
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    assert case.family.members.count() == 1


def test_a_place_changes_and_ends_with_a_date(client_of, case):
    member = people.make_member(case.family, Relation.STEPFATHER, make.make_person("Ким", "Сергей"), from_on=dt.date(2024, 1, 1), is_carer=True)  # fmt: skip
    url = f"/families/members/{member.pk}/"
    sent = {"from_on": "01.01.2024", "relation": "other", "relation_text": "апасынын досу", "lives_together": "yes", "record_version": 0}  # fmt: skip
    assert client_of.post(url, sent).status_code == 302
    assert client_of.post(url, sent).status_code == 200  # the version has gone on
    member.refresh_from_db()
    assert (member.relation_shown, member.lives_together, member.is_carer, member.version) == ("апасынын досу", True, False, 1)  # fmt: skip
    early = client_of.post(f"{url}end/", {"on": "31.12.2023", "record_version": 1})
    future = client_of.post(f"{url}end/", {"on": "31.12.2030", "record_version": 1})
    assert [early.status_code, future.status_code] == [200, 200]
    done = client_of.post(f"{url}end/", {"on": "01.11.2026", "record_version": 1})
    member.refresh_from_db()
    assert (done.status_code, member.to_on, member.lives_together) == (302, dt.date(2026, 11, 1), False)  # fmt: skip
    page = client_of.get(f"/families/{case.family_id}/").content.decode()
    assert "Ким Сергей" in page
    back = client_of.post(add_url(case), {**someone(relation="father"), "surname": "Ким", "given_name": "Сергей", "known_as": str(member.person_id)})  # fmt: skip
    assert back.status_code == 302
    assert FamilyMember.objects.filter(person=member.person_id).count() == 2


def test_nobody_belongs_twice_at_once(client_of, case):
    child = case.child_places.get().person
    answer = client_of.post(
        add_url(case),
        someone(surname=child.surname, given_name=child.given_name, relation="child", known_as=str(child.pk)),
    )  # fmt: skip
    assert (answer.status_code, case.family.members.count()) == (200, 1)


def test_how_the_family_lives_has_two_writers(sign_in, client_of, case):
    url = f"/families/{case.family_id}/edit/"
    head = sign_in(make.make_head(case.office, surname="Бөрүбаева", given_name="Нур"))
    assert head.post(url, {"housing": "Ижара", "record_version": 0}).status_code == 302
    answer = client_of.post(url, {"housing": "Өз үйү", "income": "Базар", "record_version": 0})
    page = answer.content.decode()
    assert (answer.status_code, "Бөрүбаева Нур" in page, "Өз үйү" in page) == (200, True, True)
    assert Family.objects.get(pk=case.family_id).housing == "Ижара"


def test_two_change_a_place_at_once(sign_in, client_of, case):
    member = people.make_member(case.family, Relation.AUNT, is_carer=False)
    url = f"/families/members/{member.pk}/"
    sent = {"relation": "aunt", "lives_together": "", "record_version": 0}
    sign_in(make.make_head(case.office)).post(url, {**sent, "lives_together": "yes", "is_carer": "on"})  # fmt: skip
    form = client_of.post(url, {**sent, "relation_text": "таежеси"}).context["form"]
    assert [form[n].value() for n in ("lives_together", "is_carer", "relation_text")] == ["yes", True, "таежеси"]  # fmt: skip


def test_nobody_cares_for_the_children_is_said(client_of, case):
    page = client_of.get(f"/families/{case.family_id}/").content.decode()
    words = "Балдарды ким багары жазылган эмес"
    assert words in page
    people.make_member(case.family, is_carer=True)
    page = client_of.get(f"/families/{case.family_id}/").content.decode()
    assert words not in page
    assert case.opened_at <= clock.now()
