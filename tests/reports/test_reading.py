import datetime as dt
import io

import pytest
from openpyxl import load_workbook

from core import clock
from offices.enums import Role, SecurityKind
from offices.models import ReadLog
from offices.security import note_security
from reports.reading import readable_log
from tests.builders import make_case, make_centre, make_head, make_office, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(db):
    return make_user(Role.AUDITOR, make_centre())


@pytest.fixture
def lenin(db):
    return make_case(make_office("lenin"), number="02-0001/26")


@pytest.fixture
def oktyabr(db):
    return make_case(make_office("oktyabr"), number="03-0001/26")


def _read(case, user=None, *, at=None, kind="view"):
    return ReadLog.objects.create(
        at=at or clock.now(),
        user=user or case.responsible,
        kind=kind,
        page="cases:case",
        subjects=[f"case:{case.pk}"],
        offices=[case.office_id],
        address="192.0.2.1",
    )


def _page(browser, query=""):
    answer = browser.get(f"/reports/reading/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_auditor_reads_everything_by_number_without_names(sign_in, auditor, lenin, oktyabr):
    _read(lenin), _read(oktyabr)
    page = _page(sign_in(auditor))
    assert "02-0001/26" in page and "03-0001/26" in page
    assert lenin.responsible.full_name in page
    assert lenin.child_places.get().person.given_name not in page


def test_head_reads_the_own_offices_rows(sign_in, lenin, oktyabr):
    _read(lenin), _read(oktyabr)
    page = _page(sign_in(make_head(lenin.office)))
    assert "02-0001/26" in page
    assert "03-0001/26" not in page


def test_head_who_is_shut_out_reads_nothing_of_that_case(lenin):
    head = make_head(lenin.office)
    _read(lenin), _read(make_case(lenin.office))
    lenin.conflicts.create(user=head, reason="тууган", declared_by=head)
    assert [r.subjects for r in readable_log(head)] != []
    assert not readable_log(head).about(f"case:{lenin.pk}").exists()


@pytest.mark.parametrize("role", [r for r in Role.values if r not in ("head", "auditor")])
def test_others_read_no_log(sign_in, role):
    assert sign_in(make_user(role)).get("/reports/reading/").status_code == 403


def test_log_is_narrowed_by_number_person_kind_and_day(sign_in, auditor, lenin, oktyabr):
    yesterday = clock.now() - dt.timedelta(days=1)
    _read(lenin, at=yesterday), _read(oktyabr, kind="export")
    browser = sign_in(auditor)
    day = clock.local(yesterday).strftime("%d.%m.%Y")
    for query in (
        "?number=02-0001/26",
        f"?reader={lenin.responsible.pk}",
        "?kind=view",
        f"?until={day}",
    ):
        page = _page(browser, query)
        rows = page[page.index("<tbody") :]
        assert "02-0001/26" in rows, query
        assert "03-0001/26" not in rows, query
    assert "02-0001/26" not in _page(browser, "?number=99-0000/26").partition("<table")[2]
    assert "<tbody" not in _page(browser, "?since=эмне")


def test_number_of_another_office_finds_a_head_nothing(sign_in, lenin, oktyabr):
    _read(oktyabr)
    page = _page(sign_in(make_head(lenin.office)), "?number=03-0001/26")
    assert "<tbody" not in page


@pytest.mark.parametrize("rows", [1, 60])
def test_log_costs_the_same_with_many_rows(
    sign_in, auditor, lenin, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        _read(lenin)
    browser = sign_in(auditor)
    browser.get("/reports/reading/")
    with django_assert_max_num_queries(12):
        browser.get("/reports/reading/")


def test_auditor_reads_events_of_accounts(sign_in, auditor):
    head = make_head()
    note_security(SecurityKind.LOCKED, head)
    note_security(SecurityKind.FAILED, None)
    page = sign_in(auditor).get("/reports/security/").content.decode()
    assert head.full_name in page
    page = sign_in(auditor).get(f"/reports/security/?kind={SecurityKind.FAILED}").content.decode()
    assert head.full_name not in page[page.index("<tbody") :]


def test_events_of_accounts_are_for_auditors_alone(sign_in):
    assert sign_in(make_head()).get("/reports/security/").status_code == 403


def _cells(answer):
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_export_holds_the_rows_of_the_filters_and_is_logged_with_its_reason(
    sign_in, auditor, lenin, oktyabr
):
    _read(lenin), _read(oktyabr)
    url = "/reports/reading/export/?number=02-0001/26"
    answer = sign_in(auditor).post(url, {"reason": "чейректик текшерүү"})
    assert [row[4] for row in _cells(answer)] == ["02-0001/26"]
    logged = ReadLog.objects.get(user=auditor)
    assert (logged.kind, logged.reason) == ("export", "чейректик текшерүү")
    assert (logged.subjects, logged.offices) == ([f"case:{lenin.pk}"], [lenin.office_id])


def test_export_of_a_head_ends_at_the_own_office(sign_in, lenin, oktyabr):
    _read(lenin), _read(oktyabr)
    answer = sign_in(make_head(lenin.office)).post("/reports/reading/export/", {"reason": "а"})
    assert {row[4] for row in _cells(answer)} == {"02-0001/26"}


def test_export_asks_why(sign_in, auditor, lenin):
    _read(lenin)
    answer = sign_in(auditor).post("/reports/reading/export/", {"reason": ""})
    assert answer.headers["Content-Type"].startswith("text/html")
    assert not ReadLog.objects.filter(user=auditor).exists()
