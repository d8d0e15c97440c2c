"""The two clocks of clause 17, counted from the standard in force on the day; what comes out is stored, never recomputed on read."""

import datetime as dt
from dataclasses import dataclass

from core.workdays import Calendar, due_on, soon_from
from offices.models import StandardVersion


@dataclass(frozen=True)
class RegistrationClock:
    """By when a paper that came in is to be registered."""

    due_on: dt.date
    is_provisional: bool


@dataclass(frozen=True)
class AnswerClock:
    """By when a registered complaint is to be answered, and from when that is soon."""

    due_on: dt.date
    soon_on: dt.date
    is_provisional: bool


def registration_clock(
    received_on: dt.date, standard: StandardVersion, calendar: Calendar
) -> RegistrationClock:
    """Working days after the day of receipt."""
    due = due_on(received_on, standard.complaint_registration_days, calendar)
    return RegistrationClock(due.day, due.is_provisional)


def answer_clock(
    registered_on: dt.date, standard: StandardVersion, calendar: Calendar
) -> AnswerClock:
    """Working days from registration; whether that day is day 1 is a setting of the standard."""
    due = due_on(
        registered_on,
        standard.complaint_answer_days,
        calendar,
        counts_first=standard.complaint_counts_first_day,
    )
    soon = soon_from(due.day, standard.complaint_amber_days, calendar)
    return AnswerClock(due.day, soon, due.is_provisional)
