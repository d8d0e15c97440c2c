"""What may follow or stand beside a complaint: appeals, withdrawal, City Hall's word, links, the case it belongs to.

Each locks the complaint, checks permission (PermissionDenied) and state (DomainError, in words).
"""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casework.models import Case
from core import clock
from core.errors import DomainError
from offices.models import User

from ..enums import AppealBody, AppealOutcome, ComplaintState
from ..models import AppealStep, Complaint, ComplaintLink
from ..permissions import (
    can_link_complaints,
    can_note_case,
    can_record_appeal,
    can_record_city_hall,
    can_withdraw_complaint,
)
from .steps import considering_people, leaders_of, locked, saved, tell_readers


@transaction.atomic
def record_appeal(
    complaint: Complaint, *, body: str, filed_on: dt.date, reference: str = "", actor: User
) -> AppealStep:
    """An appeal that became known: to City Hall, then to court."""
    complaint = locked(complaint, actor, can_record_appeal)
    if body not in AppealBody.values:
        raise DomainError(_("Say where the appeal went."))
    if filed_on > clock.today():
        raise DomainError(_("The appeal cannot have been filed on a day to come."))
    if complaint.registered_on and filed_on < complaint.registered_on:
        raise DomainError(_("The appeal cannot be older than the complaint."))
    step = AppealStep.objects.create(
        complaint=complaint,
        body=body,
        filed_on=filed_on,
        reference=reference.strip(),
        recorded_by=actor,
        recorded_at=clock.now(),
    )
    tell_readers(leaders_of(complaint), "complaint_appealed", complaint, by=actor)
    return step


@transaction.atomic
def record_outcome(
    step: AppealStep, *, outcome: str, decided_on: dt.date, followed: str = "", actor: User
) -> AppealStep:
    """How the appeal was decided, and what followed."""
    locked(step.complaint, actor, can_record_appeal)
    found = AppealStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    if found.outcome != AppealOutcome.PENDING:
        raise DomainError(_("The outcome is written down already."))
    if outcome not in AppealOutcome.values or outcome == AppealOutcome.PENDING:
        raise DomainError(_("Choose the outcome."))
    if not found.filed_on <= decided_on <= clock.today():
        raise DomainError(_("It was decided between the day it was filed and today."))
    found.outcome, found.decided_on, found.followed = outcome, decided_on, followed.strip()
    found.save()
    return found


@transaction.atomic
def withdraw_complaint(complaint: Complaint, *, on: dt.date, note: str, actor: User) -> Complaint:
    """The person took it back: when, and how they said so. Findings and measures stay."""
    complaint = locked(complaint, actor, can_withdraw_complaint)
    if not note.strip():
        raise DomainError(_("Say how the person took it back."))
    received_on = clock.local(complaint.received_at).date()
    if not received_on <= on <= clock.today():
        raise DomainError(_("It was withdrawn between the day of receipt and today."))
    complaint.state, complaint.withdrawn_on = ComplaintState.WITHDRAWN, on
    complaint.withdrawal_note = note.strip()
    saved(complaint)
    people = [*leaders_of(complaint), *considering_people(complaint)]
    tell_readers(people, "complaint_withdrawn", complaint, by=actor)
    return complaint


@transaction.atomic
def record_city_hall(complaint: Complaint, *, note: str, actor: User) -> Complaint:
    """What City Hall said of a complaint about the city's head, which it considers itself."""
    complaint = locked(complaint, actor, can_record_city_hall)
    if not note.strip():
        raise DomainError(_("Write what City Hall said, with its number and day."))
    complaint.passed_on_note = note.strip()
    return saved(complaint)


@transaction.atomic
def link_complaints(complaint: Complaint, number: str, *, kind: str, actor: User) -> ComplaintLink:
    """Join it to another, named by its number, that the person may see too."""
    complaint = locked(complaint, actor, can_link_complaints)
    seen = Complaint.objects.visible_to(actor).exclude(pk=complaint.pk)
    other = seen.filter(Q(number=number.strip()) | Q(book_number=number.strip())).first()
    if other is None or not number.strip():
        raise DomainError(_("No other complaint with this number is known to you."))
    pair = Q(one=complaint, other=other) | Q(one=other, other=complaint)
    if ComplaintLink.objects.filter(pair).exists():
        raise DomainError(_("These two are joined already."))
    return ComplaintLink.objects.create(
        one=complaint, other=other, kind=kind, linked_by=actor, linked_at=clock.now()
    )


@transaction.atomic
def note_case(complaint: Complaint, number: str, *, actor: User) -> Complaint:
    """Write down to which case it belongs. Only a case that the person may know of; nobody gets into it by this."""
    complaint = locked(complaint, actor, can_note_case)
    case = Case.objects.visible_to(actor).filter(number=number.strip()).first()
    if number.strip() and case is None:
        raise DomainError(_("No case with this number is known to you."))
    complaint.case = case
    return saved(complaint)


def find_step(actor: User, pk: str) -> AppealStep:
    """The step of a complaint that ``actor`` may see."""
    found = AppealStep.objects.filter(complaint__in=Complaint.objects.visible_to(actor), pk=pk)
    step = found.select_related("complaint").first()
    if step is None:
        raise PermissionDenied
    return step
