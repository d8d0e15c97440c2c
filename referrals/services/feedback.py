"""Telling whoever referred that it is received, taken up or not: asked, released by the head, sent (clause 11)."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from casework.enums import ReleaseForm, ReleaseStatus
from casework.models import CaseConflict, LegalGround, Release
from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import User
from offices.notices import tell
from offices.standing import people_in
from papers.models import Journal, PaperKind
from papers.numbers import take_number
from papers.services import issue_paper

from ..enums import FeedbackStatus
from ..models import Feedback, IncomingReferral
from ..permissions import can_ask_feedback, can_decide_feedback, can_send_feedback
from ..referral_papers import LETTER, feedback_paper


@transaction.atomic
def ask_feedback(
    referral: IncomingReferral, *, outcome: str, ground: LegalGround, actor: User
) -> Feedback:
    """Ask the head to let the answer go out; the heads are told."""
    found = (
        IncomingReferral.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .filter(pk=referral.pk)
        .first()
    )
    if found is None or not can_ask_feedback(actor, found):
        raise PermissionDenied
    if found.feedback.filter(status=FeedbackStatus.ASKED).exists():
        raise DomainError(_("An answer to this referral waits for the head already."))
    feedback = Feedback.objects.create(
        referral=found,
        outcome=outcome,
        ground=ground,
        requested_by=actor,
        requested_at=clock.now(),
    )
    _tell(people_in(found.office_id, Role.HEAD), "feedback_asked", feedback, actor)
    return feedback


@transaction.atomic
def grant_feedback(
    feedback: Feedback, *, ground: LegalGround, reason: str = "", actor: User
) -> Feedback:
    """The head lets it out: numbered, laid out once and kept, and written into the register of releases.

    The password has been asked by the caller.
    """
    found = _locked(feedback, can_decide_feedback, actor)
    at = clock.now()
    day = clock.local(at).date()
    referral = found.referral
    found.ground, found.decision_reason = ground, reason.strip()
    found.status, found.decided_by, found.decided_at = FeedbackStatus.GRANTED, actor, at
    found.number = take_number(referral.office, Journal.OUTGOING, on=day)
    found.paper = issue_paper(
        PaperKind.REFERRAL_FEEDBACK,
        office=referral.office,
        number=found.number,
        on=day,
        by=actor,
        template=LETTER,
        paper=feedback_paper(found, number=found.number, head=actor, on=day),
    )
    found.release = _registered(found, actor, at)
    found.version += 1
    found.save()
    _tell([found.requested_by], "feedback_granted", found, actor)
    return found


@transaction.atomic
def decline_feedback(feedback: Feedback, *, reason: str, actor: User) -> Feedback:
    """The head does not let it out, and says why."""
    found = _locked(feedback, can_decide_feedback, actor)
    if not reason.strip():
        raise DomainError(_("Say why it is not released."))
    found.status, found.decision_reason = FeedbackStatus.DECLINED, reason.strip()
    found.decided_by, found.decided_at = actor, clock.now()
    found.version += 1
    found.save()
    _tell([found.requested_by], "feedback_declined", found, actor)
    return found


@transaction.atomic
def send_feedback(feedback: Feedback, *, how: str, on: dt.date, actor: User) -> Feedback:
    """The day on which the answer left, and how; the register of releases says it too."""
    found = _locked(feedback, can_send_feedback, actor)
    decided = clock.local(found.decided_at).date() if found.decided_at else on
    if not decided <= on <= clock.today():
        raise DomainError(_("It is sent between the decision and today."))
    found.status, found.sent_on, found.sent_how, found.sent_by = FeedbackStatus.SENT, on, how, actor
    found.version += 1
    found.save()
    hand_over(found.release, to=found.referral.sender, on=on, actor=actor)
    return found


def hand_over(release: Release | None, *, to: str, on: dt.date, actor: User) -> None:
    """Let the register of releases say that what it lists has left."""
    if release is not None:
        release.handed_to, release.handed_on, release.handed_by = to[:200], on, actor
        release.version += 1
        release.save()


def _registered(feedback: Feedback, actor: User, at: dt.datetime) -> Release:
    referral = feedback.referral
    return Release.objects.create(
        office=referral.office,
        case=referral.case,
        form=ReleaseForm.FEEDBACK,
        number=feedback.number,
        recipient=referral.organisation,
        recipient_text=referral.sender_text,
        request_number=referral.document_number,
        request_on=referral.document_on,
        ground=feedback.ground,
        purpose=str(feedback.get_outcome_display()),
        requested_by=feedback.requested_by,
        requested_at=feedback.requested_at,
        status=ReleaseStatus.GRANTED,
        decided_by=actor,
        decided_at=at,
        decision_reason=feedback.decision_reason,
        paper=feedback.paper,
    )


def _locked(feedback: Feedback, allows: Callable[[User, Feedback], bool], actor: User) -> Feedback:
    rows = Feedback.objects.visible_to(actor).select_for_update(of=("self",))
    related = rows.select_related(
        "referral__office", "referral__organisation", "ground", "requested_by"
    )
    found = related.filter(pk=feedback.pk).first()
    if found is None:
        raise PermissionDenied
    if not allows(actor, found):
        if feedback.status != found.status:
            raise DomainError(_("This has been decided already. Look at it again."))
        raise PermissionDenied
    return found


def _tell(people: Iterable[User], kind: str, feedback: Feedback, by: User) -> None:
    shut = set(
        CaseConflict.objects.filter(case=feedback.referral.case_id, ended_at=None).values_list(
            "user", flat=True
        )
    )
    shut |= set(feedback.referral.conflicts.filter(ended_at=None).values_list("user", flat=True))
    told = [user for user in people if user.pk not in shut]
    tell(told, kind, by=by, number=feedback.referral.number, url=feedback.get_absolute_url())
