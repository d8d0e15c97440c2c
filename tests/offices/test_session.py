import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from core import clock
from core.models import Draft
from offices.models import User
from tests.builders import PASSWORD, make_caseworker

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.offices.kept_urls")]
TYPED = {
    "text": "Бала чөгүп жүрөт",
    "kept_as": "note:7",
    "private_note": "жеке",
    "submission_key": "",
}
LATER = dt.timedelta(minutes=31)


@pytest.fixture
def person(db):
    return make_caseworker(username="caseworker.lenin")


@pytest.fixture
def browser(sign_in, person):
    browser = sign_in(person)
    assert browser.get("/write/").status_code == 200
    return browser


def _sign_in(browser, name="caseworker.lenin"):
    return browser.post("/accounts/login/", {"login": name, "password": PASSWORD})


def test_session_lasts_while_something_is_done(browser):
    for minutes in (25, 50, 75):
        with clock.advanced_by(dt.timedelta(minutes=minutes)):
            assert browser.get("/write/").status_code == 200


def test_session_ends_after_half_an_hour_of_nothing(browser):
    with clock.advanced_by(LATER):
        answer = browser.get("/write/")
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        "/accounts/login/?next=/write/",
    )


def test_automatic_requests_do_not_prolong(browser):
    for minutes in (10, 20, 29):
        with clock.advanced_by(dt.timedelta(minutes=minutes)):
            assert browser.get("/write/", headers={"X-Automatic": "1"}).status_code == 200
    with clock.advanced_by(LATER):
        assert browser.get("/write/").status_code == 302


def test_drafts_prolong_because_somebody_types(browser):
    with clock.advanced_by(dt.timedelta(minutes=20)):
        browser.post("/drafts/", {"key": "note:7", "payload": '{"text": ["А"]}'})
    with clock.advanced_by(dt.timedelta(minutes=45)):
        assert browser.get("/write/").status_code == 200


def test_session_is_written_at_most_once_a_minute(browser, django_assert_num_queries):
    before = Session.objects.get().session_data
    with clock.advanced_by(dt.timedelta(seconds=50)):
        browser.get("/write/")
    assert Session.objects.get().session_data == before
    with clock.advanced_by(dt.timedelta(seconds=70)):
        browser.get("/write/")
    assert Session.objects.get().session_data != before


def test_what_was_sent_too_late_comes_back_to_its_writer(browser):
    with clock.advanced_by(LATER):
        answer = browser.post("/write/", TYPED)
        assert answer.headers["Location"] == "/accounts/login/?next=/write/"
        assert "caseworker.lenin" in browser.get("/accounts/login/").content.decode()
        assert _sign_in(browser).status_code == 302
        page = browser.get("/write/").content.decode()
    assert page.startswith("Бала чөгүп жүрөт|")


def test_what_was_sent_too_late_is_not_carried_out(browser):
    with clock.advanced_by(LATER):
        browser.post("/write/", TYPED)
    assert Draft.objects.get().payload == {"text": ["Бала чөгүп жүрөт"]}


def test_what_was_sent_too_late_is_for_nobody_else(browser):
    make_caseworker(username="second")
    with clock.advanced_by(LATER):
        browser.post("/write/", TYPED)
        _sign_in(browser, "second")
        assert "Бала" not in browser.get("/write/").content.decode()


def test_draft_after_the_end_is_kept_and_answered_signed_out(browser):
    with clock.advanced_by(LATER):
        answer = browser.post(
            "/drafts/",
            {"key": "note:7", "payload": '{"text": ["А"]}'},
            headers={"Sec-Fetch-Mode": "cors"},
        )
    assert answer.status_code == 401
    assert Draft.objects.get().payload == {"text": ["А"]}


def test_draft_after_the_end_may_not_throw_another_away(browser, person):
    Draft.objects.create(user=person, key="note:7", payload={"text": ["А"]}, saved_at=clock.now())
    with clock.advanced_by(LATER):
        browser.post("/drafts/", {"key": "note:7", "payload": "", "discard": "1"})
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("header", [{"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors"}])
def test_scripts_are_told_by_a_status(browser, header):
    with clock.advanced_by(LATER):
        assert browser.get("/write/", headers=header).status_code == 401


def test_signing_in_again_begins_a_new_half_hour(browser):
    with clock.advanced_by(LATER):
        browser.get("/write/")
        _sign_in(browser)
        assert browser.get("/write/").status_code == 200


def test_closed_account_keeps_nothing(browser, person):
    User.objects.filter(pk=person.pk).update(is_active=False)
    with clock.advanced_by(LATER):
        assert browser.post("/write/", TYPED).status_code == 302
    assert not Draft.objects.exists()


@pytest.fixture
def strict_browser(person):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(person, backend="offices.backends.StaffBackend")
    return browser


def test_old_token_brings_the_form_back_filled(strict_browser):
    answer = strict_browser.post("/write/", TYPED, follow=True)
    assert answer.redirect_chain == [("/write/", 302)]
    assert answer.content.decode().startswith("Бала чөгүп жүрөт|")


def test_old_token_leads_back_to_the_page_of_the_form(strict_browser):
    answer = strict_browser.post(
        "/write/", TYPED, headers={"Referer": "http://testserver/write/?a=1"}
    )
    assert answer.headers["Location"] == "/write/"
    answer = strict_browser.post("/write/", TYPED, headers={"Referer": "http://evil.example/x/"})
    assert answer.headers["Location"] == "/write/"


def test_old_token_from_another_site_keeps_nothing(strict_browser):
    answer = strict_browser.post("/write/", TYPED, headers={"Origin": "http://evil.example"})
    assert answer.status_code == 403
    assert not Draft.objects.exists()


def test_old_token_without_a_form_to_keep_says_what_to_do(strict_browser):
    assert strict_browser.post("/write/", {"text": "А"}).status_code == 403
    assert not Draft.objects.exists()


def test_old_token_of_a_script_is_said_by_a_status(strict_browser):
    answer = strict_browser.post("/write/", TYPED, headers={"Sec-Fetch-Mode": "cors"})
    assert (answer.status_code, answer.json()) == (403, {"error": "old token"})
