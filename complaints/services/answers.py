"""State changes of the answer: written, finished, approved, returned, signed, sent (clause 17).

Each locks the complaint, checks permission (PermissionDenied) and state (DomainError, in words), and tells whom it concerns.
"""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from casework.history import claim
from casework.services.conclusions import digest
from core import clock
from core.errors import ChangedMeanwhile, DomainError
from offices.models import Office, User
from papers.models import Journal, PaperKind
from papers.numbers import take_number
from papers.services import issue_paper

from ..enums import AnswerChannel, AnswerStatus, ComplaintState
from ..leadership import answering_office
from ..models import Answer, Complaint
from ..papers import ANSWER, answer_paper, own_language_missing, sent_paper, to_snapshot
from ..permissions import (
    can_approve_answer,
    can_consider_complaint,
    can_return_answer,
    can_send_answer,
    can_sign_answer,
)
from .steps import considering_people, leaders_of, locked, registrars_of, saved, tell_readers


@transaction.atomic
def write_answer(
    complaint: Complaint,
    *,
    text_ky: str,
    text_ru: str = "",
    text_other: str = "",
    seen: int | None = None,
    is_finished: bool = False,
    actor: User,
) -> Answer:
    """Keep the draft; ``is_finished`` hands it over to be approved. ``seen`` is the version that the page showed (None: none yet)."""
    complaint = locked(complaint, actor, can_consider_complaint)
    answer = Answer.objects.select_for_update(of=("self",)).filter(complaint=complaint).first()
    if answer is None:
        answer = Answer(complaint=complaint, written_by=actor)
    else:
        claim(answer, seen, actor=actor)
    answer.text_ky, answer.text_ru = text_ky.strip(), text_ru.strip()
    answer.text_other, answer.written_by = text_other.strip(), actor
    answer.submitted_at = clock.now() if is_finished else None
    if is_finished:
        _refuse_unfit(answer)
        answer.remark = ""
    answer.save()
    if is_finished:
        saved(complaint)
        tell_readers(leaders_of(complaint), "complaint_answer_to_approve", complaint, by=actor)
    return answer


@transaction.atomic
def approve_answer(complaint: Complaint, *, actor: User) -> Answer:
    """The leadership's word that this is the answer; what it lacks is refused here, not at the signature."""
    complaint = locked(complaint, actor, can_approve_answer)
    answer = _answer(complaint)
    _refuse_unfit(answer)
    answer.status, answer.approved_by, answer.approved_at = AnswerStatus.APPROVED, actor, clock.now()  # fmt: skip
    _changed(answer)
    saved(complaint)
    tell_readers(leaders_of(complaint), "complaint_answer_to_sign", complaint, by=actor)
    return answer


@transaction.atomic
def return_answer(complaint: Complaint, *, remark: str, actor: User) -> Answer:
    """Back to who considers it, with what is to be mended; approval and signature fall away, history keeps them."""
    complaint = locked(complaint, actor, can_return_answer)
    if not remark.strip():
        raise DomainError(_("Say what is to be mended."))
    answer = _answer(complaint)
    answer.status, answer.remark = AnswerStatus.DRAFT, remark.strip()
    answer.submitted_at = answer.approved_at = answer.signed_at = None
    answer.approved_by = answer.signed_by = answer.snapshot = None
    answer.text_sha256 = ""
    _changed(answer)
    saved(complaint)
    people = considering_people(complaint)
    tell_readers(people, "complaint_answer_returned", complaint, by=actor)
    return answer


@transaction.atomic
def sign_answer(complaint: Complaint, *, seen: str, actor: User) -> Answer:
    """Lock what will be printed. ``seen`` is :func:`answer_digest` of what the signer was shown; the caller asked the password."""
    complaint = locked(complaint, actor, can_sign_answer)
    answer = _answer(complaint)
    if answer_digest(answer) != seen:
        raise ChangedMeanwhile(
            _("The answer changed after this page was opened. Read it again, then sign.")
        )
    at = clock.now()
    paper = answer_paper(answer, signer=actor, on=clock.local(at).date())
    answer.status, answer.signed_by, answer.signed_at = AnswerStatus.SIGNED, actor, at
    answer.snapshot = to_snapshot(paper)
    answer.text_sha256 = digest(answer.snapshot)
    _changed(answer)
    saved(complaint)
    tell_readers(registrars_of(complaint), "complaint_answer_to_send", complaint, by=actor)
    return answer


@transaction.atomic
def send_answer(
    complaint: Complaint, *, channel: str, sent_on: dt.date, late_reason: str = "", actor: User
) -> Answer:
    """The clock stops: the letter gets its outgoing number and day, is laid out once from what was signed, and kept.

    Sent after its day, it asks why.
    """
    complaint = locked(complaint, actor, can_send_answer)
    answer = _answer(complaint)
    _refuse_unsendable(complaint, answer, channel, sent_on, late_reason)
    answer.status, answer.channel, answer.sent_on = AnswerStatus.SENT, channel, sent_on
    answer.sent_by, answer.late_reason = actor, late_reason.strip()
    complaint.state = ComplaintState.ANSWERED
    saved(complaint)
    office = _office(answer)
    answer.number = take_number(office, Journal.OUTGOING, on=sent_on)
    answer.paper = issue_paper(
        PaperKind.COMPLAINT_ANSWER,
        office=office,
        number=answer.number,
        on=sent_on,
        by=actor,
        template=ANSWER,
        paper=sent_paper(answer, number=answer.number, on=sent_on),
    )
    _changed(answer)
    people = [*leaders_of(complaint), *considering_people(complaint)]
    tell_readers(people, "complaint_answered", complaint, by=actor)
    return answer


def answer_digest(answer: Answer) -> str:
    """A digest of all that the answer would print, so that what is signed is what was seen."""
    return digest(to_snapshot(answer_paper(answer)))


def _answer(complaint: Complaint) -> Answer:
    """The complaint's answer with its row locked; the complaint in memory is the locked one."""
    answer = Answer.objects.select_for_update(of=("self",)).get(complaint=complaint)
    answer.complaint = complaint
    return answer


def _changed(answer: Answer) -> None:
    answer.version += 1
    answer.save()


def _office(answer: Answer) -> Office:
    if answer.signed_by is None:
        raise DomainError(_("The answer is not signed yet."))
    return answering_office(answer.complaint, answer.signed_by)


def _refuse_unfit(answer: Answer) -> None:
    complaint = answer.complaint
    open_points = [str(p.position) for p in complaint.points.all() if not p.finding]
    if open_points:
        raise DomainError(
            _("Nothing is found yet of point: %(points)s.") % {"points": ", ".join(open_points)}
        )
    if not answer.text_ky.strip():
        raise DomainError(_("Write the answer in Kyrgyz: it is the original."))
    if own_language_missing(answer):
        raise DomainError(_("Write the answer in the language of the complaint too."))


def _refuse_unsendable(
    complaint: Complaint, answer: Answer, channel: str, sent_on: dt.date, late_reason: str
) -> None:
    if answer.signed_at is None or digest(answer.snapshot) != answer.text_sha256:
        raise DomainError(_("The signed text does not match its seal. Tell the administrator."))
    signed_on = clock.local(answer.signed_at).date()
    if channel not in AnswerChannel.values:
        raise DomainError(_("Say how it was sent."))
    if not signed_on <= sent_on <= clock.today():
        raise DomainError(_("It was sent between the day of its signature and today."))
    is_late = complaint.answer_due_on is not None and sent_on > complaint.answer_due_on
    if is_late and not late_reason.strip():
        raise DomainError(_("It is sent after its day: say why."))
