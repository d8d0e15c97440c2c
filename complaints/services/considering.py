"""State changes while a complaint is considered: by whom, what was found, explanations, measures, conflicts of interest.

Each locks the complaint, checks permission (PermissionDenied) and state (DomainError, in words), and tells whom it concerns.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from casework.services.conflicts import end_written_conflict, write_conflict
from core import clock
from core.errors import DomainError
from offices.models import User
from offices.notices import tell
from papers.attachments import attach
from papers.uploads import CheckedFile

from ..enums import ComplaintState, Finding
from ..leadership import may_be_given
from ..models import (
    Complaint,
    ComplaintConflict,
    Considering,
    Explanation,
    Measure,
    Point,
    PointEvidence,
)
from ..permissions import (
    can_ask_explanation,
    can_check_measure,
    can_consider_complaint,
    can_declare_conflict_of_others,
    can_set_considering,
)
from .steps import considering_people, leaders_of, locked, saved, tell_readers


@transaction.atomic
def set_considering(
    complaint: Complaint, person: User, *, reason: str = "", actor: User
) -> Complaint:
    """The leadership gives it to ``person``; a turn before is ended and kept, and wants a reason."""
    complaint = locked(complaint, actor, can_set_considering)
    if person.pk == complaint.about_person_id:
        raise DomainError(_("A complaint is never considered by the person it is about."))
    if person not in may_be_given(complaint, actor):
        raise DomainError(_("This person may not consider it. Choose somebody from the list."))
    if complaint.considered_by_id == person.pk:
        raise DomainError(_("This person considers it already."))
    before = complaint.turns.filter(ended_at=None).first()
    if before is not None:
        if not reason.strip():
            raise DomainError(_("Say why somebody else considers it now."))
        before.ended_at = clock.now()
        before.save()
    Considering.objects.create(
        complaint=complaint, person=person, reason=reason.strip(), set_by=actor, set_at=clock.now()
    )
    complaint.considered_by, complaint.state = person, ComplaintState.CONSIDERED
    saved(complaint)
    tell_readers(considering_people(complaint), "complaint_to_consider", complaint, by=actor)
    return complaint


@transaction.atomic
def record_finding(
    point: Point,
    *,
    finding: str,
    evidence: str,
    files: Iterable[CheckedFile] = (),
    actor: User,
) -> Point:
    """What was found of one point, and what it rests on."""
    locked(point.complaint, actor, can_consider_complaint)
    point = Point.objects.select_for_update(of=("self",)).get(pk=point.pk)
    if finding not in Finding.values:
        raise DomainError(_("Choose what was found."))
    if not evidence.strip():
        raise DomainError(_("Say what the finding rests on."))
    point.finding, point.evidence = finding, evidence.strip()
    point.found_by, point.found_at = actor, clock.now()
    point.save()
    for file in files:
        PointEvidence.objects.create(point=point, file=attach(file, by=actor))
    return point


@transaction.atomic
def ask_explanation(
    complaint: Complaint, person: User, *, question: str, actor: User
) -> Explanation:
    """The leadership puts points to a person, in its own words; they see these words and nothing else."""
    complaint = locked(complaint, actor, can_ask_explanation)
    if not question.strip():
        raise DomainError(_("Write what you ask the person."))
    asked = Explanation.objects.create(
        complaint=complaint,
        person=person,
        question=question.strip(),
        asked_by=actor,
        asked_at=clock.now(),
    )
    tell([person], "explanation_asked", by=actor, url=_explanation_url(asked))
    return asked


@transaction.atomic
def give_explanation(explanation: Explanation, *, text: str, actor: User) -> Explanation:
    """The asked person's own words, once. Tells who considers it and the leadership."""
    found = Explanation.objects.select_for_update(of=("self",)).get(pk=explanation.pk)
    if found.person_id != actor.pk:
        raise PermissionDenied
    if found.given_at is not None:
        raise DomainError(_("You have given this explanation already."))
    if not text.strip():
        raise DomainError(_("Write your explanation."))
    found.text, found.given_at = text.strip(), clock.now()
    found.save()
    complaint = found.complaint
    readers = [*leaders_of(complaint), *considering_people(complaint)]
    tell_readers(readers, "explanation_given", complaint, by=actor)
    return found


@transaction.atomic
def set_measure(
    complaint: Complaint, *, text: str, who: str, due_on: dt.date, actor: User
) -> Measure:
    """What is to be done, by whom, by when; the check comes to My day on that day."""
    complaint = locked(complaint, actor, can_consider_complaint)
    if not text.strip() or not who.strip():
        raise DomainError(_("Say what is to be done, and who does it."))
    return Measure.objects.create(
        complaint=complaint,
        text=text.strip(),
        who=who.strip(),
        due_on=due_on,
        set_by=actor,
        set_at=clock.now(),
    )


@transaction.atomic
def check_measure(
    measure: Measure, *, done_on: dt.date | None, result: str, actor: User
) -> Measure:
    """Write down what was seen: carried out on a day, or not carried out (no day)."""
    rows = Measure.objects.filter(complaint__in=Complaint.objects.visible_to(actor))
    found = rows.select_for_update(of=("self",)).filter(pk=measure.pk).first()
    if found is None:
        raise PermissionDenied
    if found.checked_at is not None:
        raise DomainError(_("Somebody has checked it already."))
    if not can_check_measure(actor, found):
        raise PermissionDenied
    if not result.strip():
        raise DomainError(_("Write what was seen."))
    if done_on and done_on > clock.today():
        raise DomainError(_("It cannot have been carried out on a day to come."))
    found.done_on, found.result = done_on, result.strip()
    found.checked_by, found.checked_at = actor, clock.now()
    found.save()
    return found


@transaction.atomic
def declare_conflict(
    complaint: Complaint, user: User, reason: str, *, actor: User
) -> ComplaintConflict:
    """Shut somebody out (clause 10): oneself, or as the leadership anybody. Who considered it does so no more."""
    is_own = user.pk == actor.pk
    allows = can_declare_conflict_of_others
    complaint = locked(complaint, actor, (lambda who, found: True) if is_own else allows)
    conflict: ComplaintConflict = write_conflict(complaint, user, reason, actor=actor)
    if complaint.considered_by_id == user.pk and complaint.is_open:
        _take_away(complaint)
        tell_readers(leaders_of(complaint), "complaint_conflict", complaint, by=actor)
    return conflict


@transaction.atomic
def end_conflict(conflict_id: UUID, complaint: Complaint, *, actor: User) -> ComplaintConflict:
    """The leadership lets somebody see it again. Who considered it before does not do so again by this."""
    complaint = locked(complaint, actor, can_declare_conflict_of_others)
    conflict: ComplaintConflict = end_written_conflict(complaint, conflict_id)
    return conflict


def _take_away(complaint: Complaint) -> None:
    """It waits for another person; what was written stays, and is theirs to go on with."""
    turn = complaint.turns.filter(ended_at=None).first()
    if turn is not None:
        turn.ended_at = clock.now()
        turn.save()
    complaint.considered_by, complaint.state = None, ComplaintState.REGISTERED
    saved(complaint)


def _explanation_url(explanation: Explanation) -> str:
    from django.urls import reverse

    return reverse("complaints:explain", args=[explanation.pk])
