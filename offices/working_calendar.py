"""The working calendar as it stands: the package's days under the administrator's own."""

import datetime as dt

from core import clock
from core.workdays import Calendar

from .models import CalendarDay, CalendarYear

# How far ahead the people who count days are warned of a year that nobody has confirmed.
LOOK_AHEAD = dt.timedelta(days=60)


def working_calendar() -> Calendar:
    """Read anew each time, two short queries: no process keeps a state of its own."""
    return Calendar(
        dict(CalendarDay.objects.values_list("day", "is_working")),
        frozenset(CalendarYear.objects.filter(is_confirmed=True).values_list("year", flat=True)),
    )


def years_in_doubt(calendar: Calendar) -> list[int]:
    """The years of the next 60 days that are unconfirmed or have an estimated Ait in those days."""
    today = clock.today()
    until = today + LOOK_AHEAD
    return [
        year
        for year in range(today.year, until.year + 1)
        if year not in calendar.confirmed_years
        or any(today <= day <= until for day in calendar.open_questions(year))
    ]
