"""The administrator's calendar: what it holds from the start, what a changed day would move, and that it moves only when confirmed."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from complaints.models import Complaint
from core import clock
from offices.due_dates import move_due_dates, would_move
from offices.enums import Role
from offices.models import CalendarDay, CalendarMove, CalendarYear, Notice
from offices.working_calendar import working_calendar, years_in_doubt
from tests import builders as make
from tests.complaints import builders as b

pytestmark = pytest.mark.django_db


def moves():
    return {kind.code: (m.earlier, m.later, m.certainty) for kind, m in would_move() if m.total}


def test_it_begins_with_the_known_correction_and_the_compared_years():
    calendar = working_calendar()
    assert not calendar.is_working_day(dt.date(2026, 1, 8))
    assert not calendar.is_working_day(dt.date(2026, 1, 9))
    assert calendar.confirmed_years == {2023, 2024, 2025, 2026}


def test_a_changed_day_moves_nothing_until_it_is_confirmed():
    admin = make.make_user(Role.ADMINISTRATOR, make.make_office("city", "city"))
    with clock.moved_to(b.moment("2026-02-02 10:00")):
        city = b.City()
        waiting, running = b.receive(city), b.register(city)
        assert (waiting.registration_due_on, running.answer_due_on) == (dt.date(2026, 2, 3), dt.date(2026, 2, 20))  # fmt: skip
        for day in (dt.date(2026, 2, 3), dt.date(2026, 2, 10)):
            CalendarDay.objects.create(day=day, reason_ky="токтом", reason_ru="указ")
        before = list(Complaint.objects.order_by("pk").values())
        assert moves() == {"complaint_registration": (0, 1, 0), "complaint_answer": (0, 1, 0)}
        assert list(Complaint.objects.order_by("pk").values()) == before
        done = move_due_dates(actor=admin)
    assert done.counts == {"complaint_registration": 1, "complaint_answer": 1}
    waiting.refresh_from_db()
    running.refresh_from_db()
    assert (waiting.registration_due_on, running.answer_due_on) == (dt.date(2026, 2, 4), dt.date(2026, 2, 24))  # fmt: skip
    last = running.history.first()
    assert (last.answer_due_on, last.history_user) == (dt.date(2026, 2, 24), admin)
    assert moves() == {}


def test_the_head_and_who_holds_it_are_told_which_complaint_moved_and_the_administrator_sees_counts():
    admin = make.make_user(Role.ADMINISTRATOR, make.make_office("city", "city"))
    with clock.moved_to(b.moment("2026-02-02 10:00")):
        city = b.City()
        running = b.consider(city, b.register(city), person=city.colleague)
        late = b.register(city, b.receive(city))
        Notice.objects.all().delete()
        CalendarDay.objects.create(day=dt.date(2026, 2, 10), reason_ky="т", reason_ru="у")
        move_due_dates(actor=admin)
    told = set(Notice.objects.values_list("user", "kind", "number"))
    moved = "complaint_due_moved"
    assert told == {
        (city.head.pk, moved, running.number),
        (city.colleague.pk, moved, running.number),
        (city.head.pk, moved, late.number),
    }


def test_only_the_calendar_s_keeper_moves_dates():
    with pytest.raises(PermissionDenied):
        move_due_dates(actor=make.make_head())
    assert not CalendarMove.objects.exists()


def test_a_year_in_doubt_is_said_in_advance_and_marks_the_date():
    with clock.moved_to(b.moment("2026-12-21 10:00")):
        assert years_in_doubt(working_calendar()) == [2027]
        complaint = b.register(b.City())
        assert complaint.answer_is_provisional
        CalendarYear.objects.create(year=2027, is_confirmed=True)
        assert moves() == {"complaint_answer": (0, 0, 1)}


def test_the_page_shows_numbers_and_no_complaint(sign_in):
    admin = make.make_user(Role.ADMINISTRATOR, make.make_office("city", "city"))
    complaint = b.register(b.City())
    page = sign_in(admin).get("/accounts/calendar/").content.decode()
    assert "2027" in page and complaint.number not in page
    assert complaint.complainant_name not in page
