"""By when a reply to an outgoing referral is awaited: no law says so, the office suggests ten working days."""

import datetime as dt

from core.workdays import DueOn, days_left, due_on
from offices.working_calendar import working_calendar

SUGGESTED_DAYS = 10
# A reply this many working days off is said as soon due.
SOON_DAYS = 2


def suggested_reply_day(sent_on: dt.date) -> DueOn:
    """The tenth working day after the sending; provisional where it rests on an unconfirmed year."""
    return due_on(sent_on, SUGGESTED_DAYS, working_calendar())


def working_days_left(due: dt.date, today: dt.date) -> int:
    """0 on the day itself, below zero when late."""
    return days_left(today, due, working_calendar())
