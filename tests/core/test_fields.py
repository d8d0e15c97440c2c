"""Dates and moments as people type them."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from core import clock
from core.fields import NotADay, TypedDateField, TypedDateTimeField, read_day, read_moment

TODAY = dt.date(2026, 11, 22)
BISHKEK = ZoneInfo("Asia/Bishkek")


def at(*parts):
    return dt.datetime(*parts, tzinfo=BISHKEK)


NOON = at(2026, 11, 22, 12, 0)


@pytest.mark.parametrize(
    ("text", "expects", "meant"),
    [
        ("22.11.2026", "any", dt.date(2026, 11, 22)),
        ("1.2.2026", "any", dt.date(2026, 2, 1)),
        ("22.11", "any", dt.date(2026, 11, 22)),
        ("22.11.", "any", dt.date(2026, 11, 22)),
        ("23.11", "past", dt.date(2025, 11, 23)),
        ("22.11", "past", dt.date(2026, 11, 22)),
        ("01.02", "past", dt.date(2026, 2, 1)),
        ("01.02", "future", dt.date(2027, 2, 1)),
        ("01.02", "any", dt.date(2026, 2, 1)),
        ("2026-11-22", "any", dt.date(2026, 11, 22)),
        ("22/11/2026", "any", dt.date(2026, 11, 22)),
        ("22-11-2026", "any", dt.date(2026, 11, 22)),
        ("22 11 2026", "any", dt.date(2026, 11, 22)),
        ("22,11", "any", dt.date(2026, 11, 22)),
        ("22112026", "any", dt.date(2026, 11, 22)),
        ("22.11.2026 ж.", "any", dt.date(2026, 11, 22)),
        ("22.11.2026г", "any", dt.date(2026, 11, 22)),
        ("14.03.91", "past", dt.date(1991, 3, 14)),
        ("14.03.17", "past", dt.date(2017, 3, 14)),
        ("01.06.27", "any", dt.date(2027, 6, 1)),
        ("01.06.27", "past", dt.date(1927, 6, 1)),
        ("29.02", "past", dt.date(2024, 2, 29)),
        ("29.02", "future", dt.date(2028, 2, 29)),
        ("  Бүгүн ", "any", TODAY),
        ("вчера", "past", dt.date(2026, 11, 21)),
        ("эртең", "future", dt.date(2026, 11, 23)),
    ],
)
def test_read_day_understands(text, expects, meant):
    assert read_day(text, today=TODAY, expects=expects) == meant


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("31.02.2026", "no_such_day"),
        ("30.02", "no_such_day"),
        ("2026-13-01", "no_such_day"),
        ("00.11.2026", "no_such_day"),
        ("01.01.0000", "no_such_day"),
        ("22 ноябрь", "invalid"),
        ("2026", "invalid"),
        ("22.11.202", "invalid"),
        ("٢٢.١١.٢٠٢٦", "invalid"),
        ("22.11.2026\0", "invalid"),
        ("1" * 100_000, "invalid"),
    ],
)
def test_read_day_refuses(text, code):
    with pytest.raises(NotADay) as refusal:
        read_day(text, today=TODAY)
    assert refusal.value.code == code


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(["past", "future"]))
def test_a_full_date_means_itself_whatever_is_expected(day, expects):
    for text in (day.strftime("%d.%m.%Y"), day.isoformat(), f"{day.day}.{day.month}.{day.year}"):
        assert read_day(text, today=TODAY, expects=expects) == day


@given(st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)), st.dates(dt.date(1999, 1, 1), TODAY))
def test_a_date_without_a_year_lies_on_the_expected_side(today, day):
    text = day.strftime("%d.%m")
    past = read_day(text, today=today, expects="past")
    future = read_day(text, today=today, expects="future")
    assert (past.day, past.month) == (future.day, future.month) == (day.day, day.month)
    assert past <= today <= future


@given(st.text(max_size=40))
def test_any_text_is_a_day_or_refused(text):
    for read in (
        lambda: read_day(text, today=TODAY),
        lambda: read_moment(text, now=NOON),
    ):
        try:
            assert isinstance(read(), dt.date)
        except NotADay as refusal:
            assert refusal.code in {"invalid", "no_such_day", "no_such_time"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("22.11.2026 14:30", at(2026, 11, 22, 14, 30)),
        ("21.11 9.05", at(2026, 11, 21, 9, 5)),
        ("14:30", at(2026, 11, 22, 14, 30)),
        ("2026-11-21T14:30", at(2026, 11, 21, 14, 30)),
        ("2026-11-21 14:30:59", at(2026, 11, 21, 14, 30)),
        ("кечээ 18:00", at(2026, 11, 21, 18, 0)),
        ("азыр", NOON),
    ],
)
def test_read_moment_understands(text, meant):
    assert read_moment(text, now=NOON) == meant


@pytest.mark.parametrize(
    "text", ["22.11.2026", "10.11", "22.11.26", "25:00", "14:60", "31.02 10:00"]
)
def test_read_moment_refuses(text):
    with pytest.raises(NotADay):
        read_moment(text, now=NOON)


@pytest.fixture
def at_noon():
    with clock.moved_to(NOON):
        yield


class Form(forms.Form):
    born_on = TypedDateField(expects="past", allow_future=False, required=False)
    met_at = TypedDateTimeField(required=False, allow_future=False)


def test_form_gives_dates_and_shows_them_as_typed(at_noon):
    form = Form({"born_on": "14.03.17", "met_at": "09:10"})
    assert form.is_valid()
    assert form.cleaned_data["born_on"] == dt.date(2017, 3, 14)
    assert form.cleaned_data["met_at"] == at(2026, 11, 22, 9, 10)
    assert 'value="14.03.17"' in str(form["born_on"])
    fresh = Form(initial={"born_on": dt.date(2017, 3, 14), "met_at": form.cleaned_data["met_at"]})
    assert 'value="14.03.2017"' in str(fresh["born_on"])
    assert 'value="22.11.2026 09:10"' in str(fresh["met_at"])


@pytest.mark.parametrize(
    ("field", "text", "code"),
    [
        ("born_on", "23.11.2026", "future"),
        ("born_on", "31.12.1899", "too_early"),
        ("born_on", "01.01.2999", "too_late"),
        ("born_on", "31.02.2020", "no_such_day"),
        ("born_on", "биринчи март", "invalid"),
        ("born_on", "14.03.2017\0", "invalid"),
        ("met_at", "23.11.2026 10:00", "future"),
        ("met_at", "22.11", "invalid"),
        ("met_at", "22.11 24:00", "no_such_time"),
    ],
)
def test_form_refuses_in_words(at_noon, field, text, code):
    form = Form({field: text})
    assert [e.code for e in form.errors.as_data()[field]] == [code]


def test_a_value_that_came_back_unchanged_is_no_change(at_noon):
    moment = at(2026, 11, 22, 9, 10, 42)
    form = Form(
        {"born_on": "14.3.2017", "met_at": "22.11.2026 09:10"},
        initial={"born_on": dt.date(2017, 3, 14), "met_at": moment},
    )
    assert form.changed_data == []


def test_required_field_says_so():
    with pytest.raises(ValidationError):
        TypedDateField().clean("")
