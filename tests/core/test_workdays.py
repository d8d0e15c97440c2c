"""Working days: the table of the research, every day of four years, and what holds for any calendar."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workdays import Calendar, days_left, due_on, soon_from, working_days_between

NEW_YEAR = {dt.date(2026, 1, 8): False, dt.date(2026, 1, 9): False}
KYRGYZSTAN = Calendar(NEW_YEAR, frozenset({2023, 2024, 2025, 2026}))
DAY = dt.timedelta(days=1)


def day(text):
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("registered", "after", "with_first"),
    [
        ("2026-11-23", "2026-12-11", "2026-12-10"),
        ("2026-10-30", "2026-11-19", "2026-11-18"),
        ("2025-12-22", "2026-01-20", "2026-01-19"),
        ("2026-01-12", "2026-01-30", "2026-01-29"),
        ("2026-02-25", "2026-03-17", "2026-03-16"),
        ("2026-03-13", "2026-04-03", "2026-04-02"),
        ("2026-04-13", "2026-05-11", "2026-04-30"),
        ("2026-08-17", "2026-09-07", "2026-09-04"),
        ("2024-01-15", "2024-02-01", "2024-01-31"),
        ("2023-02-13", "2023-03-03", "2023-03-02"),
        ("2025-12-31", "2026-01-29", "2026-01-28"),  # the complaint of New Year
    ],
)
def test_fourteen_working_days_end_where_the_research_says(registered, after, with_first):
    assert due_on(day(registered), 14, KYRGYZSTAN).day == day(after)
    assert due_on(day(registered), 14, KYRGYZSTAN, counts_first=True).day == day(with_first)


@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("2026-11-20", "2026-11-23"),
        ("2025-12-31", "2026-01-12"),
        ("2026-03-19", "2026-03-23"),
        ("2025-12-30", "2025-12-31"),
    ],
)
def test_one_working_day_to_register(received, by):
    assert due_on(day(received), 1, KYRGYZSTAN).day == day(by)


def span(first, last):
    first, last = day(first), day(last)
    return {first + DAY * n for n in range((last - first).days + 1)}


# Typed from the law and the yearly decrees, not from the package.
DAYS_OFF = {
    # 2023 and 2024: the old code, holidays on a day off moved, the Cabinet's swaps
    *span("2023-01-01", "2023-01-08"),
    *map(day, ("2023-02-23", "2023-03-08", "2023-03-20", "2023-03-21")),
    *map(day, ("2023-04-07", "2023-04-21", "2023-05-01", "2023-05-05", "2023-05-08", "2023-05-09")),
    *map(day, ("2023-06-28", "2023-08-31", "2023-11-06", "2023-11-07", "2023-11-08")),
    *span("2024-01-01", "2024-01-07"),
    *map(day, ("2024-02-23", "2024-03-08", "2024-03-21", "2024-03-22", "2024-04-10")),
    *map(day, ("2024-05-01", "2024-05-02", "2024-05-03", "2024-05-09", "2024-06-17")),
    *map(day, ("2024-11-07", "2024-11-08")),
    # since 2025: the new code, nothing moves
    *span("2025-01-01", "2025-01-07"),
    *span("2026-01-01", "2026-01-09"),
    *span("2025-05-01", "2025-05-09"),
    *span("2026-05-01", "2026-05-09"),
    *map(day, ("2025-03-08", "2025-03-21", "2025-03-30", "2025-06-06", "2025-08-31")),
    *map(day, ("2026-03-08", "2026-03-20", "2026-03-21", "2026-05-27", "2026-08-31")),
}
WORKING_SATURDAYS = {
    *map(day, ("2023-02-25", "2023-03-11", "2023-03-25", "2023-04-29", "2023-05-13")),
    *map(day, ("2023-11-11", "2024-01-27", "2024-03-02", "2024-05-11", "2025-01-11")),
}


def test_every_day_of_four_years_is_as_the_law_and_its_decrees_have_it():
    first = dt.date(2023, 1, 1)
    for one in (first + DAY * n for n in range((dt.date(2027, 1, 1) - first).days)):
        worked = one in WORKING_SATURDAYS or (one.weekday() < 5 and one not in DAYS_OFF)
        assert KYRGYZSTAN.is_working_day(one) == worked, one


def test_without_the_correction_the_package_alone_is_two_days_early():
    assert due_on(day("2025-12-22"), 14, Calendar()).day == day("2026-01-16")


def test_a_year_that_nobody_confirmed_makes_the_date_provisional():
    assert not due_on(day("2026-11-23"), 14, KYRGYZSTAN).is_provisional
    assert due_on(day("2026-12-21"), 14, KYRGYZSTAN).is_provisional


def test_an_estimated_ait_makes_only_the_dates_around_it_provisional_until_the_table_names_it():
    confirmed = Calendar({}, frozenset({2027}))
    assert due_on(day("2027-03-01"), 14, confirmed).is_provisional
    assert not due_on(day("2027-09-06"), 14, confirmed).is_provisional
    seen = Calendar({day("2027-03-09"): True, day("2027-03-10"): False}, frozenset({2027}))
    assert not due_on(day("2027-03-01"), 14, seen).is_provisional


def test_days_left_count_down_to_the_day_and_below_zero_after_it():
    due = day("2026-01-29")
    left = [
        days_left(day(on), due, KYRGYZSTAN)
        for on in ("2026-01-23", "2026-01-26", "2026-01-29", "2026-01-30", "2026-02-02")
    ]
    assert left == [4, 3, 0, -1, -2]
    assert days_left(day("2026-01-31"), day("2026-01-30"), KYRGYZSTAN) == -1  # a Saturday


def test_soon_begins_on_the_first_day_with_so_few_left():
    assert soon_from(day("2026-01-29"), 4, KYRGYZSTAN) == day("2026-01-23")
    assert soon_from(day("2026-01-13"), 4, KYRGYZSTAN) == day("2025-12-29")  # over New Year


def test_a_term_of_no_days_and_a_calendar_without_work_are_refused():
    with pytest.raises(ValueError, match="at least one"):
        due_on(day("2026-01-12"), 0, KYRGYZSTAN)
    first = day("2026-01-01")
    idle = Calendar({first + DAY * n: False for n in range(800)})
    with pytest.raises(ValueError, match="no working day"):
        due_on(first, 1, idle)


days = st.dates(dt.date(2023, 1, 1), dt.date(2029, 12, 31))
calendars = st.builds(
    Calendar,
    st.dictionaries(days, st.booleans(), max_size=40),
    st.frozensets(st.integers(2023, 2029), max_size=7),
)
counts = st.integers(1, 30)


@given(days, counts, calendars, st.booleans())
def test_a_due_day_is_a_working_day_not_before_the_start(start, count, calendar, counts_first):
    due = due_on(start, count, calendar, counts_first=counts_first).day
    assert calendar.is_working_day(due)
    assert due >= start if counts_first else due > start


@given(days, days, counts, calendars)
def test_who_starts_later_ends_no_earlier(one, other, count, calendar):
    first, second = sorted((one, other))
    assert due_on(first, count, calendar).day <= due_on(second, count, calendar).day


@given(days, counts, calendars)
def test_more_days_end_later(start, count, calendar):
    assert due_on(start, count, calendar).day < due_on(start, count + 1, calendar).day


@given(days, counts, calendars)
def test_adding_and_counting_agree(start, count, calendar):
    due = due_on(start, count, calendar).day
    assert working_days_between(start, due, calendar) == count == days_left(start, due, calendar)


@given(days, counts, calendars)
def test_counting_the_first_day_ends_a_working_day_earlier_or_on_the_same(start, count, calendar):
    counted = due_on(start, count, calendar, counts_first=True).day
    after = due_on(start, count, calendar).day
    assert (counted == after) == (not calendar.is_working_day(start))


@given(days, st.integers(0, 8), calendars)
def test_soon_is_the_first_day_with_so_few_left(due, amber, calendar):
    first = soon_from(due, amber, calendar)
    assert days_left(first, due, calendar) <= amber
    assert days_left(first - DAY, due, calendar) > amber
