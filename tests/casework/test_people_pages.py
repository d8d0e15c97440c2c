"""A child's, an adult's and a family's page: what each depth of reading is shown, and in how many queries."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from casework.enums import BirthPrecision, EpisodeKind, Relation
from casework.models import Child, Conclusion
from core import clock
from offices.models import ReadLog
from tests import builders as make
from tests.casework import people_builders as people

pytestmark = pytest.mark.django_db

HEALTH, DISABILITY, HOUSING = "Бронхиалдык астма", "Угуусу начар", "Ижара үй"
IN_FULL = [HEALTH, DISABILITY, HOUSING, "Үзгүлтүктүү"]


@pytest.fixture
def case():
    """A family of which everything is known."""
    mother = make.make_person("Төлөгөнова", "Жаңыл", sex="female")
    case = make.make_case(mother=mother, reason="Бала сабактан качат")
    child = case.child_places.get().person
    child.pin, child.disability, child.communication_needs = (
        "21403201700123",
        DISABILITY,
        "Жай сүйлөө",
    )
    child.save()
    Child.objects.filter(person=child).update(
        health_notes=HEALTH, school_class="3-Б", representative=mother, attendance="irregular"
    )
    case.family.housing = HOUSING
    case.family.save()
    people.make_phone(mother, is_safe=True, safe_hours="18:00дөн кийин")
    people.make_address(child)
    people.make_consent(case, child, given_by=mother)
    return case


def child_of(case):
    return case.child_places.first().person


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def look(sign_in, user, url):
    answer = sign_in(user).get(url)
    assert answer.status_code == 200
    return text_of(answer)


def url_of(case):
    return f"/children/{child_of(case).pk}/"


def test_the_responsible_worker_reads_all_of_the_child(sign_in, case):
    page = look(sign_in, case.responsible, url_of(case))
    family = look(sign_in, case.responsible, f"/families/{case.family_id}/")
    assert [w for w in [HEALTH, DISABILITY, "3-Б", "9 жаш", "0555 12 34 56", "Мөңгүлүү", "Жай сүйлөө", "21403201700123", case.number] if w not in page] == []  # fmt: skip
    assert HOUSING in family
    assert "Төлөгөнова Жаңыл" in family


def test_a_psychologist_reads_who_the_child_is_and_no_more(sign_in, case):
    other = make.make_episode(case, make.make_psychologist(), kind=EpisodeKind.LEGAL)
    mine = make.make_episode(case)
    signed = Conclusion.objects.create(
        episode=other, author=other.specialist, status="signed", number="05-0007/26", signed_at=clock.now()
    )  # fmt: skip
    draft = Conclusion.objects.create(episode=other, author=other.specialist, number="")
    make.make_safety_alert(case, text="Отчимден коркот")
    child = look(sign_in, mine.specialist, url_of(case))
    family = look(sign_in, mine.specialist, f"/families/{case.family_id}/")
    assert [word for word in IN_FULL if word in child + family] == []
    shown = ["Асанбек уулу Үсөн", "9 жаш", "3-Б", "Жай сүйлөө", "0555 12 34 56", case.reason, "Отчимден коркот", signed.number, "Төлөгөнова Жаңыл"]  # fmt: skip
    assert [word for word in shown if word not in child] == []
    body = sign_in(mine.specialist).get(url_of(case)).content.decode()
    assert (str(mine.pk) in body, str(other.pk) in body, str(draft.pk) in body) == (
        True,
        False,
        False,
    )


def test_a_psychologists_history_is_of_who_the_child_is(sign_in, case):
    helper = make.make_episode(case).specialist
    url = f"/people/{child_of(case).pk}/history/"
    worker_reads, helper_reads = (look(sign_in, u, url) for u in (case.responsible, helper))
    assert "21403201700123" in helper_reads
    told = ["0555 12 34 56", "3-Б", DISABILITY, "Мөңгүлүү"]
    assert [word for word in told if word in helper_reads] == []
    assert [word for word in told[2:] if word not in worker_reads] == []


def test_a_person_not_known_to_be_of_age_gets_a_childs_page_on_demand(sign_in, case):
    young = people.make_member(case.family, Relation.SISTER, make.make_person("Кыз", "Бала")).person
    client = sign_in(case.responsible)
    assert "/child/" in client.get(f"/people/{young.pk}/").content.decode()
    assert client.get(f"/people/{young.pk}/child/").status_code == 405
    answers = [client.post(f"/people/{young.pk}/child/") for _ in range(2)]
    assert [a.url for a in answers] == [f"/children/{young.pk}/"] * 2
    assert client.get(f"/children/{young.pk}/").status_code == 200


def test_buttons_of_change_are_only_for_who_may_change(sign_in, case):
    helper = make.make_episode(case).specialist
    pages = [url_of(case), f"/families/{case.family_id}/"]
    for page in pages:
        for link in re.findall(r'href="(/(?:people|children|families)/[^"]*(?:edit|new|hide|end)/)"', sign_in(helper).get(page).content.decode()):  # fmt: skip
            assert sign_in(helper).get(link).status_code == 200, link


def test_reading_is_logged_with_the_person_and_the_case(sign_in, case):
    look(sign_in, case.responsible, url_of(case))
    row = ReadLog.objects.latest("id")
    assert (row.page, row.user, set(row.subjects)) == (
        "children:child",
        case.responsible,
        {f"person:{child_of(case).pk}", f"case:{case.pk}"},
    )
    assert row.offices == [case.office_id]


def test_a_restricted_case_of_the_same_family_is_not_told_of(sign_in, case):
    """A colleague holds a restricted case of the family: the page does not say that there is one."""
    colleague = make.make_caseworker(case.office)
    hidden = make.make_case(
        case.office, colleague, child=child_of(case), family=case.family, is_restricted=True
    )
    open_one = make.make_case(case.office, colleague, child=child_of(case), family=case.family)
    for url in (url_of(case), f"/families/{case.family_id}/"):
        page = look(sign_in, case.responsible, url)
        assert (open_one.number in page, hidden.number in page) == (True, False)


def test_another_offices_case_of_the_same_child_is_not_told_of(sign_in, case):
    other = make.make_case(make.make_office("oktyabr"), child=child_of(case), family=case.family)
    alert = make.make_safety_alert(other, text="Башка кеңсенин сыры")
    make.make_episode(other)
    people.make_consent(other, scope="Башка кеңсеге гана")
    page = look(sign_in, case.responsible, url_of(case))
    assert [w for w in (other.number, alert.text, "Башка кеңсеге гана") if w in page] == []


def test_child_address_of_an_adult_and_the_other_way_round(sign_in, case):
    mother = case.family.members.get(relation=Relation.MOTHER).person
    client = sign_in(case.responsible)
    assert client.get(f"/children/{mother.pk}/").status_code == 404
    answer = client.get(f"/people/{child_of(case).pk}/")
    assert (answer.status_code, answer.url) == (302, url_of(case))


def test_pin_of_another_record_is_told_as_far_as_it_may(sign_in, case):
    child = child_of(case)
    own = make.make_case(case.office, case.responsible, child=make.make_child("Экинчи", "Бала", pin=child.pin))  # fmt: skip
    page = look(sign_in, case.responsible, url_of(case))
    assert "Экинчи Бала" in page
    elsewhere = "башка жерде белгилүү"
    assert elsewhere not in page
    make.make_case(
        make.make_office("oktyabr"), child=make.make_child("Сырдуу", "Бала", pin=child.pin)
    )
    page = look(sign_in, case.responsible, url_of(case))
    assert ("Сырдуу" in page, elsewhere in page) == (False, True)
    helper = make.make_episode(case).specialist
    page = look(sign_in, helper, url_of(case))
    assert [w for w in ("Экинчи", "Сырдуу", elsewhere) if w in page] == []
    assert own.number not in page


def test_remarks_on_the_pin_and_the_family_stand_on_their_pages(sign_in, case):
    child = child_of(case)
    child.pin = "11403201700123"
    child.save()
    mother = case.family.members.get(relation=Relation.MOTHER).person
    mother.birth_precision, mother.birth_on = BirthPrecision.EXACT, dt.date(2018, 1, 1)
    mother.save()
    with translation.override("ky"):
        assert "Проверьте" not in look(sign_in, case.responsible, url_of(case))
    assert "ПИНдин биринчи цифрасы" in look(sign_in, case.responsible, url_of(case))
    assert "энесинен улуу" in look(sign_in, case.responsible, f"/families/{case.family_id}/")


def fill(case, rows):
    """``rows`` of everything that hangs on the child and the family."""
    child = child_of(case)
    for n in range(rows):
        member = people.make_member(case.family, Relation.RELATIVE, make.make_person(f"Тууган{n}", "А"))  # fmt: skip
        phone = people.make_phone(member.person, f"0700 11 {n:02d} 22")
        own = people.make_phone(child, f"0701 11 {n:02d} 22")
        address = people.make_address(child, house=str(n))
        for thing in (phone, own, address):
            people.make_hidden(thing, member.person, set_by=case.responsible)
        people.make_consent(case, given_by=member.person)
        make.make_safety_alert(case)
        episode = make.make_episode(case)
        Conclusion.objects.create(
            episode=episode, author=episode.specialist, status="signed", number=f"05-{rows}{n:03d}/26", signed_at=clock.now()
        )  # fmt: skip
        make.make_case(case.office, case.responsible, child=child, family=case.family)
        child.other_spellings = f"{n}"
        child.save()


@pytest.mark.parametrize(
    ("page", "most"), [("child", 17), ("mother", 14), ("family", 10), ("history", 16), ("family history", 12)]
)  # fmt: skip
def test_pages_ask_as_often_for_many_rows_as_for_one(sign_in, case, page, most):
    mother = case.family.members.get(relation=Relation.MOTHER).person
    url = {
        "child": url_of(case),
        "mother": f"/people/{mother.pk}/",
        "family": f"/families/{case.family_id}/",
        "history": f"/people/{child_of(case).pk}/history/",
        "family history": f"/families/{case.family_id}/history/",
    }[page]
    client = sign_in(case.responsible)
    counts = []
    for rows in (1, 3):
        fill(case, rows)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        counts.append(sum(q["sql"].startswith(("SELECT", "INSERT")) for q in asked))
    assert counts == [most, most]
