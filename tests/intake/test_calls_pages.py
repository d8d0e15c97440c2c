"""The pages of calls: what each shows, what it does, and to whom nothing is shown."""

import datetime as dt
import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.models import Draft
from intake.models import CallPerson, HotlineCall
from intake.services import call_steps as steps
from intake.services.call_joining import join_calls
from intake.services.calls import signalled_before
from offices.models import ReadLog
from tests import builders as make
from tests.intake.call_builders import MINUTE, WHAT, WHERE, make_call, make_operator, make_shift

pytestmark = pytest.mark.django_db
NO_PEOPLE = {"people-TOTAL_FORMS": "0", "people-INITIAL_FORMS": "0"}
AUTOMATIC = {"X-Automatic": "1", "HX-Request": "true"}


@pytest.fixture
def operator():
    make.make_standard()
    return make_operator()


@pytest.fixture
def head():
    return make.make_head(make.make_office())


def text(answer):
    return answer.content.decode()


def test_what_and_where_are_enough(sign_in, operator):
    answer = sign_in(operator).post(
        "/intake/calls/new/", {"what": WHAT, "where": WHERE, **NO_PEOPLE}
    )
    call = HotlineCall.objects.get()
    assert answer.headers["Location"] == call.get_absolute_url()
    assert (call.what, call.where, call.caller_kind, call.taken_by) == (WHAT, WHERE, "unknown", operator)  # fmt: skip
    assert call.number.endswith(f"-0001/{clock.today():%y}")


def test_without_where_it_is_asked_and_kept(sign_in, operator):
    answer = sign_in(operator).post("/intake/calls/new/", {"what": WHAT, "where": "", **NO_PEOPLE})
    assert (answer.status_code, HotlineCall.objects.count()) == (200, 0)
    assert (WHAT in text(answer), "data-error-summary" in text(answer)) == (True, True)


def test_advice_by_phone_ends_with_its_registration(sign_in, operator):
    sent = {"what": "Жөлөкпул жөнүндө сурады", "where": "", "ends": "consultation", **NO_PEOPLE}
    sign_in(operator).post("/intake/calls/new/", sent)
    call = HotlineCall.objects.get()
    assert (call.outcome, call.is_open) == ("consultation", False)


def test_received_may_be_set_back_and_people_told(sign_in, operator):
    back = clock.local(clock.now() - 40 * MINUTE)
    sent = {
        "what": WHAT, "where": WHERE, "received_at": back.strftime("%d.%m.%Y %H:%M"), "people-TOTAL_FORMS": "2", "people-INITIAL_FORMS": "0",
        "people-0-is_child": "yes", "people-0-given_name": "Айым", "people-0-birth": "7", "people-0-sex": "female",
        "people-1-is_child": "no", "people-1-relation": "mother",
    }  # fmt: skip
    sign_in(operator).post("/intake/calls/new/", sent)
    call = HotlineCall.objects.get()
    assert call.due_at == back.replace(second=0, microsecond=0) + 60 * MINUTE
    child, mother = call.people.all()
    assert (child.given_name, child.estimated_age, mother.relation) == ("Айым", 7, "mother")


@pytest.mark.parametrize("nature", ["blank", "prank"])
def test_empty_call_is_a_touch_and_counted_apart(sign_in, operator, head, nature):
    client = sign_in(operator)
    assert client.post("/intake/calls/empty/", {"nature": nature}).headers["Location"] == "/intake/"
    call = HotlineCall.objects.get()
    assert (call.nature, call.is_open, list(HotlineCall.objects.to_look_through())) == (nature, False, [call])  # fmt: skip
    sign_in(head).post("/intake/calls/look-through/", {"calls": [str(call.pk)]})
    call.refresh_from_db()
    assert call.looked_by == head
    assert not HotlineCall.objects.to_look_through().exists()


def test_silent_call_may_be_opened_again_by_the_head(sign_in, operator, head):
    sign_in(operator).post("/intake/calls/empty/", {"nature": "blank"})
    call = HotlineCall.objects.get()
    sign_in(head).post(f"{call.get_absolute_url()}reopen/", {"why": "Бала экен, кайра чалды"})
    call.refresh_from_db()
    assert (call.nature, call.is_open, call.what) == ("real", True, "Бала экен, кайра чалды")


def test_typing_comes_back_from_the_draft(sign_in, operator):
    client = sign_in(operator)
    client.post("/drafts/", {"key": "call:new", "payload": '{"what": ["Кыйкырып жатат"]}'})
    assert "Кыйкырып жатат" in text(client.get("/intake/calls/new/"))
    client.post("/intake/calls/new/", {"what": WHAT, "where": WHERE, **NO_PEOPLE})
    assert not Draft.objects.exists()


def test_board_shows_the_alarm_first_and_words_for_each_state(sign_in, operator):
    make_call(operator, minutes_ago=5, where="Жаңы дарек")
    sent = make_call(operator, minutes_ago=50, where="Жиберилген дарек")
    steps.send_team(sent, team_text="Экипаж", actor=operator)
    make_call(operator, minutes_ago=12, where="Эч ким чыкпаган дарек")
    page = text(sign_in(operator).get("/intake/"))
    places = [page.index(place) for place in ("Эч ким чыкпаган дарек", "Жиберилген дарек", "Жаңы дарек")]  # fmt: skip
    assert places == sorted(places)
    assert ("notice-safety" in page, 'data-alarms="1"' in page) == (True, True)
    assert 's-soon"' in page


@pytest.mark.parametrize(
    ("minutes", "state", "clock_state"),
    [(44, "in-time", "in-time"), (46, "soon", "soon"), (59, "soon", "soon"), (61, "late", "late")],
)
def test_amber_from_45_minutes_and_red_from_60(sign_in, operator, minutes, state, clock_state):
    """On the board and on the call's page, day and night, as long as nobody is on site."""
    call = make_call(operator)
    steps.send_team(call, team_text="Экипаж", actor=operator)
    with clock.advanced_by(minutes * MINUTE):
        client = sign_in(operator)
        assert f'class="s-{state}"' in text(client.get("/intake/"))
        assert f'data-state="{clock_state}"' in text(client.get(call.get_absolute_url()))
        steps.arrive(call, actor=operator, late_reason="Тыгын" if minutes > 60 else "")
        assert 'class="s-calm"' in text(client.get("/intake/"))


def test_poll_says_nothing_where_nothing_changed_and_logs_only_changes(sign_in, operator):
    client = sign_in(operator)
    make_call(operator)
    page = text(client.get("/intake/"))
    mark = page.split("?seen=")[1].split('"')[0]
    assert client.get(f"/intake/pulse/?seen={mark}", headers=AUTOMATIC).status_code == 204
    assert client.get("/intake/pulse/", headers=AUTOMATIC).status_code == 200
    assert ReadLog.objects.filter(page__startswith="calls:").count() == 1
    make_call(operator, where="Башка дарек")
    assert "Башка дарек" in text(client.get(f"/intake/pulse/?seen={mark}", headers=AUTOMATIC))
    assert ReadLog.objects.filter(page="calls:pulse").count() == 1


def test_board_left_open_goes_on_showing_clocks_and_no_client(sign_in, operator):
    client = sign_in(operator)
    call = make_call(operator)
    client.get("/intake/")
    for minutes in (10, 20, 29):
        with clock.advanced_by(minutes * MINUTE):
            assert WHERE[:20] in text(client.get("/intake/pulse/", headers=AUTOMATIC))
    with clock.advanced_by(31 * MINUTE):
        answer = client.get("/intake/pulse/", headers=AUTOMATIC)
        page = text(answer)
        assert (answer.status_code, call.number in page, "data-due" in page) == (200, True, True)
        assert ('data-alarms="1"' in page, WHERE[:20] in page, str(call.pk) in page) == (True, False, False)  # fmt: skip
        assert client.get("/intake/").status_code == 302


def test_nobody_signed_in_sees_no_clock(client, operator):
    call = make_call(operator)
    assert call.number not in text(client.get("/intake/pulse/"))


def test_sound_is_kept_on_the_account(sign_in, operator):
    sign_in(operator).post("/intake/sound/", {"sound": "on"})
    assert "data-sound" in text(sign_in(operator).get("/intake/"))
    sign_in(operator).post("/intake/sound/", {"sound": "off"})
    assert "data-sound>" not in text(sign_in(operator).get("/intake/"))


STREETS = ["Чүй проспекти", "Ибраимов көчөсү", "Мөңгүлүү көчөсү", "Ак-Орго конушу", "Киев көчөсү"]


def test_two_hundred_open_calls_are_light(sign_in, operator):
    """Of two offices, so that each line says whose it is."""
    offices = [operator.memberships.get().office, make.make_office("oktyabr")]
    make.make_membership(operator, "operator", offices[1])
    for n in range(200):
        place = f"{STREETS[n % 5]}, {n * 7 % 211}-үй, {n * 13 % 97}-батир, {n % 9 + 1}-кабат"
        make_call(operator, office=offices[n % 2], minutes_ago=n % 80, where=place)
    client = sign_in(operator)
    client.get("/intake/")
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/intake/").status_code == 200
    said = [q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "SET"))]
    assert len(said) <= 12, "\n".join(said)
    answer = client.get("/intake/pulse/", headers={**AUTOMATIC, "Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(answer.content).decode().count("<li") == 200
    assert len(answer.content) < 10_000


def test_passed_call_is_seen_there_without_who_called(sign_in, operator):
    there = make.make_office("oktyabr")
    call = make_call(operator, caller_name="Кошунасы Жамал", caller_phone="0555 77 88 99")
    steps.pass_call(call, to="office", office=there, actor=operator)
    other = sign_in(make_operator(there))
    page = text(other.get(call.get_absolute_url()))
    assert (WHERE in page, "Жамал" in page, "77 88 99" in page) == (True, False, False)
    assert WHERE[:20] in text(other.get("/intake/"))
    assert other.get(f"{call.get_absolute_url()}change/").status_code == 403
    other.post(f"{call.get_absolute_url()}arrive/", {"whose": ""})
    call.refresh_from_db()
    assert call.on_site_at is not None


@pytest.mark.parametrize("to", ["office", "police", "ambulance", "other"])
def test_call_is_passed_to_each_kind_with_when_and_to_whom(to, sign_in, operator):
    there = make.make_office("oktyabr")
    call, client = make_call(operator), sign_in(operator)
    url = call.get_absolute_url()
    version = str(call.version)
    bare = {"to": to, "record_version": version}
    lacks = to in ("office", "other")  # the rest says whom by its kind
    if lacks:
        assert "data-error-summary" in text(client.post(f"{url}pass/", bare))
    office = {"office": there.pk} if to == "office" else {}
    client.post(f"{url}pass/", {**bare, **office, "text": "Кезекчи Асанов, рация менен"})
    call.refresh_from_db()
    assert (call.passed_to, call.passed_by, call.is_open) == (to, operator, True)
    assert call.passed_at is not None
    assert call.passed_office == (there if to == "office" else None)
    whom = there.name_ky if to == "office" else {
        "police": "Милиция", "ambulance": "Тез жардам", "other": "Башка"
    }[to]  # fmt: skip
    page = text(client.get(url))
    assert (whom in page, "Кезекчи Асанов" in page) == (True, True)
    assert HotlineCall.objects.visible_to(make_operator(there)).exists() == (to == "office")
    client.post(
        f"{url}end/",
        {"outcome": "passed", "text": "Барып келишти", "record_version": str(call.version)},
    )
    call.refresh_from_db()
    assert (call.outcome, call.is_open) == ("passed", False)


def test_board_that_renews_itself_keeps_whoever_reads_it_in_place(sign_in, operator):
    """It replaces itself alone, by its id; nothing focuses, scrolls or shows anew by itself, and an unchanged one is not sent."""
    for n in range(3):
        make_call(operator, minutes_ago=n)
    client = sign_in(operator)
    board = text(client.get("/intake/")).partition('id="board"')[2].partition(">")[0]
    assert 'hx-swap="outerHTML"' in board and "hx-target" not in board
    assert 'hx-trigger="every 15s"' in board
    again = text(client.get("/intake/pulse/", headers=AUTOMATIC))
    assert again.lstrip().startswith('<div id="board"') and again.count('id="board"') == 1
    for mover in ("autofocus", "scroll", "show:", "hx-push-url", "location.hash"):
        assert mover not in again, mover


def test_whoever_is_on_duty_holds_the_calls_while_it_lasts(sign_in, operator):
    psychologist = make.make_psychologist(operator.memberships.get().office)
    call = make_call(operator)
    client = sign_in(psychologist)
    assert client.get(call.get_absolute_url()).status_code == 404
    shift = make_shift(psychologist)
    assert WHERE in text(client.get(call.get_absolute_url()))
    assert client.get("/intake/").status_code == 200
    with clock.advanced_by(shift.ends_at - clock.now() + MINUTE):
        assert sign_in(psychologist).get(call.get_absolute_url()).status_code == 404


def test_signalled_before_is_a_count_of_what_one_may_see(sign_in, operator):
    make_call(operator, where="Чүй проспекти, 12-үй, 4-кабат")
    make_call(make_operator(make.make_office("oktyabr")), where="Чүй проспекти, 12-үй, 4-кабат")
    sent = {"where": "чуй проспекти 12-уй 4-кабат", "caller_phone": ""}
    page = text(sign_in(operator).post("/intake/calls/known/", sent))
    assert ("алты айда 1 жолу" in page, "алты айда 2 жолу" in page) == (True, False)
    assert "жолу" not in text(sign_in(operator).post("/intake/calls/known/", {"where": "Киев 5"}))


def test_signalled_before_looks_back_six_months_by_address_or_by_phone(operator):
    day = 24 * 60
    make_call(operator, minutes_ago=182 * day, where="Чүй проспекти, 12-үй")
    make_call(operator, minutes_ago=184 * day, where="Чүй проспекти, 12-үй")
    make_call(operator, minutes_ago=3 * day, where="Киев көчөсү, 5", caller_phone="0555 77 88 99")
    times = [
        signalled_before(operator, where=where, phone=phone)
        for where, phone in (
            ("чуй проспекти 12-уй", ""),
            ("", "+996 555 778899"),
            ("чуй проспекти 12-уй", "0555778899"),
            ("", ""),
        )
    ]
    assert times == [1, 1, 2, 0]


def test_team_does_it_with_three_touches(sign_in, operator):
    call = make_call(operator, minutes_ago=10)
    client = sign_in(operator)
    for touch in ("left", "here"):
        assert client.post(f"{call.get_absolute_url()}{touch}/").status_code == 302
    page = client.get(f"{call.get_absolute_url()}findings/")
    version = page.context["form"]["record_version"].value()
    sent = {
        "findings": "Кыз 7 жашта, колу жабыркаган", "found_address": "Чүй проспекти, 155, 4-кабат", "record_version": version,
        "people-TOTAL_FORMS": "2", "people-INITIAL_FORMS": "0", "people-0-given_name": "Айым", "people-0-birth": "7",
        "people-1-is_child": "no", "people-1-surname": "Петрова", "people-1-given_name": "Анна", "people-1-birth": "29", "people-1-relation": "mother",
    }  # fmt: skip
    client.post(f"{call.get_absolute_url()}findings/", sent)
    call.refresh_from_db()
    assert list(call.team.all()) == [operator]
    assert (call.left_at, call.on_site_at) != (None, None)
    carried = call.carried()
    assert [child.given_name for child in carried.children] == ["Айым"]
    assert [(a.surname, a.relation) for a in carried.adults] == [("Петрова", "mother")]
    assert carried.actual_address.text == "Чүй проспекти, 155, 4-кабат"
    assert carried.identification.number == call.number


def test_what_is_carried_names_no_caller_and_none_of_their_words(operator):
    call = make_call(operator, caller_name="Жамал", caller_phone="0555 77 88 99")
    steps.arrive(call, actor=operator)
    call.refresh_from_db()
    call = steps.record_findings(call, findings="Бала аман", found_address="Чүй, 155", seen=call.version, actor=operator)  # fmt: skip
    said = str(call.carried())
    assert [word for word in (WHAT, WHERE, "Жамал", "77 88 99") if word in said] == []
    assert "Бала аман" in said


def test_no_address_is_carried_where_the_team_typed_none(sign_in, operator):
    """The page of findings does not begin with the caller's wording, nor does it come out at the end."""
    call = make_call(operator)
    steps.arrive(call, actor=operator)
    page = sign_in(operator).get(f"{call.get_absolute_url()}findings/").context["page"]
    assert not page.head["found_address"].value()
    call.refresh_from_db()
    call = steps.record_findings(call, findings="Бала аман", seen=call.version, actor=operator)
    assert (bool(call.carried().actual_address), WHERE in str(call.carried())) == (False, False)


def test_people_of_a_joined_call_are_carried_too(operator):
    from intake.services.calls import KnownInCall

    first = make_call(operator, minutes_ago=9, people=(KnownInCall(given_name="Айым"),))
    second = make_call(operator, people=(KnownInCall(description="кичүү бала"),))
    lead = join_calls(first, second, actor=operator)
    assert {c.given_name or c.description for c in lead.carried().children} == {"Айым", "кичүү бала"}  # fmt: skip
    assert CallPerson.objects.count() == 2


def test_joining_and_parting_from_the_page(sign_in, operator):
    first, second = make_call(operator, minutes_ago=25), make_call(operator)
    client = sign_in(operator)
    answer = client.post(f"{second.get_absolute_url()}join/", {"other": str(first.pk)})
    assert answer.headers["Location"] == first.get_absolute_url()
    assert second.number in text(client.get(first.get_absolute_url()))
    client.post(f"{second.get_absolute_url()}part/", {})
    second.refresh_from_db()
    assert second.joined_to is None


def test_roster_is_kept_by_the_head_and_read_by_the_office(sign_in, operator, head):
    make.make_membership(operator, "caseworker", make.make_office())
    starts = clock.local(clock.now()).replace(hour=18, minute=0)
    sent = {
        "user": str(operator.pk), "starts_at": starts.strftime("%d.%m.%Y %H:%M"), "phone": "0555 00 11 22",
        "ends_at": (starts + dt.timedelta(hours=15)).strftime("%d.%m.%Y %H:%M"), "office": str(make.make_office().pk),
    }  # fmt: skip
    assert sign_in(head).post("/intake/duty/new/", sent).status_code == 302
    assert "0555 00 11 22" in text(sign_in(operator).get("/intake/duty/"))
    assert sign_in(operator).get("/intake/duty/new/").status_code == 403
    wrong = sent | {"ends_at": sent["starts_at"]}
    answer = sign_in(head).post("/intake/duty/new/", wrong)
    assert (answer.status_code, "data-error-summary" in text(answer)) == (200, True)
