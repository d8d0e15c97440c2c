"""Both clocks from the standard in force; the day that counts is a setting of the standard."""

import datetime as dt

import pytest

from complaints.deadlines import answer_clock, registration_clock
from core.workdays import Calendar
from offices.models import StandardVersion

NEW_YEAR = {dt.date(2026, 1, 8): False, dt.date(2026, 1, 9): False}
CALENDAR = Calendar(NEW_YEAR, frozenset({2025, 2026}))


@pytest.mark.parametrize(
    ("registered", "due", "soon"),
    [
        ("2025-12-31", "2026-01-29", "2026-01-23"),
        ("2026-04-13", "2026-05-11", "2026-04-27"),  # the fourteenth day lands after 1-9 May
        ("2026-04-10", "2026-04-30", "2026-04-24"),  # the day before the May holidays
        ("2026-04-30", "2026-05-29", "2026-05-22"),  # over May and Kurman Ait
    ],
)
def test_answer_clock_over_holidays(registered, due, soon):
    found = answer_clock(dt.date.fromisoformat(registered), StandardVersion(), CALENDAR)
    assert (found.due_on.isoformat(), found.soon_on.isoformat()) == (due, soon)
    assert not found.is_provisional


def test_the_standard_says_how_many_days_and_whether_the_first_counts():
    strict = StandardVersion(complaint_answer_days=10, complaint_counts_first_day=True)
    found = answer_clock(dt.date(2026, 11, 23), strict, CALENDAR)
    assert found.due_on == dt.date(2026, 12, 4)


def test_registration_clock_is_a_working_day_after_receipt():
    found = registration_clock(dt.date(2026, 4, 30), StandardVersion(), CALENDAR)
    assert found.due_on == dt.date(2026, 5, 11)
