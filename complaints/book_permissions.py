"""What a person may do with the book of complaints and suggestions. docs/permissions.md has the table.

An entry that a predicate is asked about has come through ``BookEntry.objects.visible_to``.
"""

from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .enums import BookOutcome
from .models import BookEntry

WRITING_ROLES = (
    Role.OPERATOR,
    Role.CASEWORKER,
    Role.PSYCHOLOGIST,
    Role.LAWYER,
    Role.REGISTRAR,
    Role.HEAD,
    Role.CITY_HEAD,
)
KEEPING_ROLES = (Role.REGISTRAR, Role.HEAD, Role.CITY_HEAD)


def can_write_in_book(user: User) -> bool:
    """Everybody of an office who works with people."""
    return standing(user).has(*WRITING_ROLES)


def keeps_book(user: User, entry: BookEntry) -> bool:
    """The registrar and the head of its office, the city's registrar and head."""
    own = standing(user)
    if entry.office_id in own.offices(Role.REGISTRAR, Role.HEAD) or own.has(Role.CITY_HEAD):
        return True
    return own.is_city_registrar


def can_settle_entry(user: User, entry: BookEntry) -> bool:
    """Write down what was done, or mend what was written down."""
    return entry.outcome != BookOutcome.RECEIVED and keeps_book(user, entry)


def can_change_entry(user: User, entry: BookEntry) -> bool:
    """Mend the typing, until something was done: who typed it, and who keeps the book."""
    is_own = entry.entered_by_id == user.pk
    return entry.outcome == BookOutcome.WAITING and (is_own or keeps_book(user, entry))


def can_make_complaint(user: User, entry: BookEntry) -> bool:
    """Carry it into the receiving form of complaints: a registrar who keeps the book."""
    is_registrar = standing(user).has(Role.REGISTRAR)
    return entry.outcome == BookOutcome.WAITING and is_registrar and keeps_book(user, entry)


def can_export_book(user: User) -> bool:
    return standing(user).has(*KEEPING_ROLES)
