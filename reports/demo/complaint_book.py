"""The demo's books on the counters: three years of suggestions, thanks and complaints not in form, and papers kept as incomplete."""

import datetime as dt
from random import Random
from typing import Any

from django.utils import timezone

from complaints.enums import BookKind, BookOutcome, Channel
from complaints.models import BookEntry
from complaints.services import receiving
from core import clock
from core.history import acting_as
from offices.models import Office, User
from papers.models import Journal

from .complaint_rows import RunOfNumbers
from .complaint_texts import BOOK, INCOMPLETE, MATTERS
from .complaint_years import CODES
from .names import House

ENTRIES, INCOMPLETE_ONES = 110, 9
WRITERS = ("operator", "caseworker", "registrar", "registrar")
FEW_DAYS = 4


def load_book(first: dt.date, last: dt.date) -> int:
    """Fill the books from the one day to the other; how many entries there are then."""
    rng = Random(99)
    offices = {office.code: office for office in Office.objects.all()}
    users = {user.username: user for user in User.objects.all()}
    span = (last - first).days
    days = sorted(first + dt.timedelta(days=rng.randrange(span)) for _ in range(ENTRIES))
    incomplete = set(rng.sample(range(ENTRIES), INCOMPLETE_ONES))
    made, numbers = [], RunOfNumbers()
    for n, day in enumerate(days):
        code = rng.choice(CODES)
        if n in incomplete:
            numbers.settle()
            _keep_incomplete(rng, day, offices[code], users[f"registrar.{code}"])
        role = rng.choice([r for r in WRITERS if f"{r}.{code}" in users])
        entry = _entry(rng, day, offices[code], users[f"{role}.{code}"], users[f"registrar.{code}"], last)  # fmt: skip
        entry.number = numbers.take(offices[code], Journal.BOOK, on=day)
        made.append(entry)
    numbers.settle()
    BookEntry.objects.bulk_create(made)
    BookEntry.history.bulk_history_create(made)  # type: ignore[attr-defined]  # simple-history's manager
    return len(made)


def _entry(
    rng: Random, day: dt.date, office: Office, writer: User, registrar: User, last: dt.date
) -> BookEntry:
    kind, text, done = rng.choice(BOOK)
    at = _at(day, 16)
    entry = BookEntry(
        office=office,
        kind=kind,
        text=text,
        written_on=day - dt.timedelta(days=rng.randrange(0, 3)),
        page=rng.randrange(1, 96),
        person_name=House(rng).mother().given if rng.random() < 0.5 else "",
        entered_by=writer,
        entered_at=at,
    )
    done_on = day + dt.timedelta(days=rng.randrange(1, FEW_DAYS))
    if done_on <= last - dt.timedelta(days=FEW_DAYS * 3):
        answered = kind != BookKind.THANKS and rng.random() < 0.3
        entry.outcome = BookOutcome.ANSWERED if answered else BookOutcome.NOTED
        entry.done, entry.done_on, entry.done_by = done, done_on, registrar
    _mark(entry, writer, at)
    return entry


def _mark(entry: Any, by: User, at: dt.datetime) -> None:
    entry._history_user, entry._history_date = by, at


def _keep_incomplete(rng: Random, day: dt.date, office: Office, registrar: User) -> None:
    """A paper without a signature, or without an address and a phone."""
    at, matter = _at(day, 10), rng.choice(MATTERS)
    is_signed = rng.random() < 0.5
    handed = receiving.HandedIn(
        received_at=at,
        channel=Channel.IN_PERSON,
        complainant_name=House(rng).father().surname,
        complainant_address="" if is_signed else "Бишкек ш.",
        complainant_phone="" if is_signed else "0700 00 44 19",
        substance=matter.substance[0],
        subject=matter.subject,
        is_signed=is_signed,
        about_office=office,
    )
    with clock.moved_to(at + dt.timedelta(hours=1)), acting_as(registrar):
        complaint = receiving.log_receipt(handed, office=office, actor=registrar)
        receiving.keep_incomplete(complaint, handed, note=INCOMPLETE, seen=0, actor=registrar)


def _at(day: dt.date, hour: int) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))
