"""The alarm of a call to which nobody was sent: everybody it concerns, by each channel, once."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction

from core import clock
from intake.models import CallAlarm, HotlineCall
from intake.services import call_steps as steps
from intake.services.alarms import sound_alarms
from intake.services.calls import Said, register_call
from offices import waiting
from offices.models import Notice
from offices.waiting import Section, Urgency, Waiting, waiting_for
from tests import builders as make
from tests.intake.call_builders import MINUTE, WHAT, WHERE, make_call, make_operator, make_shift

WORKERS, EACH = 40, 5


class Broken:
    """A provider whose line is dead."""

    def reaches(self, user):
        return True

    def send(self, user, subject, text):
        raise OSError("the line is dead")


@pytest.fixture
def people(db):
    make.make_standard()
    office = make.make_office()
    found = {
        "operator": make_operator(office, email="operator@example.kg"),
        "head": make.make_head(office, email="head@example.kg"),
        "duty": make.make_psychologist(office, email="duty@example.kg"),
        "caseworker": make.make_caseworker(office, email="caseworker@example.kg"),
        "elsewhere": make.make_head(make.make_office("oktyabr"), email="other@example.kg"),
    }
    make_shift(found["duty"])
    return found


def test_operator_duty_and_head_are_told_once_each(people):
    call = make_call(people["operator"], minutes_ago=11)
    for _minute in range(3):
        call_command("watch_calls")
    assert sorted(m.to[0] for m in mail.outbox) == [f"{n}@example.kg" for n in ("duty", "head", "operator")]  # fmt: skip
    assert Notice.objects.filter(kind="call_unsent").count() == 3
    assert CallAlarm.objects.filter(call=call).count() == 6


def test_whoever_took_the_call_is_told_while_they_belong_to_the_office(people):
    """A caseworker who sat in for the operator; not one who has left."""
    make_call(people["caseworker"], minutes_ago=11)
    sound_alarms()
    assert sorted(m.to[0] for m in mail.outbox) == [f"{n}@example.kg" for n in ("caseworker", "duty", "head", "operator")]  # fmt: skip
    mail.outbox.clear()
    make_call(people["caseworker"], minutes_ago=11)
    people["caseworker"].memberships.update(
        starts_on=dt.date(2020, 1, 1), ends_on=clock.today() - dt.timedelta(days=1)
    )
    sound_alarms()
    assert "caseworker@example.kg" not in [m.to[0] for m in mail.outbox]


def test_mail_carries_a_number_and_a_way_nothing_of_the_call(people):
    call = make_call(people["operator"], minutes_ago=11, caller_name="Жамал")
    sound_alarms()
    said = mail.outbox[0].subject + mail.outbox[0].body
    assert (call.number in said, call.get_absolute_url() in said) == (True, True)
    assert [w for w in (WHAT[:20], WHERE[:15], "Жамал") if w in said] == []


@pytest.mark.parametrize("done", ["early", "sent", "passed", "ended"])
def test_nobody_is_told_where_there_is_no_alarm(people, done):
    call = make_call(people["operator"], minutes_ago=5 if done == "early" else 20)
    actor = people["operator"]
    if done == "sent":
        steps.send_team(call, team_text="Экипаж", actor=actor)
    if done == "passed":
        steps.pass_call(call, to="police", actor=actor)
    if done == "ended":
        steps.end_call(call, outcome="consultation", actor=actor)
    assert (sound_alarms(), mail.outbox) == (0, [])


def test_channel_that_fails_is_tried_again_and_stops_nobody(people, settings):
    settings.STAFF_CHANNELS = {"sms": f"{__name__}.Broken", "email": "offices.channels.Email"}
    make_call(people["operator"], minutes_ago=11)
    sound_alarms()
    assert (len(mail.outbox), CallAlarm.objects.filter(channel="sms").count()) == (3, 0)
    settings.STAFF_CHANNELS = {"sms": "offices.channels.SmsNotConfigured"}
    assert sound_alarms() == 0


def test_alarm_stands_on_my_day_and_on_every_page_until_somebody_is_sent(people, sign_in):
    call = make_call(people["operator"], minutes_ago=11)
    for who in ("operator", "head", "duty"):
        lines = [line for line in waiting_for(people[who]) if line.number == call.number]
        on_duty = [line for line in waiting_for(people[who]) if line.url == "/intake/"]
        assert bool(on_duty) == (who == "duty"), who
        assert [line.urgency for line in lines] == [Urgency.LATE], who
        assert "alarm-strip" in sign_in(people[who]).get("/reports/rail/").content.decode()
        assert "notice-safety" in sign_in(people[who]).get("/reports/rail/").content.decode()
    assert (
        "notice-safety" not in sign_in(people["elsewhere"]).get("/reports/rail/").content.decode()
    )
    steps.send_team(call, team_text="Экипаж", actor=people["operator"])
    assert "notice-safety" not in sign_in(people["head"]).get("/reports/rail/").content.decode()


def test_call_stands_above_what_has_been_overdue_for_years(people):
    """In the head's day an alarm of minutes is not lost under plans of long ago."""
    overdue = Waiting("Plan", "/", Section.RUNNING_OUT, Urgency.LATE, due_on=dt.date(2023, 5, 26))
    feeds = list(waiting._FEEDS)
    try:
        waiting.register_feed(lambda user: [overdue])
        call = make_call(people["operator"], minutes_ago=2)
        for minutes in (0, 10, 60):
            with clock.advanced_by(minutes * MINUTE):
                lines = waiting_for(people["head"])
                assert (lines[0].number, overdue in lines) == (call.number, True)
    finally:
        waiting._FEEDS[:] = feeds


def test_pages_ask_anew_each_few_seconds_while_nobody_was_sent(people, sign_in):
    """Before the alarm too, so that it shows within seconds of its moment; nobody else's page hurries."""

    def hurries(who):
        return (
            'hx-trigger="every 15s"' in sign_in(people[who]).get("/reports/rail/").content.decode()
        )

    assert not hurries("operator")
    call = make_call(people["operator"], minutes_ago=1)
    assert [hurries(who) for who in ("operator", "head", "elsewhere")] == [True, True, False]
    steps.send_team(call, team_text="Экипаж", actor=people["operator"])
    assert not hurries("operator")


def test_alarm_is_said_once_while_it_is_the_same(people, sign_in):
    """A page that shows it sends its mark and gets no strip again: screen readers repeat nothing. A second call is new."""
    client = sign_in(people["operator"])

    def strip(mark=""):
        answer = client.get("/reports/rail/", {"alarm": mark})
        return "alarm-strip" in answer.content.decode(), answer.context_data["alarm"].mark

    assert strip() == (False, "")
    first = make_call(people["operator"], minutes_ago=11)
    said, mark = strip()
    assert (said, strip(mark)) == (True, (False, mark))
    with clock.advanced_by(MINUTE):
        assert strip(mark) == (False, mark)
    second = make_call(people["operator"], minutes_ago=12)
    said, both = strip(mark)
    assert (said, both != mark) == (True, True)
    for call in (first, second):
        steps.send_team(call, team_text="Экипаж", actor=people["operator"])
    assert strip(both) == (True, "")


def test_boards_own_line_is_not_said_at_each_refresh(people, sign_in):
    make_call(people["operator"], minutes_ago=11)
    shown = sign_in(people["operator"]).get("/intake/pulse/").content.decode()
    assert ("notice-safety" in shown, 'role="alert"' in shown) == (True, False)


def test_head_finds_yesterdays_silent_calls_on_my_day_until_looked_through(people, sign_in):
    sign_in(people["operator"]).post("/intake/calls/empty/", {"nature": "blank"})

    def waits():
        lines = waiting_for(people["head"])
        return [line.count for line in lines if line.url == "/intake/calls/look-through/"]

    assert waits() == []
    with clock.advanced_by(24 * 60 * MINUTE):
        assert waits() == [1]
        steps.look_through(HotlineCall.objects.get(), actor=people["head"])
        assert waits() == []


@pytest.mark.django_db(transaction=True)
def test_two_hundred_calls_over_forty_connections_leave_no_gap():
    make.make_standard()
    operator = make_operator(make.make_office(index="04"))
    office = operator.memberships.get().office
    together = threading.Barrier(WORKERS)

    def register(worker):
        try:
            connection.ensure_connection()
            together.wait(timeout=60)
            return [one(worker, turn) for turn in range(EACH)]
        finally:
            connection.close()

    def one(worker, turn):
        if (worker + turn) % 5 == 0:
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                register_call(office, Said(WHAT, WHERE), actor=operator)
                raise ZeroDivisionError
        return register_call(office, Said(WHAT, WHERE), actor=operator).number

    with ThreadPoolExecutor(WORKERS) as pool:
        taken = [number for numbers in pool.map(register, range(WORKERS)) for number in numbers]
    year = f"{clock.today():%y}"
    assert sorted(taken) == [f"04.7-{n:04d}/{year}" for n in range(1, WORKERS * EACH + 1)]
