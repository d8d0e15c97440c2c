"""Official dates and ages in both languages."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.dates import Age, age_on, ky_date, ky_date_of, ru_date, short_date

MONTHS = [
    (1, "2014-жылдын 16-январы", "2014-жылдын 16-январындагы", "«16» января 2014 года"),
    (2, "2008-жылдын 26-февралы", "2008-жылдын 26-февралындагы", "«26» февраля 2008 года"),
    (3, "2015-жылдын 10-марты", "2015-жылдын 10-мартындагы", "«10» марта 2015 года"),
    (4, "2013-жылдын 2-апрели", "2013-жылдын 2-апрелиндеги", "«02» апреля 2013 года"),
    (5, "2011-жылдын 27-майы", "2011-жылдын 27-майындагы", "«27» мая 2011 года"),
    (6, "2014-жылдын 4-июну", "2014-жылдын 4-июнундагы", "«04» июня 2014 года"),
    (7, "2008-жылдын 30-июлу", "2008-жылдын 30-июлундагы", "«30» июля 2008 года"),
    (8, "2020-жылдын 1-августу", "2020-жылдын 1-августундагы", "«01» августа 2020 года"),
    (9, "2017-жылдын 28-сентябры", "2017-жылдын 28-сентябрындагы", "«28» сентября 2017 года"),
    (10, "2013-жылдын 21-октябры", "2013-жылдын 21-октябрындагы", "«21» октября 2013 года"),
    (11, "2026-жылдын 22-ноябры", "2026-жылдын 22-ноябрындагы", "«22» ноября 2026 года"),
    (12, "2020-жылдын 14-декабры", "2020-жылдын 14-декабрындагы", "«14» декабря 2020 года"),
]


@pytest.mark.parametrize(("month", "ky", "ky_of", "ru"), MONTHS)
def test_date_is_written_as_papers_write_it(month, ky, ky_of, ru):
    year, day = int(ky[:4]), int(ky.split()[1].split("-")[0])
    date = dt.date(year, month, day)

    assert (ky_date(date), ky_date_of(date), ru_date(date)) == (ky, ky_of, ru)


@given(st.dates(min_value=dt.date(1900, 1, 1)))
def test_each_date_is_written_in_a_way_of_its_own(date):
    following = date + dt.timedelta(days=1) if date < dt.date.max else date - dt.timedelta(days=1)

    for written in (ky_date, ky_date_of, ru_date, short_date):
        assert written(date) != written(following)
        assert str(date.year) in written(date) and str(date.day) in written(date)
    assert dt.datetime.strptime(short_date(date), "%d.%m.%Y").date() == date  # noqa: DTZ007  a day has no zone


@pytest.mark.parametrize(
    ("birth", "on", "ky", "ru"),
    [
        ("2017-03-14", "2026-12-02", "9 жаш 8 ай", "9 лет 8 месяцев"),
        ("2017-03-14", "2026-03-13", "8 жаш 11 ай", "8 лет 11 месяцев"),
        ("2017-03-14", "2026-03-14", "9 жаш", "9 лет"),
        ("2025-03-14", "2026-04-14", "1 жаш 1 ай", "1 год 1 месяц"),
        ("2005-01-31", "2026-02-28", "21 жаш", "21 год"),
        ("2004-02-29", "2026-02-28", "21 жаш 11 ай", "21 год 11 месяцев"),
        ("2014-05-01", "2026-07-01", "12 жаш 2 ай", "12 лет 2 месяца"),
        ("2026-08-20", "2026-11-23", "3 ай", "3 месяца"),
        ("2026-11-01", "2026-11-23", "бир айга чейин", "меньше месяца"),
    ],
)
def test_age_is_full_years_and_months(birth, on, ky, ru):
    age = age_on(dt.date.fromisoformat(birth), dt.date.fromisoformat(on))

    assert (age.ky, age.ru) == (ky, ru)


@given(st.dates(), st.dates())
def test_age_is_the_greatest_that_the_calendar_allows(one, other):
    birth, on = sorted((one, other))
    age = age_on(birth, on)

    passed = (on.year - birth.year) * 12 + on.month - birth.month
    assert 0 <= age.months < 12
    assert age.years * 12 + age.months == passed - (1 if on.day < birth.day else 0)


def test_age_before_birth_is_refused():
    with pytest.raises(ValueError, match="Born after"):
        age_on(dt.date(2026, 1, 2), dt.date(2026, 1, 1))


def test_ages_read_right_in_russian_through_the_teens():
    assert [Age(n, 0).ru for n in (1, 2, 5, 11, 14, 21)] == [
        "1 год",
        "2 года",
        "5 лет",
        "11 лет",
        "14 лет",
        "21 год",
    ]
