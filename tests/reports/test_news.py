"""What My day says first: danger, then what runs out, then what is new; nothing twice."""

import re

import pytest

from offices.notices import tell
from offices.waiting import Waiting
from reports.news import SHOWN, told_of
from tests import builders as make
from tests.intake.call_builders import make_call, make_operator

pytestmark = pytest.mark.django_db


def test_danger_stands_first_and_what_is_new_after_what_runs_out(sign_in):
    operator = make_operator()
    make_call(operator, minutes_ago=20)
    tell([operator], "reset_given", by=None)
    tell([operator], "safety_alert", by=None, number="02.1-0007/26", url="/cases/")
    page = sign_in(operator).get("/").content.decode()
    places = [
        page.index(f'id="{name}"') for name in ("alarms-heading", "section-1", "notices-heading")
    ]
    assert places == sorted(places)


def test_what_was_said_several_times_is_one_line_but_every_danger_stands():
    person = make.make_caseworker()
    for _ in range(3):
        tell([person], "safety_alert", by=None, number="02.1-0008/26", url="/cases/")
        tell([person], "reset_given", by=None, url="/accounts/")
    alarms, (line,) = told_of(person, [])
    assert (len(alarms), line.times, line.url) == (3, 3, "")


def test_few_notices_are_shown():
    person = make.make_caseworker()
    for n in range(SHOWN + 2):
        tell([person], "reset_given", by=None, number=f"0{n}", url="/accounts/")
    _alarms, news = told_of(person, [])
    assert [line.notice.number for line in news] == ["06", "05", "04", "03", "02"]


def test_notice_of_what_waits_as_a_line_is_not_said_again():
    person = make.make_caseworker()
    tell([person], "reset_given", by=None, url="/cases/1/")
    tell([person], "safety_alert", by=None, url="/cases/1/")
    alarms, news = told_of(person, [Waiting("План", "/cases/1/")])
    assert (len(alarms), news) == (1, [])


def test_alarm_of_a_call_is_never_green(sign_in):
    operator = make_operator()
    make_call(operator, minutes_ago=12)
    page = sign_in(operator).get("/").content.decode()
    row = re.search(r'<li class="is-mine is-danger">.*?</li>', page, re.S)[0]
    assert 'data-state="soon"' in row and 'data-state="in-time"' not in row
