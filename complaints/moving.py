"""The complaints' stored due dates, offered to the calendar's keeper: what would move, and moving it (offices.due_dates)."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import acting_as
from core.workdays import Calendar
from offices.due_dates import DueDates, Moves, register_due_dates
from offices.models import User

from .deadlines import AnswerClock, answer_clock, registration_clock
from .models import Complaint
from .services.steps import (
    considering_people,
    nearest_leaders_of,
    registrars_of,
    tell_readers,
)


def register() -> None:
    register_due_dates(DueDates("complaint_registration", _("Complaints: registration"), _count_registrations, _move_registrations))  # fmt: skip
    register_due_dates(DueDates("complaint_answer", _("Complaints: answer"), _count_answers, _move_answers))  # fmt: skip


def _registrations(calendar: Calendar) -> Iterator[tuple[Complaint, dt.date, bool]]:
    """Waiting complaints whose stored clock differs from the calendar's: the row, its new day, whether it is provisional."""
    for row in Complaint.objects.to_register().select_related("standard"):
        received_on = clock.local(row.received_at).date()
        due = registration_clock(received_on, row.standard, calendar)
        if (due.due_on, due.is_provisional) != (row.registration_due_on, row.registration_is_provisional):  # fmt: skip
            yield row, due.due_on, due.is_provisional


def _count_registrations(calendar: Calendar) -> Moves:
    return _summed((row.registration_due_on, day) for row, day, _p in _registrations(calendar))


def _move_registrations(calendar: Calendar, actor: User) -> Moves:
    days = []
    with acting_as(actor):
        for row, day, is_provisional in _registrations(calendar):
            row = Complaint.objects.select_for_update(of=("self",)).get(pk=row.pk)
            days.append((row.registration_due_on, day))
            row.registration_due_on, row.registration_is_provisional = day, is_provisional
            row.save()
            _tell(row, days[-1], registrars_of(row), actor)
    return _summed(days)


def _answers(calendar: Calendar) -> Iterator[tuple[Complaint, AnswerClock]]:
    for row in Complaint.objects.open().select_related("standard"):
        if row.registered_on is None:
            continue
        due = answer_clock(row.registered_on, row.standard, calendar)
        stored = (row.answer_due_on, row.answer_soon_on, row.answer_is_provisional)
        if (due.due_on, due.soon_on, due.is_provisional) != stored:
            yield row, due


def _count_answers(calendar: Calendar) -> Moves:
    return _summed((row.answer_due_on, due.due_on) for row, due in _answers(calendar))


def _move_answers(calendar: Calendar, actor: User) -> Moves:
    days = []
    with acting_as(actor):
        for row, due in _answers(calendar):
            row = Complaint.objects.select_for_update(of=("self",)).get(pk=row.pk)
            days.append((row.answer_due_on, due.due_on))
            row.answer_due_on, row.answer_soon_on = due.due_on, due.soon_on
            row.answer_is_provisional = due.is_provisional
            row.save()
            _tell(row, days[-1], considering_people(row), actor)
    return _summed(days)


def _tell(
    row: Complaint, days: tuple[dt.date | None, dt.date], holders: list[User], by: User
) -> None:
    """Whoever plans by the day, and the nearest leadership, learn of each complaint whose day is another now."""
    if days[0] != days[1]:
        people = {person.pk: person for person in (*holders, *nearest_leaders_of(row))}
        tell_readers(people.values(), "complaint_due_moved", row, by=by)


def _summed(days: Iterable[tuple[dt.date | None, dt.date]]) -> Moves:
    pairs = [(old, new) for old, new in days if old is not None]
    return Moves(
        earlier=sum(new < old for old, new in pairs),
        later=sum(new > old for old, new in pairs),
        certainty=sum(new == old for old, new in pairs),
    )
