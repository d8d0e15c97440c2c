"""Numbers of registered papers: ``{index}-{seq:04d}/{yy}``, one gapless series per office, journal and year."""

import datetime as dt

from django.db import connection, transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from offices.models import Office

from .models import Journal, JournalIndex

# An office that has no index of its own for a journal adds the journal's digit to the office's: 04.3-0127/26.
# Digits, because they are typed on any keyboard and read out on any phone.
_DIGITS = {
    Journal.CASE: 1,
    Journal.APPLICATION: 2,
    Journal.CONCLUSION: 3,
    Journal.OUTGOING: 4,
    Journal.RELEASE: 5,
    Journal.COMPLAINT: 6,
    Journal.CALL: 7,
    Journal.INCOMING: 8,
    Journal.VISIT: 9,
    Journal.BOOK: 10,
    Journal.RAID: 11,
}

# No target: a row that anybody else is just inserting, under either constraint, is waited for.
_BEGIN = """
INSERT INTO papers_numberseries (office_id, journal, year, index, last) VALUES (%s, %s, %s, %s, 0)
ON CONFLICT DO NOTHING
"""
# Locks the row until the transaction ends: a rollback gives the number back, so nothing is skipped.
_TAKE = """
UPDATE papers_numberseries SET last = last + 1 WHERE office_id = %s AND journal = %s AND year = %s
RETURNING index, last
"""


def take_number(office: Office, journal: str, *, on: dt.date) -> str:
    """The next number of the office's journal in the year of ``on``.

    Call it last in the transaction that stores the number: everybody else who numbers in that journal waits until the
    transaction ends. Raises ``TransactionManagementError`` outside one, ``DomainError`` where another journal
    already numbers with the same index this year.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A number is taken inside a transaction.")
    series = (office.pk, Journal(journal).value, on.year)
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [*series, index_of(office, journal)])
        cursor.execute(_TAKE, series)
        taken = cursor.fetchone()
    if taken is None:
        raise DomainError(
            _(
                "Another journal already uses this number index this year. Ask the administrator to give the journal an index of its own; nothing was registered."
            )
        )
    index, last = taken
    return f"{index}-{last:04d}/{on.year % 100:02d}"


def index_of(office: Office, journal: str) -> str:
    """What begins the numbers of a series that starts now."""
    own = JournalIndex.objects.filter(office=office, journal=journal).values_list(
        "index", flat=True
    )
    return own.first() or f"{office.index}.{_DIGITS[Journal(journal)]}"
