"""The search box: what is found, by whom, and what never leaves it."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.models import Case, Phone, Search
from casework.search import Query, find, understand
from core import clock
from offices.enums import Role
from offices.models import ReadLog
from tests import builders as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(db):
    return make.make_caseworker(make.make_office("lenin"))


@pytest.fixture
def case(worker):
    mother = make.make_person("Төлөгөнова", "Жаңыл", patronymic="Өмүрбековна")
    Phone.objects.create(person=mother, number="0555 12 34 56")
    child = make.make_child("Асанбек уулу", "Үсөн", pin="21403201700001")
    return make.make_case(responsible=worker, child=child, mother=mother, number="04.1-0127/26")


@pytest.fixture
def stranger(case):
    """A worker of another office who holds a case of a namesake."""
    user = make.make_caseworker(make.make_office("oktyabr"))
    make.make_case(responsible=user, child=make.make_child("Үсөнбек уулу", "Асан"))
    return user


def signed_in(user):
    client = Client()
    client.force_login(user, backend="offices.backends.StaffBackend")
    return client


def names_in(found):
    return [p.given_name for p in found.people], [c.number for c in found.cases]


@pytest.mark.parametrize(
    "text",
    [
        "Асанбек уулу Үсөн",
        "үсөн",
        "Усон Асанбек",
        "  УСОН   уулу ",
        "Үсѳн",  # the look-alike ѳ of real pages
        "Yсөн",  # a Latin Y in a Cyrillic word
        "асанб",
    ],
)
def test_child_is_found_by_name(worker, case, text):
    assert names_in(find(text, worker)) == (["Үсөн"], [case.number])


@pytest.mark.parametrize("text", ["Тологонова", "Жаныл Төлөгөнова", "омурбековна"])
def test_mother_leads_to_her_case(worker, case, text):
    assert names_in(find(text, worker)) == (["Жаңыл"], [case.number])


@pytest.mark.parametrize("text", ["Төлөгонва", "Жаңлы Төлөгөнова", "Асанбк", "Үсен", "Усонн"])
def test_slip_of_the_finger_is_guessed(worker, case, text):
    found = find(text, worker)

    assert (found.people, found.cases) == ([], [])
    assert [c.number for c in found.guessed_cases] == [case.number]


def test_pin_is_found_however_spaced(worker, case):
    assert names_in(find("2 14032017 00001", worker)) == (["Үсөн"], [case.number])


@pytest.mark.parametrize(
    "text", ["0555123456", "+996 555 12-34-56", "996555123456", "0555 12 34 56", "123456"]
)
def test_phone_is_found_in_any_writing(worker, case, text):
    assert names_in(find(text, worker)) == (["Жаңыл"], [case.number])


@pytest.mark.parametrize("text", ["04.1-0127/26", "№ 04.1-0127/26", "0127/26", "127/26", "127"])
def test_case_is_found_by_its_number(worker, case, text):
    assert [c.number for c in find(text, worker).cases] == [case.number]


@pytest.mark.parametrize("text", ["27/26", "04.1-0127/25", "0128/26", "1-0127/26"])
def test_another_number_finds_nothing(worker, case, text):
    assert find(text, worker).cases == []


@pytest.mark.parametrize(
    "text", ["%", "_", "' OR 1=1", "\\", "a" * 500, "\0", "()", "😀", "/", "-"]
)
def test_nonsense_finds_nothing(worker, case, text):
    assert not find(text, worker)


@pytest.mark.parametrize(
    "text",
    ["Асанбек", "Төлөгөнова", "Төлөгонва", "21403201700001", "0555123456", "04.1-0127/26"],
)
def test_stranger_finds_nothing_of_another_office(stranger, case, text):
    found = find(text, stranger)

    assert case.pk not in {c.pk for c in (*found.cases, *found.guessed_cases)}
    own = {p.surname for p in (*found.people, *found.guessed_people)}
    assert own <= {"Үсөнбек уулу"}


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.OPERATOR])
def test_card_reader_finds_the_case_by_the_child_alone(worker, case, role):
    user = make.make_user(role, case.office)

    assert names_in(find("Үсөн", user)) == ([], [case.number])
    for text in ("Төлөгөнова", "21403201700001", "0555123456"):
        assert not find(text, user), text
    assert names_in(find("0127/26", user)) == ([], [case.number])


def test_restricted_case_is_not_found_by_name_by_card_readers(worker, case):
    user = make.make_caseworker(case.office)
    Case.objects.filter(pk=case.pk).update(is_restricted=True)

    assert not find("Үсөн", user)
    assert names_in(find("Үсөн", worker)) == (["Үсөн"], [case.number])


def test_shut_out_worker_finds_nothing(worker, case):
    head = make.make_head(case.office)
    case.conflicts.create(user=head, reason="тууганы", declared_by=head)

    assert not find("Үсөн", head)
    assert not find("0127/26", head)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.CITY_HEAD, Role.REGISTRAR])
def test_search_is_empty_for(worker, case, role):
    assert not find("Үсөн", make.make_user(role, case.office))


def test_address_of_the_results_names_nobody_and_the_log_keeps_ids(worker, case):
    answer = signed_in(worker).post("/search/", {"text": "Үсөн"})
    kept = Search.objects.get()
    assert answer["Location"] == f"/search/{kept.pk}/"

    page = signed_in(worker).get(answer["Location"])

    child = case.child_places.get().person
    log = ReadLog.objects.get(kind="search")
    assert set(log.subjects) == {f"case:{case.pk}", f"person:{child.pk}"}
    assert "Үсөн" not in f"{log.page}{log.reason}"
    html = page.content.decode()
    title = html[html.index("<title>") : html.index("</title>")]
    assert ("Үсөн" in title, case.number in html) == (False, True)


def test_search_of_somebody_else_is_not_there(worker, case):
    kept = Search.objects.create(user=worker, text="Үсөн", at=clock.now())
    head = make.make_head(case.office)

    assert signed_in(head).get(f"/search/{kept.pk}/").status_code == 404


def test_search_is_kept_for_thirty_days(worker, case):
    old = Search.objects.create(user=worker, text="Үсөн", at=clock.now() - dt.timedelta(days=31))

    assert signed_in(worker).get(f"/search/{old.pk}/").status_code == 404
    signed_in(worker).post("/search/", {"text": "Асан\0"})
    assert [s.text for s in Search.objects.all()] == ["Асан"]


@pytest.mark.parametrize("text", ["", "   ", "\0"])
def test_empty_search_shows_the_box(worker, text):
    answer = signed_in(worker).post("/search/", {"text": text})

    assert (answer.status_code, Search.objects.count()) == (200, 0)


def test_results_ask_as_much_for_fifty_as_for_five(worker):
    client = signed_in(worker)
    kept = Search.objects.create(user=worker, text="Асанбек уулу", at=clock.now())
    asked = []
    for number in (5, 45):
        for _ in range(number):
            make.make_case(responsible=worker, child=make.make_child("Асанбек уулу", "Үсөн"))
        with CaptureQueriesContext(connection) as found:
            client.get(f"/search/{kept.pk}/")
        asked.append(tables_asked(found))

    assert asked[0] == asked[1]
    assert len(asked[0]) <= 14


def tables_asked(found):
    """The tables of the questions to the records, without the transaction's own words."""
    return [
        re.findall(r'FROM "(\w+)"', query["sql"])[:1]
        for query in found.captured_queries
        if query["sql"].startswith(("SELECT", "DECLARE"))
    ]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Үсөн Асанбек", Query(words=("усон", "асанбек"))),
        ("57-мектеп", Query(words=("мектеп",))),
        ("04.1-0127/26", Query(phones=("041012726", "041012726"), number="04.1-0127/26")),
    ],
)
def test_text_is_understood(text, meant):
    assert understand(text) == meant
