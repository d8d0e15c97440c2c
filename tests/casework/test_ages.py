"""Ages: how old, and how it is said."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from casework.ages import full_months
from casework.births import Birth
from casework.enums import BirthPrecision

TODAY = dt.date(2026, 11, 22)


def born(*day):
    return Birth(BirthPrecision.EXACT, on=dt.date(*day))


@pytest.mark.parametrize(
    ("birth", "age", "said"),
    [
        (born(2017, 3, 14), 9, "9 жаш 8 ай"),
        (born(2017, 11, 22), 9, "9 жаш"),
        (born(2017, 11, 23), 8, "8 жаш 11 ай"),
        (born(2026, 3, 1), 0, "8 ай"),
        (born(2026, 11, 10), 0, "12 күн"),
        (born(2026, 11, 22), 0, "0 күн"),
        (born(1991, 3, 14), 35, "35 жаш"),
        (Birth(BirthPrecision.YEAR, year=2017), 9, "≈ 9 жаш"),
        (Birth(BirthPrecision.ESTIMATED, age=7, estimated_on=dt.date(2026, 1, 1)), 7, "≈ 7 жаш"),
        (Birth(BirthPrecision.ESTIMATED, age=7, estimated_on=dt.date(2025, 11, 22)), 8, "≈ 8 жаш"),
        (Birth(BirthPrecision.YEAR, year=2027), 0, "≈ 0 жаш"),
        (Birth(), None, ""),
    ],
)
def test_age_and_how_it_is_said(birth, age, said):
    with translation.override("ky"):
        assert (birth.age_on(TODAY), birth.age_in_words(TODAY)) == (age, said)


@pytest.mark.parametrize(
    ("birth", "said"),
    [
        (born(2017, 3, 14), "9 лет 8 месяцев"),
        (born(2025, 10, 14), "1 год 1 месяц"),
        (born(2024, 8, 14), "2 года 3 месяца"),
        (born(2026, 11, 21), "1 день"),
        (born(2005, 1, 1), "21 год"),
    ],
)
def test_age_in_russian_has_its_endings(birth, said):
    with translation.override("ru"):
        assert birth.age_in_words(TODAY) == said


@given(st.dates(dt.date(1900, 1, 1), TODAY), st.dates(dt.date(1900, 1, 1), TODAY))
def test_full_months_never_run_ahead_of_the_calendar(one, other):
    first, last = sorted((one, other))
    months = full_months(first, last)
    assert 0 <= months <= (last - first).days // 28 + 1
    assert full_months(first, first) == 0
    assert months == 0 or (last - first).days >= 28 * months
