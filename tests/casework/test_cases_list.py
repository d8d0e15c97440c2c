"""The list of cases and its export: who is named in it, and what a filter or an order may not tell."""

import io
import re

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from casework.enums import RiskLevel
from casework.models import Case, SituationCategory
from offices.enums import Role
from offices.models import ReadLog
from tests import builders as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(db):
    make.make_standard()
    return make.make_caseworker(make.make_office("lenin"))


@pytest.fixture
def head(worker):
    return make.make_head(office_of(worker))


def office_of(user):
    return user.memberships.get().office


def signed_in(user):
    client = Client()
    client.force_login(user, backend="offices.backends.StaffBackend")
    return client


def rows_of(answer):
    return [row.record for row in answer.context["table"].rows]


def test_list_shows_cards_by_name_unless_restricted(worker):
    office = office_of(worker)
    mine = make.make_case(office, worker, child=make.make_child("Менбек уулу"))
    open_one = make.make_case(office, child=make.make_child("Ачыкбек уулу"))
    hidden = make.make_case(office, child=make.make_child("Купуябек уулу"), is_restricted=True)
    make.make_case(make.make_office("oktyabr"), child=make.make_child("Башкабек уулу"))

    answer = signed_in(worker).get("/cases/?view=open")

    assert {case.pk for case in rows_of(answer)} == {mine.pk, open_one.pk, hidden.pk}
    page = answer.content.decode()
    found = [name for name in ("Менбек", "Ачыкбек", "Купуябек", "Башкабек") if name in page]
    assert found == ["Менбек", "Ачыкбек"]


def test_list_filters_by_risk_only_what_is_read(worker):
    office = office_of(worker)
    mine = make.make_case(office, worker, risk_level=RiskLevel.HIGH)
    make.make_case(office, risk_level=RiskLevel.HIGH)

    answer = signed_in(worker).get("/cases/?view=open&risk=high")

    assert [case.pk for case in rows_of(answer)] == [mine.pk]
    chips = {chip["code"]: chip["count"] for chip in answer.context["chips"]["risk"]}
    assert chips == {"high": 1}


def test_list_filters_by_situation_only_what_is_read(worker):
    office = office_of(worker)
    category = SituationCategory.objects.create(code="violence", name_ky="З", name_ru="Н")
    make.make_case(office).categories.add(category)

    answer = signed_in(worker).get(f"/cases/?view=open&category={category.pk}")

    assert rows_of(answer) == []


def test_list_sorted_by_name_does_not_tell_the_order_of_the_restricted(worker):
    office = office_of(worker)
    for surname in ("Аа", "Яя"):
        make.make_case(office, child=make.make_child(surname), is_restricted=True)
    make.make_case(office, child=make.make_child("Мм"))

    shown = [
        [row.shown_name for row in rows_of(signed_in(worker).get(f"/cases/?view=open&sort={sort}"))]
        for sort in ("names", "-names")
    ]

    assert [sum(name is None for name in names) for names in shown] == [2, 2]


@pytest.mark.parametrize(
    "query",
    ["?view=nonsense&stage=x&risk=%00&responsible=abc&category=x&sort=evil&page=999", "?page=abc"],
)
def test_list_survives_nonsense(worker, query):
    make.make_case(responsible=worker)

    assert signed_in(worker).get("/cases/" + query).status_code == 200


def test_list_shows_an_operator_no_safety_detail_and_no_content(worker):
    operator = make.make_user(Role.OPERATOR, office_of(worker))
    case = make.make_case(responsible=worker, reason="КУПУЯ СЕБЕП")
    make.make_safety_alert(case, text="КУПУЯ КООПТУУЛУК")

    for path in ("/cases/", case.get_absolute_url()):
        answer = signed_in(operator).get(path)
        page = answer.content.decode()
        assert (answer.status_code, "КУПУЯ" in page) == (200, False)


def test_card_of_a_colleague_shows_the_danger_unless_restricted(worker):
    colleague = make.make_caseworker(office_of(worker))
    case = make.make_case(responsible=worker)
    make.make_safety_alert(case, text="КООПТУУ АДАМ")

    assert "КООПТУУ АДАМ" in signed_in(colleague).get(case.get_absolute_url()).content.decode()
    Case.objects.filter(pk=case.pk).update(is_restricted=True)
    page = signed_in(colleague).get(case.get_absolute_url()).content.decode()
    assert ("КООПТУУ АДАМ" in page, "Үсөн" in page) == (False, False)


def test_export_is_a_harmless_workbook_with_its_reason_in_the_log(head):
    office = office_of(head)
    evil = make.make_child('=HYPERLINK("http://x","a")', "+1")
    case = make.make_case(office, child=evil)
    make.make_case(make.make_office("oktyabr"), child=make.make_child("Башкабек уулу"))

    answer = signed_in(head).post("/cases/export/?view=open", {"reason": "отчёт мэрияга"})

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[:2] for row in rows] == [(case.number, '\'=HYPERLINK("http://x","a") +1')]
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds == {"s", "d"}  # words and days, no formula
    log = ReadLog.objects.get(kind="export")
    assert (log.user, log.reason) == (head, "отчёт мэрияга")
    assert f"case:{case.pk}" in log.subjects


def test_export_asks_why_and_is_for_heads(head, worker):
    assert signed_in(worker).post("/cases/export/", {"reason": "a"}).status_code == 403
    answer = signed_in(head).post("/cases/export/", {"reason": ""})
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/html; charset=utf-8")


def many_cases(worker, number):
    for _ in range(number):
        case = make.make_case(responsible=worker, mother=make.make_person("Апаева", "Апа"))
        make.make_safety_alert(case)


def test_list_asks_as_much_for_fifty_as_for_one(worker, head):
    client, asked = signed_in(head), []
    for number in (1, 49):
        many_cases(worker, number)
        with CaptureQueriesContext(connection) as found:
            client.get("/cases/?view=open&per_page=50")
        asked.append(own_queries(found))

    assert asked[0] == asked[1]
    assert len(asked[0]) <= 12


def own_queries(found):
    """The tables of the questions that a page asks, its bars and its reader included."""
    return [
        re.findall(r'FROM "(\w+)"', query["sql"])[:1]
        for query in found.captured_queries
        if query["sql"].startswith(("SELECT", "DECLARE"))
    ]
