"""A GET of client data: read-only, logged in the same transaction, shown only if the log could be written."""

import pytest
from django.db import IntegrityError, InternalError, connection

from core import clock
from offices.models import ReadLog
from offices.reading import ReadWithoutSubject
from tests.builders import make_case, make_caseworker, make_office

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.offices.reading_urls")]


@pytest.fixture
def case(client):
    worker = make_caseworker(make_office("lenin"))
    client.force_login(worker)
    return make_case(responsible=worker)


def test_page_is_logged_with_who_whose_where_and_why(client, case):
    before = clock.now()
    answer = client.get(f"/reads/{case.pk}/?why=hearing", REMOTE_ADDR="10.1.2.3")
    assert answer.content.decode() == case.number
    row = ReadLog.objects.get()
    assert (row.user, row.address, row.kind, row.page) == (
        case.responsible,
        "10.1.2.3",
        "view",
        "reads",
    )
    assert (row.subjects, row.offices) == ([f"case:{case.pk}"], [case.office_id])
    assert row.reason == "hearing"
    assert before <= row.at <= clock.now()


def test_page_is_never_stored_by_the_browser(client, case):
    assert client.get(f"/reads/{case.pk}/")["Cache-Control"] == "no-store"


def test_get_cannot_write(client, case):
    with pytest.raises(InternalError, match="read-only transaction"):
        client.get(f"/writes/{case.pk}/")


def test_template_cannot_write_either(client, case):
    with pytest.raises(InternalError, match="read-only transaction"):
        client.get(f"/writes-in-template/{case.pk}/")


def test_page_is_not_shown_when_the_log_cannot_be_written(client, case):
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE offices_readlog ADD CONSTRAINT full_disk CHECK (false) NOT VALID"
        )
    answer = client.get(f"/reads/{case.pk}/")
    assert answer.status_code == 500
    assert case.number not in answer.content.decode()


def test_page_that_names_nobody_is_refused(client, case):
    with pytest.raises(ReadWithoutSubject):
        client.get(f"/nobodys/{case.pk}/")


def test_refused_record_leaves_no_trace_of_a_read(client, case):
    strangers = make_case(make_office("oktyabr"))
    assert client.get(f"/reads/{strangers.pk}/").status_code == 404
    assert ReadLog.objects.count() == 0


def test_list_is_one_row_with_all_it_shows(client, case):
    other = make_case(responsible=case.responsible)
    make_case(make_office("oktyabr"))
    client.get(f"/lists/{case.pk}/")
    assert set(ReadLog.objects.get().subjects) == {f"case:{case.pk}", f"case:{other.pk}"}


def test_empty_list_is_logged_too(client, case):
    stranger = make_caseworker(make_office("sverdlov"))
    client.force_login(stranger)
    client.get(f"/lists/{case.pk}/")
    row = ReadLog.objects.get()
    assert (row.user, row.subjects, row.offices) == (stranger, [], [])


def test_post_that_shows_a_page_is_logged_and_one_that_leads_on_is_not(client, case):
    client.post(f"/reads/{case.pk}/")
    assert ReadLog.objects.count() == 1
    assert client.post(f"/reads/{case.pk}/", {"on": "1"}).status_code == 302
    assert ReadLog.objects.count() == 1


def test_anonymous_reader_is_led_to_sign_in(client, case):
    client.logout()
    answer = client.get(f"/reads/{case.pk}/")
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/login/")
    assert ReadLog.objects.count() == 0


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE offices_readlog SET page = 'x'",
        "DELETE FROM offices_readlog",
        "TRUNCATE offices_readlog",
    ],
)
def test_log_cannot_be_changed(client, case, change):
    client.get(f"/reads/{case.pk}/")
    with pytest.raises(IntegrityError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {change}")
