"""State changes of the book's entries: written in, mended, settled, made a complaint.

Each locks the entry, checks permission (PermissionDenied) and state (DomainError, in words).
"""

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from casework.history import claim
from core import clock
from core.errors import DomainError
from offices.models import Office, User
from offices.standing import standing
from papers.models import Journal
from papers.numbers import take_number
from papers.uploads import CheckedFile

from ..book_permissions import (
    WRITING_ROLES,
    can_change_entry,
    can_make_complaint,
    can_settle_entry,
)
from ..enums import BookKind, BookOutcome
from ..models import BookEntry, Complaint
from .receiving import HandedIn, log_receipt


@transaction.atomic
def write_entry(
    *,
    office: Office,
    kind: str,
    text: str,
    written_on: dt.date,
    page: int | None = None,
    person_name: str = "",
    about_person: User | None = None,
    actor: User,
) -> BookEntry:
    """Type in what stands in the book of ``office``; its number in the book is taken last."""
    if office.pk not in standing(actor).offices(*WRITING_ROLES):
        raise PermissionDenied
    entry = BookEntry(office=office, entered_by=actor, entered_at=clock.now())
    _take_over(entry, kind, text, written_on, page, person_name, about_person)
    entry.number = take_number(office, Journal.BOOK, on=clock.today())
    entry.save()
    return entry


@transaction.atomic
def change_entry(
    entry: BookEntry,
    *,
    kind: str,
    text: str,
    written_on: dt.date,
    page: int | None = None,
    person_name: str = "",
    about_person: User | None = None,
    seen: int | None,
    actor: User,
) -> BookEntry:
    """Mend what was typed, as long as nothing was done about it."""
    entry = _locked(entry, actor, can_change_entry)
    claim(entry, seen, actor=actor)
    _take_over(entry, kind, text, written_on, page, person_name, about_person)
    entry.save()
    return entry


@transaction.atomic
def settle_entry(
    entry: BookEntry, *, outcome: str, done: str, done_on: dt.date, seen: int | None, actor: User
) -> BookEntry:
    """Write down that it was noted or answered, and what was done."""
    entry = _locked(entry, actor, can_settle_entry)
    claim(entry, seen, actor=actor)
    if outcome not in (BookOutcome.NOTED, BookOutcome.ANSWERED):
        raise DomainError(_("Say whether it was noted or answered."))
    if not done.strip():
        raise DomainError(_("Write what was done."))
    if not entry.written_on <= done_on <= clock.today():
        raise DomainError(_("It was done between the day of the entry and today."))
    entry.outcome, entry.done = outcome, done.strip()
    entry.done_on, entry.done_by = done_on, actor
    entry.save()
    return entry


@transaction.atomic
def make_complaint(
    entry: BookEntry, handed: HandedIn, *, scan: CheckedFile | None = None, actor: User
) -> Complaint:
    """It is received as a complaint of its office's book; the entry leads to it from now on."""
    entry = _locked(entry, actor, can_make_complaint)
    complaint = log_receipt(handed, office=_receiving_office(entry, actor), scan=scan, actor=actor)
    entry.complaint, entry.outcome = complaint, BookOutcome.RECEIVED
    entry.version += 1
    entry.save()
    return complaint


def _receiving_office(entry: BookEntry, actor: User) -> Office:
    """The book's own office; the city's registrar receives it at the city's department."""
    own = standing(actor).offices(*WRITING_ROLES)
    if entry.office_id in own:
        return entry.office
    return Office.objects.filter(pk__in=own).order_by("index")[:1].get()


def _take_over(
    entry: BookEntry,
    kind: str,
    text: str,
    written_on: dt.date,
    page: int | None,
    person_name: str,
    about_person: User | None,
) -> None:
    if kind not in BookKind.values:
        raise DomainError(_("Say what it is."))
    if not text.strip():
        raise DomainError(_("Type what is written in the book."))
    if written_on > clock.today():
        raise DomainError(_("It cannot have been written on a day to come."))
    entry.kind, entry.text, entry.written_on, entry.page = kind, text.strip(), written_on, page
    entry.person_name, entry.about_person = person_name.strip(), about_person


def _locked(entry: BookEntry, actor: User, allows: Callable[[User, BookEntry], bool]) -> BookEntry:
    rows = BookEntry.objects.visible_to(actor).select_for_update(of=("self",))
    found = rows.select_related("office").filter(pk=entry.pk).first()
    if found is None:
        raise PermissionDenied
    if not allows(actor, found):
        if found.version != entry.version:
            raise DomainError(_("This entry is not in that state any more. Look at it again."))
        raise PermissionDenied
    return found
