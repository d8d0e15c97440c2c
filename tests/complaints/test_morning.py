"""The manager's morning: what is counted, who holds what, how often it asks; believable with nothing at all."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from complaints.models import Answer, Complaint
from complaints.morning import Counted, holder_of, morning_of
from complaints.morning_figures import Registered, WorkedDays, figures_of, first_month, months_until
from complaints.trend_chart import HEIGHT, trend_chart
from core import clock
from core.workdays import Calendar, soon_from
from offices.enums import Role
from offices.working_calendar import working_calendar
from tests import builders as make
from tests.papers.builders import make_issued_paper

from . import builders as b

TODAY = dt.date(2026, 1, 26)
MOST = 14


def row(**fields):
    fields.setdefault("registered_on", dt.date(2026, 1, 12))
    fields.setdefault("settled_on", fields["registered_on"])
    fields.setdefault("registration_due_on", dt.date(2026, 1, 12))
    fields.setdefault("answer_due_on", dt.date(2026, 1, 30))
    fields.setdefault("sent_on", None)
    fields.setdefault("is_open", fields["sent_on"] is None)
    return Registered(office_id=1, subject="turn", **fields)


def counted(*rows):
    worked = WorkedDays(first_month(TODAY), TODAY, Calendar())
    return figures_of(rows, worked, TODAY)


def test_figures_of_nothing_have_no_shares_and_no_median():
    found = counted()
    assert (found.registered, found.late, found.days) == (0, 0, None)
    assert (found.registered_share, found.answered_share) == (None, None)


@pytest.mark.parametrize(
    ("fields", "part"),
    [
        ({"sent_on": dt.date(2026, 1, 23)}, "in_time"),
        ({"sent_on": dt.date(2026, 1, 22), "answer_due_on": dt.date(2026, 1, 22)}, "in_time"),
        ({"sent_on": dt.date(2026, 1, 23), "answer_due_on": dt.date(2026, 1, 22)}, "late"),
        ({"answer_due_on": dt.date(2026, 1, 25)}, "late"),
        ({"answer_due_on": TODAY}, "running"),
        ({"is_open": False}, "without"),
        ({"is_open": False, "answer_due_on": dt.date(2026, 1, 2)}, "without"),
    ],
)
def test_each_complaint_is_counted_in_one_part(fields, part):
    found = counted(row(**fields))
    parts = {name: getattr(found, name) for name in ("in_time", "late", "running", "without")}
    assert {name for name, n in parts.items() if n} == {part}
    assert sum(parts.values()) == found.registered == 1


def test_incomplete_paper_kept_in_its_day_is_in_time_though_registered_later():
    late = row(registered_on=dt.date(2026, 1, 20), settled_on=dt.date(2026, 1, 20))
    kept = row(registered_on=dt.date(2026, 1, 20), settled_on=dt.date(2026, 1, 12))
    assert (counted(late).registered_in_time, counted(kept).registered_in_time) == (0, 1)
    assert counted(late, kept).registered_share == 50


def test_median_counts_working_days_without_the_new_year():
    """31 December to 27 January, over the days off up to the 9th, as scenario 3 has it."""
    worked = WorkedDays(dt.date(2025, 2, 1), dt.date(2026, 1, 27), Calendar())
    sent = row(registered_on=dt.date(2025, 12, 31), sent_on=dt.date(2026, 1, 27))
    off = {dt.date(2026, 1, 8): False, dt.date(2026, 1, 9): False}
    corrected = WorkedDays(dt.date(2025, 2, 1), dt.date(2026, 1, 27), Calendar(off))
    assert figures_of([sent], corrected, TODAY).days == 12
    assert figures_of([sent], worked, TODAY).days >= 12


def test_share_is_never_rounded_up_to_a_hundred():
    rows = [row(sent_on=dt.date(2026, 1, 20))] * 299 + [row(answer_due_on=dt.date(2026, 1, 20))]
    assert counted(*rows).answered_share == 99


def test_months_are_the_twelve_that_end_today():
    months = months_until(TODAY)
    assert (months[0], months[-1], len(months)) == (dt.date(2025, 2, 1), dt.date(2026, 1, 1), 12)
    assert months == sorted(set(months))


@pytest.mark.parametrize("count", [0, 1, 3, 9, 21, 61, 700])
def test_chart_never_leaves_its_frame(count):
    rows = [row(sent_on=dt.date(2026, 1, 20))] * count + [row()] * (count // 3)
    chart = trend_chart([Counted("01.2026", counted(*rows))] * 12)
    assert all(block.y >= 0 and block.y + block.height <= HEIGHT + 0.1 for block in chart.blocks)
    assert chart.top >= count + count // 3
    assert chart.half is not None and chart.half * 2 == chart.top


# On the database.


@pytest.fixture
def city(db):
    return b.City()


def some(city, count):
    """Complaints in every state, of this year, each with its neighbours."""
    paper_less = [("received", None), ("registered", None), ("considered", "draft"), ("considered", "signed")]  # fmt: skip
    registrar = city.registrar
    for n in range(count):
        state, answer = paper_less[n % 4]
        b.make_complaint(
            city.oktyabr,
            state,
            answer=answer,
            registrar=registrar,
            **({"considered_by": city.head} if state == "considered" else {}),
        )


def answered(city, *, sent_on, **fields):
    fields.setdefault("considered_by", city.head)
    complaint = b.make_complaint(city.oktyabr, "answered", **fields)
    return Answer.objects.create(
        complaint=complaint, status="sent", text_ky="Каралды", written_by=city.head,
        signed_by=city.head, signed_at=clock.now(), text_sha256="0" * 64, channel="post",
        sent_on=sent_on, number=f"Ч/{complaint.pk}"[:30], paper=make_issued_paper(city.oktyabr),
    )  # fmt: skip


def test_morning_with_no_complaints_says_so(sign_in, city):
    page = sign_in(city.city_head).get("/complaints/morning/").content.decode()
    assert "Ачык даттануу жок" in page
    assert "Он эки айдын ичинде бир да даттануу катталган эмес" in page


@pytest.mark.parametrize("who", ["city_head", "head", "registrar", "city_registrar"])
def test_morning_asks_as_often_for_hundreds_as_for_ten(sign_in, city, who):
    client, asked = sign_in(getattr(city, who)), []
    for count in (10, 290):
        some(city, count)
        client.get("/complaints/morning/")
        with CaptureQueriesContext(connection) as queries:
            page = client.get("/complaints/morning/").content.decode()
        asked.append([q["sql"] for q in queries if q["sql"].startswith(("SELECT", "INSERT"))])
    assert Complaint.objects.count() == 300 and "300" in page
    assert len(asked[0]) == len(asked[1])
    assert len(asked[0]) <= MOST, "\n".join(asked[0])


def test_the_morning_of_scenario_three(sign_in, city):
    """26 January 2026: 41 open; three past due, five within four working days; who holds each; in one look."""
    days = ["2026-01-20", "2026-01-22", "2026-01-23"]
    days += [f"2026-01-{n}" for n in range(26, 31)] + ["2026-02-02"] * 33
    with clock.moved_to(b.moment("2026-01-12 10:00")):
        calendar = working_calendar()
        for due in map(dt.date.fromisoformat, days):
            soon = soon_from(due, make.make_standard().complaint_amber_days, calendar)
            b.make_complaint(city.oktyabr, registrar=city.registrar, considered_by=city.head, answer_due_on=due, answer_soon_on=soon)  # fmt: skip
    with clock.moved_to(b.moment("2026-01-26 09:00")):
        found = morning_of(city.city_head, working_calendar())
        page = sign_in(city.city_head).get("/complaints/morning/").content.decode()
    assert [(t["code"], t["count"]) for t in found["tiles"][:3]] == [("work", 41), ("late", 3), ("soon", 5)]  # fmt: skip
    assert [line.state for line in found["lines"]][:9] == ["late"] * 3 + ["soon"] * 5 + ["in-time"]
    assert {line.holder for line in found["lines"]} == {city.head.short_name}
    assert found["holders"] == [(city.head.short_name, 41, 3)]
    assert page.count("/complaints/") > 41 and "<strong>41</strong>" in page


def test_most_urgent_stands_first_and_each_has_its_holder(city):
    today = clock.today()
    calm = b.make_complaint(city.oktyabr, "considered", considered_by=city.head)
    late = b.make_complaint(
        city.oktyabr, "registered",
        answer_due_on=today, answer_soon_on=today,
    )  # fmt: skip
    waits = b.make_complaint(city.oktyabr, "received")
    found = morning_of(city.head, working_calendar())
    assert [line.complaint for line in found["lines"]] == [late, waits, calm]
    assert found["lines"][2].holder == city.head.short_name
    assert {tile["code"]: tile["count"] for tile in found["tiles"]} == {
        "work": 3, "late": 0, "soon": 1, "register": 1, "unset": 1,
    }  # fmt: skip


def test_holder_follows_the_answer(city):
    with translation.override("en"):
        steps = [
            holder_of(b.make_complaint(city.oktyabr, state, answer=answer))[1]
            for state, answer in [
                ("received", None), ("registered", None), ("considered", None),
                ("considered", "draft"), ("considered", "approved"), ("considered", "signed"),
            ]
        ]  # fmt: skip
    assert steps == [
        "to register it", "to say who considers it", "to answer it",
        "to approve the answer", "to sign the answer", "to send the answer",
    ]  # fmt: skip


def test_head_counts_nothing_of_what_a_head_may_not_see(sign_in, city):
    """A complaint about the head, and one of another office: neither in the lists nor in the figures."""
    today = clock.today()
    answered(city, sent_on=today)
    answered(
        city, sent_on=today, level="city", about_person=city.head, considered_by=city.city_head
    )
    other = make.make_office("lenin")
    b.make_complaint(other, "considered")
    found = morning_of(city.head, working_calendar())
    assert (found["whole"].registered, found["open_count"]) == (1, 0)
    assert [line.label for line in found["offices"]] == [city.oktyabr.short_name]
    assert morning_of(city.city_head, working_calendar())["whole"].registered == 3


def test_sheet_names_no_complainant(sign_in, city):
    b.make_complaint(city.oktyabr, "considered", complainant_name="Купуя Аты-Жөнү")
    assert "Купуя" not in sign_in(city.head).get("/complaints/morning/").content.decode()


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER])
def test_those_without_the_register_have_no_morning(sign_in, city, role):
    some(city, 2)
    assert (
        sign_in(make.make_user(role, city.oktyabr)).get("/complaints/morning/").status_code == 403
    )
