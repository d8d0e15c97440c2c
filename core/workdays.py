"""Working days of Kyrgyzstan: pure functions of dates, counts and a calendar; no clock and no database in them.

The package ``holidays`` knows the law and its decrees, working Saturdays among them; the administrator's own days go
before it. A result says whether it rests on days that nobody has confirmed.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

import holidays

_DAY = dt.timedelta(days=1)
# The Moon is seen a day or two before or after its estimate; dates that near depend on it.
_AIT_MARGIN = dt.timedelta(days=2)
# A calendar without a working day for this long is a mistake of whoever keeps it.
_LONGEST_REST = dt.timedelta(days=366)


@dataclass(frozen=True)
class DueOn:
    """A day counted out, and whether it rests on a year or an Ait date that nobody has confirmed."""

    day: dt.date
    is_provisional: bool


@dataclass(frozen=True)
class _Year:
    """One year as the package has it."""

    working: frozenset[dt.date]
    estimated: frozenset[dt.date]


@lru_cache(maxsize=64)
def _year(year: int) -> _Year:
    # In English, so that the word for an estimate is the same whatever the reader's language is.
    known = holidays.country_holidays("KG", years=year, language="en_US")
    days = (dt.date(year, 1, 1) + _DAY * n for n in range(366))
    return _Year(
        working=frozenset(d for d in days if d.year == year and known.is_working_day(d)),
        estimated=frozenset(d for d, name in known.items() if "estimated" in name),
    )


@dataclass(frozen=True)
class Calendar:
    """The days that count. ``own_days`` (day → is it worked?) go before the package; ``confirmed_years`` somebody has checked."""

    own_days: Mapping[dt.date, bool] = field(default_factory=dict)
    confirmed_years: frozenset[int] = frozenset()

    def is_working_day(self, day: dt.date) -> bool:
        own = self.own_days.get(day)
        return day in _year(day.year).working if own is None else own

    def open_questions(self, year: int) -> frozenset[dt.date]:
        """Ait days of ``year`` that are estimates still: the administrator's table says nothing of them."""
        return frozenset(d for d in _year(year).estimated if d not in self.own_days)

    def is_provisional(self, first: dt.date, last: dt.date) -> bool:
        """Whether what is counted between two days depends on an unconfirmed year or an estimated Ait date."""
        years = range(first.year, last.year + 1)
        if any(year not in self.confirmed_years for year in years):
            return True
        near = (first - _AIT_MARGIN, last + _AIT_MARGIN)
        return any(near[0] <= d <= near[1] for year in years for d in self.open_questions(year))

    def working_days_from(self, day: dt.date) -> Iterator[dt.date]:
        """The working days on and after ``day``. ``ValueError`` where a whole year has none."""
        last = day
        while True:
            if self.is_working_day(day):
                yield day
                last = day
            elif day - last > _LONGEST_REST:
                raise ValueError("The calendar has no working day for more than a year.")
            day += _DAY


def due_on(start: dt.date, count: int, calendar: Calendar, *, counts_first: bool = False) -> DueOn:
    """The last day of a term of ``count`` working days (1 or more) from ``start``.

    Day 1 is the first working day after ``start``; with ``counts_first`` it is ``start`` itself, where that is worked.
    """
    if count < 1:
        raise ValueError("A term has at least one working day.")
    days = calendar.working_days_from(start if counts_first else start + _DAY)
    day = next(day for n, day in enumerate(days, 1) if n == count)
    return DueOn(day, calendar.is_provisional(start, day))


def working_days_between(after: dt.date, until: dt.date, calendar: Calendar) -> int:
    """How many working days lie after the one day, up to and with the other; 0 where it is not later."""
    return sum(
        calendar.is_working_day(after + _DAY * n) for n in range(1, (until - after).days + 1)
    )


def days_left(today: dt.date, due: dt.date, calendar: Calendar) -> int:
    """Working days left until ``due``: 0 on the day itself, below zero when late (by one at least)."""
    if today > due:
        return -max(1, working_days_between(due, today, calendar))
    return working_days_between(today, due, calendar)


def soon_from(due: dt.date, amber_days: int, calendar: Calendar) -> dt.date:
    """The first day on which no more than ``amber_days`` working days are left until ``due``."""
    day, left = due, 0
    while True:
        left += calendar.is_working_day(day)
        if left > amber_days or due - day > _LONGEST_REST:
            return day
        day -= _DAY
