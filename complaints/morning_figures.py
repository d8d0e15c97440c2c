"""Complaints counted: registered in a day, answered in time, late, how many working days it took (clauses 14 and 17).

Pure functions of rows, a calendar and a day; what is shown of them stands in complaints.morning.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from core.workdays import Calendar

MONTHS = 12
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Registered:
    """One registered complaint, as far as it is counted. ``settled_on``: registered, or kept in the book before that."""

    registered_on: dt.date
    settled_on: dt.date
    registration_due_on: dt.date
    answer_due_on: dt.date
    sent_on: dt.date | None
    is_open: bool
    office_id: int | None
    subject: str


@dataclass(frozen=True)
class Figures:
    """What is counted of some complaints.

    ``late``: answered after the day, or open past it. ``running``: open, the day to come. ``without``: withdrawn, or
    City Hall's, which have no answer. ``days``: the median of working days from registration to the sending; None
    where nothing was answered.
    """

    registered: int
    registered_in_time: int
    in_time: int
    late: int
    running: int
    without: int
    days: float | None

    @property
    def registered_share(self) -> int | None:
        """Percent registered within the term; None of none."""
        return _share(self.registered_in_time, self.registered)

    @property
    def answered_share(self) -> int | None:
        """Percent answered in time of those whose day has come or that are answered; None of none."""
        return _share(self.in_time, self.in_time + self.late)


def first_month(today: dt.date) -> dt.date:
    """The first day of the twelve months that end with the month of ``today``."""
    months = today.year * 12 + today.month - MONTHS
    return dt.date(months // 12, months % 12 + 1, 1)


def months_until(today: dt.date) -> list[dt.date]:
    """The first days of those twelve months, in order."""
    first = first_month(today)
    count = first.year * 12 + first.month - 1
    return [dt.date((count + n) // 12, (count + n) % 12 + 1, 1) for n in range(MONTHS)]


class WorkedDays:
    """Working days between two days of a span, each counted once however many complaints ask."""

    def __init__(self, first: dt.date, last: dt.date, calendar: Calendar) -> None:
        self._until: dict[dt.date, int] = {}
        count = 0
        for n in range((last - first).days + 1):
            day = first + _DAY * n
            count += calendar.is_working_day(day)
            self._until[day] = count

    def between(self, after: dt.date, until: dt.date) -> int:
        """After the one day, up to and with the other; both within the span."""
        return self._until[until] - self._until[after]


def figures_of(rows: Iterable[Registered], worked: WorkedDays, today: dt.date) -> Figures:
    counted: Sequence[Registered] = list(rows)
    sent = [(row, row.sent_on) for row in counted if row.sent_on is not None]
    in_time = sum(day <= row.answer_due_on for row, day in sent)
    unanswered = [row for row in counted if row.sent_on is None]
    overdue = sum(row.is_open and row.answer_due_on < today for row in unanswered)
    days = [worked.between(row.registered_on, day) for row, day in sent]
    return Figures(
        registered=len(counted),
        registered_in_time=sum(row.settled_on <= row.registration_due_on for row in counted),
        in_time=in_time,
        late=len(sent) - in_time + overdue,
        running=sum(row.is_open and row.answer_due_on >= today for row in unanswered),
        without=sum(not row.is_open for row in unanswered),
        days=median(days) if days else None,
    )


def _share(part: int, whole: int) -> int | None:
    """Whole percent, never rounded up to a hundred."""
    return part * 100 // whole if whole else None
