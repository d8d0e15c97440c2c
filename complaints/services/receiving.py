"""From the paper on the counter to the register: received, kept as incomplete, registered and forwarded (clause 17).

Each locks the complaint, checks permission (PermissionDenied) and state (DomainError, in words), and tells whom it concerns.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from casework.history import claim
from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import Office, StandardVersion, User
from offices.standing import people_in, standing
from offices.working_calendar import working_calendar
from papers.attachments import attach
from papers.models import Journal, PaperKind
from papers.numbers import take_number
from papers.services import issue_paper
from papers.uploads import CheckedFile

from ..danger import signal
from ..deadlines import answer_clock, registration_clock
from ..enums import Channel, ComplaintLanguage, ComplaintState, Level, Particular
from ..leadership import city_office, forwarded_to, level_of
from ..models import Complaint, Forwarding, Point
from ..papers import RECEIPT, receipt_paper
from ..permissions import (
    RECEIVING_ROLES,
    can_acknowledge_forwarding,
    can_issue_receipt,
    can_register_complaint,
)
from .steps import locked, registrars_of, tell_readers

# A paper from the future, or from before the product's time, is a slip of the hand.
_OLDEST = dt.timedelta(days=366 * 3)


@dataclass(frozen=True)
class HandedIn:
    """What somebody handed in, as far as it is known: everything may be filled in later, at registration."""

    received_at: dt.datetime
    channel: str = Channel.IN_PERSON
    language: str = ComplaintLanguage.KYRGYZ
    other_language: str = ""
    complainant_name: str = ""
    complainant_address: str = ""
    complainant_phone: str = ""
    substance: str = ""
    subject: str = ""
    is_signed: bool = False
    dated_on: dt.date | None = None
    is_collective: bool = False
    about_office: Office | None = None
    about_person: User | None = None
    tells_of_danger: bool = False
    danger_what: str = ""
    danger_where: str = ""


@transaction.atomic
def log_receipt(
    handed: HandedIn, *, office: Office, scan: CheckedFile | None = None, actor: User
) -> Complaint:
    """Write down that a paper was handed in at ``office``; its registration's clock starts with the day of receipt.

    Tells the registrars. One that tells of danger to a child is a signal at once.
    """
    if office.pk not in standing(actor).offices(*RECEIVING_ROLES):
        raise PermissionDenied
    complaint = Complaint(received_office=office, received_by=actor)
    _take_over(complaint, handed)
    if scan is not None:
        complaint.scan = attach(scan, by=actor)
    complaint.save()
    tell_readers(registrars_of(complaint), "complaint_to_register", complaint, by=actor)
    _signal_danger(complaint, actor)
    return complaint


@transaction.atomic
def keep_incomplete(
    complaint: Complaint,
    handed: HandedIn,
    points: Sequence[str] = (),
    *,
    note: str,
    seen: int | None,
    scan: CheckedFile | None = None,
    actor: User,
) -> Complaint:
    """Keep a paper that lacks a required particular in the book, with what was done about it; no clock of an answer starts.

    It takes its place in the book of the office where it was handed in, once.
    """
    complaint = locked(complaint, actor, can_register_complaint)
    claim(complaint, seen, actor=actor)
    _take_over(complaint, handed)
    _keep_scan(complaint, scan, actor)
    if not complaint.missing:
        raise DomainError(_("Nothing is missing: register it."))
    if not note.strip():
        raise DomainError(_("Say what was done: who was told what is missing, and how."))
    complaint.state, complaint.incomplete_note = ComplaintState.INCOMPLETE, note.strip()
    complaint.kept_by, complaint.kept_at = actor, complaint.kept_at or clock.now()
    if not complaint.book_number:
        complaint.book_number = take_number(complaint.received_office, Journal.BOOK, on=clock.today())  # fmt: skip
    complaint.save()
    _set_points(complaint, points)
    _signal_danger(complaint, actor)
    return complaint


@transaction.atomic
def register_complaint(
    complaint: Complaint,
    handed: HandedIn,
    points: Sequence[str],
    *,
    seen: int | None,
    scan: CheckedFile | None = None,
    actor: User,
) -> Complaint:
    """Number it, start the answer's clock and forward it to the leadership of the city and of the office concerned.

    About the city's head it is City Hall's: written down as passed on. The number is taken last.
    """
    complaint = locked(complaint, actor, can_register_complaint)
    claim(complaint, seen, actor=actor)
    _take_over(complaint, handed)
    _keep_scan(complaint, scan, actor)
    claims = [text.strip() for text in points if text.strip()]
    _refuse_unfit(complaint, claims)
    at = clock.now()
    if at < complaint.received_at:
        raise DomainError(_("It cannot be registered before it was received."))
    _start_answer_clock(complaint, clock.local(at).date())
    complaint.registered_by, complaint.registered_at = actor, at
    complaint.registered_office = _registering_office(complaint, actor)
    to_city_hall = complaint.level == Level.CITY_HALL
    complaint.state = ComplaintState.PASSED_ON if to_city_hall else ComplaintState.REGISTERED
    complaint.number = take_number(
        complaint.registered_office, Journal.COMPLAINT, on=clock.local(at).date()
    )
    complaint.save()
    _set_points(complaint, claims)
    _forward(complaint, at, actor)
    _signal_danger(complaint, actor)
    return complaint


@transaction.atomic
def acknowledge_forwarding(forwarding: Forwarding, *, actor: User) -> Forwarding:
    """The leadership says that it has the complaint; for City Hall the registrar writes it down."""
    rows = Forwarding.objects.filter(complaint__in=Complaint.objects.visible_to(actor))
    found = rows.select_for_update(of=("self",)).filter(pk=forwarding.pk).first()
    if found is None:
        raise PermissionDenied
    if found.acknowledged_at is not None:
        raise DomainError(_("Somebody has acknowledged it already."))
    if not can_acknowledge_forwarding(actor, found):
        raise PermissionDenied
    found.acknowledged_by, found.acknowledged_at = actor, clock.now()
    found.save()
    return found


@transaction.atomic
def issue_receipt(complaint: Complaint, *, actor: User) -> Complaint:
    """The complainant's receipt, laid out once and kept."""
    complaint = locked(complaint, actor, can_issue_receipt)
    if complaint.registered_office is None or complaint.registered_on is None:
        raise DomainError(_("Only a registered complaint has a receipt."))
    complaint.receipt = issue_paper(
        PaperKind.COMPLAINT_RECEIPT,
        office=complaint.registered_office,
        number=complaint.number,
        on=complaint.registered_on,
        by=actor,
        template=RECEIPT,
        paper=receipt_paper(complaint),
    )
    complaint.version += 1
    complaint.save()
    return complaint


@transaction.atomic
def tell_danger(complaint: Complaint, *, what: str, where: str, actor: User) -> Complaint:
    """Somebody who reads it sees that a child is in danger: intake has it at once."""
    complaint = locked(complaint, actor, lambda user, found: True)
    if complaint.danger_told_at is not None:
        raise DomainError(_("The danger has been told already."))
    if not what.strip():
        raise DomainError(_("Say what the danger is."))
    complaint.tells_of_danger = True
    complaint.danger_what, complaint.danger_where = what.strip(), where.strip()
    complaint.version += 1
    complaint.save()
    _signal_danger(complaint, actor)
    return complaint


def _take_over(complaint: Complaint, handed: HandedIn) -> None:
    """Everything that was handed in, with what follows from it: the leadership concerned, the registration's clock."""
    now = clock.now()
    if handed.received_at > now or handed.received_at < now - _OLDEST:
        raise DomainError(_("Look at the day of receipt: it cannot be right."))
    before = complaint.received_at and clock.local(complaint.received_at).date()
    for field in fields(handed):
        value = getattr(handed, field.name)
        setattr(complaint, field.name, value.strip() if isinstance(value, str) else value)
    received_on = clock.local(handed.received_at).date()
    if handed.dated_on and handed.dated_on > received_on:
        raise DomainError(_("The date on the paper is later than the day it was received."))
    if handed.tells_of_danger and not handed.danger_what.strip():
        raise DomainError(_("Say what the danger is."))
    complaint.level = level_of(handed.about_office, handed.about_person)
    # Counted once; again only where the day of receipt itself was mended.
    if complaint.registration_due_on is None or received_on != before:
        standard = StandardVersion.objects.in_force(received_on)
        due = registration_clock(received_on, standard, working_calendar())
        complaint.standard, complaint.registration_due_on = standard, due.due_on
        complaint.registration_is_provisional = due.is_provisional


def _refuse_unfit(complaint: Complaint, claims: list[str]) -> None:
    if complaint.missing:
        named = ", ".join(str(Particular(name).label) for name in complaint.missing)
        raise DomainError(
            _("It cannot be registered as a complaint: missing is %(what)s. Keep it in the book.")
            % {"what": named}
        )
    if complaint.about_office is None:
        raise DomainError(_("Say which office it is about: its leadership gets it."))
    if not claims:
        raise DomainError(_("Write down what is claimed, point by point."))


def _start_answer_clock(complaint: Complaint, on: dt.date) -> None:
    standard = StandardVersion.objects.in_force(on)
    due = answer_clock(on, standard, working_calendar())
    complaint.standard, complaint.registered_on = standard, on
    complaint.answer_due_on, complaint.answer_soon_on = due.due_on, due.soon_on
    complaint.answer_is_provisional = due.is_provisional


def _registering_office(complaint: Complaint, actor: User) -> Office:
    """The office whose registrar it is; of two, the one that has the paper."""
    if complaint.received_office_id in standing(actor).offices(Role.REGISTRAR):
        return complaint.received_office
    return city_office()


def _set_points(complaint: Complaint, texts: Sequence[str]) -> None:
    """The points of claim as they were typed; before anything is found of them they may be typed again."""
    kept = {point.position: point for point in complaint.points.all()}
    claims = [text.strip() for text in texts if text.strip()]
    for position, text in enumerate(claims, 1):
        point = kept.pop(position, None) or Point(complaint=complaint, position=position)
        if point.text != text:
            point.text = text
            point.save()
    for point in kept.values():
        point.delete()


def _keep_scan(complaint: Complaint, scan: CheckedFile | None, actor: User) -> None:
    if scan is not None:
        complaint.scan = attach(scan, by=actor)


def _forward(complaint: Complaint, at: dt.datetime, actor: User) -> None:
    for office in forwarded_to(complaint):
        Forwarding.objects.create(complaint=complaint, office=office, forwarded_at=at)
        if office is not None:
            leaders = people_in(office.pk, Role.HEAD, Role.CITY_HEAD)
            tell_readers(leaders, "complaint_forwarded", complaint, by=actor)


def _signal_danger(complaint: Complaint, actor: User) -> None:
    """Once, as soon as the paper says it."""
    if complaint.tells_of_danger and complaint.danger_told_at is None:
        complaint.danger_told_at = clock.now()
        complaint.save()
        signal(complaint, actor=actor)
