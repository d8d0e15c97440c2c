"""Pages of the reception, raids and visits: one press once, whatever is typed, how often they ask, and what the screen tells."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core import clock
from intake.enums import VisitorStatus
from intake.models import Raid, Visit, Visitor, WaitingRoomDisplay
from offices.enums import Role
from offices.models import ReadLog
from tests import builders as make
from tests.casework.test_bad_input import POISONS, fields_of, rows_of, sound
from tests.intake import application_builders as apply
from tests.intake import reception_builders as came

KEY = "0b0c5c38-51d5-4d0b-8f0e-0f6f6b1f9a10"
LIST, RECORD = 12, 20
MANY = 20


@pytest.fixture
def office(db):
    make.make_standard()
    return make.make_office("lenin")


@pytest.fixture
def worker(office):
    return make.make_caseworker(office)


def test_number_is_given_once_however_often_the_button_is_pressed(office, worker, sign_in):
    client = sign_in(worker)
    for _press in range(2):
        assert client.post("/intake/reception/new/", {"submission_key": KEY}).status_code == 302
    assert Visitor.objects.count() == 1


def test_next_is_called_once_however_often_the_button_is_pressed(office, worker, sign_in):
    came.make_visitor(office)
    came.make_visitor(office)
    client = sign_in(worker)
    for _press in range(2):
        client.post("/intake/reception/next/", {"submission_key": KEY, "window": "3-кабинет"})
    assert [v.status for v in Visitor.objects.order_by("number")] == ["called", "waiting"]


def test_visitors_page_shows_the_application_that_came_of_it(office, worker, sign_in):
    """By its number, in place of the way to begin one; a stranger to the application is not told of it."""
    visitor = came.make_visitor(
        office, receiver=worker, status=VisitorStatus.ENDED, outcome="application"
    )
    client, begin = sign_in(worker), f"/intake/applications/new/visitor/{visitor.pk}/"
    assert client.get(visitor.get_absolute_url()).content.decode().count(begin) == 2
    made = apply.make_application(office, worker)
    made.visitor = visitor
    made.save()
    shown = client.get(visitor.get_absolute_url()).content.decode()
    assert (made.number in shown, made.get_absolute_url() in shown, begin in shown) == (True, True, False)  # fmt: skip
    assert f"application:{made.pk}" in ReadLog.objects.latest("pk").subjects


def test_window_is_remembered(office, worker, sign_in):
    came.make_visitor(office)
    came.make_visitor(office)
    client = sign_in(worker)
    client.post("/intake/reception/next/", {"window": "3-кабинет"})
    assert 'value="3-кабинет"' in client.get("/intake/reception/").content.decode()


def test_one_touch_leaves_the_draft_of_another_visitor_alone(office, worker, sign_in):
    from core.drafts import find_draft, keep_draft

    key = f"visitor-new:{office.pk}"
    keep_draft(worker, key, {"matter": ["Жөлөкпул"]})
    sign_in(worker).post("/intake/reception/new/", {"submission_key": KEY})
    assert find_draft(worker, key) is not None


def test_reception_past_its_time_asks_why_and_keeps_what_was_typed(office, worker, sign_in):
    long_ago = clock.now() - dt.timedelta(minutes=45)
    visitor = came.make_visitor(
        office, status="running", receiver=worker, began_at=long_ago, called_at=long_ago
    )
    client, path = sign_in(worker), f"/intake/reception/{visitor.pk}/end/"
    sent = {"outcome": "consultation", "answer": "Өзгөчө сөз"}
    answer = client.post(path, sent)
    page = answer.content.decode()
    assert ("overrun_reason" in answer.context["form"].errors, "Өзгөчө сөз" in page) == (True, True)
    assert client.post(path, {**sent, "overrun_reason": "Котормочу"}).status_code == 302
    visitor.refresh_from_db()
    assert (visitor.outcome, visitor.overrun_reason) == ("consultation", "Котормочу")


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_desk_says_why_somebody_stands_first_and_what_they_need(office, worker, sign_in, language):
    came.make_visitor(office)
    privileged = came.make_visitor(office, privilege=came.make_privilege())
    privileged.needs.add(came.make_need())
    client = sign_in(worker)
    client.cookies["language"] = language
    page = client.get("/intake/reception/").content.decode()
    said = {
        "ky": ("Эрте келген 1 адамдан мурда", "Жаңсоо тили"),
        "ru": ("Стоит перед 1 человеком", "Жестовый язык"),
    }
    assert [words in page for words in said[language]] == [True, True]


def screen_for(office, worker):
    return WaitingRoomDisplay.objects.create(office=office, token="т" * 43, renewed_by=worker)


def test_screen_shows_numbers_and_nothing_of_anybody(office, worker):
    came.make_visitor(office, status="called", receiver=worker, window="3-кабинет")
    came.make_visitor(office, privilege=came.make_privilege(), matter="Зомбулук")
    display = screen_for(office, worker)
    for path in (display.get_absolute_url(), f"{display.get_absolute_url()}numbers/"):
        page = Client().get(path).content.decode()
        assert ("<strong>1</strong>" in page, "3-кабинет" in page) == (True, True)
        told = [came.SURNAME, "Зомбулук", "Кош бойлуу", str(worker), worker.surname]
        assert [words for words in told if words in page] == []
        assert "name=" not in page.partition("<main>")[2]
    assert ReadLog.objects.count() == 0


def test_screen_goes_on_after_sign_out_and_does_not_prolong_a_session(office, worker, sign_in):
    display = screen_for(office, worker)
    client = sign_in(worker)
    client.get("/intake/reception/")
    before = client.session["seen_at"]
    with clock.advanced_by(dt.timedelta(minutes=20)):
        for path in (f"{display.get_absolute_url()}numbers/", "/intake/reception/mark/"):
            assert client.get(path, headers={"X-Automatic": "1"}).status_code == 200
        assert client.session["seen_at"] == before
    with clock.advanced_by(dt.timedelta(hours=2)):
        assert client.get(f"{display.get_absolute_url()}numbers/").status_code == 200
        assert client.get("/intake/reception/").status_code == 302


def test_old_link_of_the_screen_shows_nothing_after_the_head_renewed_it(office, worker, sign_in):
    old = screen_for(office, worker).get_absolute_url()
    sign_in(make.make_head(office)).post("/intake/reception/screen/renew/")
    new = WaitingRoomDisplay.objects.get().get_absolute_url()
    assert [Client().get(path).status_code for path in (old, new)] == [404, 200]


def test_mark_changes_with_the_queue_and_names_nobody(office, worker, sign_in):
    client = sign_in(worker)
    marks = [client.get("/intake/reception/mark/").json()["mark"]]
    visitor = came.make_visitor(office)
    marks.append(client.get("/intake/reception/mark/").json()["mark"])
    visitor.status = "left"
    visitor.save()
    marks.append(client.get("/intake/reception/mark/").json()["mark"])
    assert (len(set(marks)), ReadLog.objects.count()) == (3, 0)


def test_desk_s_own_mark_is_the_one_that_is_asked_for(office, worker, sign_in):
    came.make_visitor(office, privilege=came.make_privilege())
    client = sign_in(worker)
    shown = client.get("/intake/reception/").context["desk"].mark
    assert client.get("/intake/reception/mark/").json()["mark"] == shown


@pytest.fixture
def forms(office, worker):
    """The address of each form, who fills it in, and what it needs to be right."""
    case = make.make_case(office, worker)
    finding = came.make_finding(came.make_raid(office, led_by=worker))
    visitor = came.make_visitor(office)
    rows = {
        f"{part}-{name}": number
        for part in ("children", "adults")
        for name, number in {"TOTAL_FORMS": "1", "INITIAL_FORMS": "0"}.items()
    }
    raid = {"held_on": "20.11.2026", "place": "Базар", "led_by": str(worker.pk)}
    visit = {"outcome": "met", "purpose": "signal"}
    return {
        "visitor": ("/intake/reception/new/", {"kept_as": "x"}),
        "change": (f"/intake/reception/{visitor.pk}/change/", {"record_version": "0"}),
        "raid": ("/intake/raids/new/", raid),
        "finding": (f"/intake/raids/{finding.raid_id}/findings/new/", rows),
        "settling": (f"/intake/raids/findings/{finding.pk}/settle/", {}),
        "visit": ("/intake/visits/new/", visit),
        "visit of a case": (f"/intake/visits/new/case/{case.pk}/", visit),
        "planned visit": (f"/intake/visits/new/case/{case.pk}/?plan=1", {"purpose": "signal"}),
    }


FORMS = ("visitor", "change", "raid", "finding", "settling", "visit", "visit of a case")
FORMS += ("planned visit",)


@pytest.mark.parametrize("form", FORMS)
def test_whatever_is_sent_is_answered_in_words(forms, worker, sign_in, form):
    """All at once, and as free text among what is right, so that it meets the services and the database too."""
    client, fields, (path, right) = sign_in(worker), {}, forms[form]
    for title, poison in POISONS.items():
        fields = fields or fields_of(client.get(path))
        fields.pop("submission_key", None)
        everywhere = {**dict.fromkeys(fields, poison), **rows_of("children", "adults")}
        typed = {name: sound(field, poison) for name, field in fields.items()}
        for sent in (everywhere, {**typed, **right}, {**right, **typed}):
            answer = client.post(path, sent)
            assert (title, answer.status_code in (200, 302)) == (title, True)
            if answer.status_code == 200:
                assert "<script>alert" not in answer.content.decode()
            else:  # something has become of it: the form is another now
                fields = {}


def test_every_form_is_sent_something(forms):
    assert set(FORMS) == set(forms)


@pytest.mark.parametrize(
    ("path", "typed", "missing"),
    [
        ("/intake/raids/new/", {"account": "Өзгөчө сөз"}, "place"),
        ("/intake/visits/new/", {"found_ky": "Өзгөчө сөз"}, "outcome"),
        ("/intake/reception/new/", {"matter": "Өзгөчө сөз", "phone": "0555"}, "phone_is_safe"),
    ],
)
def test_refused_form_keeps_what_was_typed_and_speaks_kyrgyz(
    office, worker, sign_in, path, typed, missing
):
    answer = sign_in(worker).post(path, {"kept_as": "x", **typed})
    page = answer.content.decode()
    assert (answer.status_code, missing in answer.context["form"].errors) == (200, True)
    assert ("Өзгөчө сөз" in page, "data-error-summary" in page, "This field" in page) == (
        True, True, False,
    )  # fmt: skip
    assert (Raid.objects.count(), Visit.objects.count(), Visitor.objects.count()) == (0, 0, 0)


def grow(office, worker, case, rows):
    for n in range(rows):
        visitor = came.make_visitor(
            office, status=["waiting", "called", "ended"][n % 3], receiver=worker
        )
        visitor.needs.add(came.make_need())
        raid = came.make_raid(office, led_by=worker)
        came.make_finding(raid)
        came.make_finding(Raid.objects.order_by("number").first())
        visit = came.make_visit(case)
        came.make_photo(visit)
        came.make_photo(Visit.objects.order_by("recorded_at").first())
        came.make_visit(office=office, staff=[worker])


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/intake/reception/", LIST),
        ("/intake/raids/", LIST),
        ("/intake/visits/", 14),
        ("/intake/raids/{raid}/", RECORD),
        ("/intake/visits/{visit}/", RECORD),
        ("/cases/{case}/episodes/", RECORD),
    ],
)
def test_pages_ask_as_often_for_many_rows_as_for_one(
    office, worker, sign_in, settings, tmp_path, path, most
):
    settings.MEDIA_ROOT = tmp_path
    case = make.make_case(office, worker)
    client, asked = sign_in(worker), []
    for rows in (3, MANY):
        grow(office, worker, case, rows)
        address = path.format(
            case=case.pk,
            raid=Raid.objects.order_by("number").first().pk,
            visit=Visit.objects.order_by("recorded_at").first().pk,
        )
        client.get(address)
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        verbs = ("SELECT", "INSERT", "UPDATE", "WITH")
        asked.append([q["sql"] for q in found if q["sql"].startswith(verbs)])
    assert [len(questions) for questions in asked] == [len(asked[0])] * 2
    assert len(asked[0]) <= most, "\n".join(asked[0])


def test_operator_keeps_the_door_and_reads_no_visit_of_a_case(office, worker, sign_in):
    case = make.make_case(office, worker)
    visit = came.make_visit(case)
    operator = sign_in(make.make_user(Role.OPERATOR, office))
    assert operator.get("/intake/reception/").status_code == 200
    assert operator.get(visit.get_absolute_url()).status_code == 404
