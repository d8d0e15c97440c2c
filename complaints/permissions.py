"""What a person may do with a complaint. docs/permissions.md has the table.

A complaint that a predicate is asked about has come through ``Complaint.objects.visible_to``, which keeps out whom it
is about and who declared a conflict of interest.
"""

from offices.enums import OfficeKind, Role
from offices.models import User
from offices.standing import standing

from .enums import OPEN_STATES, AnswerStatus, ComplaintState, Level
from .models import Answer, Complaint, Forwarding, Measure

RECEIVING_ROLES = (Role.REGISTRAR, Role.OPERATOR, Role.CASEWORKER, Role.HEAD, Role.CITY_HEAD)
# Who may know of cases at all; the rest would only learn by guessing which numbers exist.
CASE_ROLES = (Role.OPERATOR, Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD)
LIST_ROLES = (Role.REGISTRAR, Role.HEAD, Role.CITY_HEAD)
_UNREGISTERED = (ComplaintState.RECEIVED, ComplaintState.INCOMPLETE)


def answer_of(complaint: Complaint) -> Answer | None:
    found: Answer | None = getattr(complaint, "answer", None)
    return found


def can_receive_complaint(user: User) -> bool:
    """Log that a paper was handed in, at any office."""
    return standing(user).has(*RECEIVING_ROLES)


def keeps(user: User, complaint: Complaint) -> bool:
    """As a registrar: of an office it was received, registered or complained of in, or of the city."""
    own = standing(user)
    offices = (
        complaint.received_office_id,
        complaint.registered_office_id,
        complaint.about_office_id,
    )
    if own.offices(Role.REGISTRAR) & {office for office in offices if office}:
        return True
    return own.is_city_registrar


def leads(user: User, complaint: Complaint) -> bool:
    """As the leadership concerned: the city's head, or the head of the office where it is not about one."""
    own = standing(user)
    if complaint.level == Level.CITY_HALL:
        return False
    heads = complaint.about_office_id in own.offices(Role.HEAD)
    return own.has(Role.CITY_HEAD) or (heads and complaint.level == Level.OFFICE)


def considers(user: User, complaint: Complaint) -> bool:
    """Whom it was given to, or whoever stands in for them and works below nobody it is about."""
    if complaint.considered_by_id is None:
        return False
    if complaint.considered_by_id == user.pk:
        return True
    own, office = standing(user), complaint.about_office
    is_below = (
        complaint.level != Level.OFFICE
        and office is not None
        and office.kind != OfficeKind.CITY
        and office.pk in own.offices()
    )
    return complaint.considered_by_id in own.absent and not is_below


def can_register_complaint(user: User, complaint: Complaint) -> bool:
    """The registrar of the office where it was handed in, or of the city."""
    if complaint.state not in _UNREGISTERED:
        return False
    own = standing(user)
    if complaint.received_office_id in own.offices(Role.REGISTRAR):
        return True
    return own.is_city_registrar


def can_acknowledge_forwarding(user: User, forwarding: Forwarding) -> bool:
    """The leadership that it went to; for City Hall the registrar writes it down."""
    if forwarding.acknowledged_at is not None:
        return False
    own = standing(user)
    if forwarding.office is None:
        return keeps(user, forwarding.complaint)
    return forwarding.office_id in own.offices(Role.HEAD, Role.CITY_HEAD)


def can_set_considering(user: User, complaint: Complaint) -> bool:
    """The leadership, until an answer is approved."""
    answer = answer_of(complaint)
    unsettled = answer is None or answer.status == AnswerStatus.DRAFT
    return complaint.state in OPEN_STATES and unsettled and leads(user, complaint)


def can_consider_complaint(user: User, complaint: Complaint) -> bool:
    """Write findings, measures and the answer: who considers it, until the answer is approved."""
    answer = answer_of(complaint)
    unsettled = answer is None or answer.status == AnswerStatus.DRAFT
    return complaint.state == ComplaintState.CONSIDERED and unsettled and considers(user, complaint)


def can_ask_explanation(user: User, complaint: Complaint) -> bool:
    return complaint.state == ComplaintState.CONSIDERED and leads(user, complaint)


def _answer_stands(complaint: Complaint, *statuses: str) -> bool:
    answer = answer_of(complaint)
    is_open = complaint.state == ComplaintState.CONSIDERED
    return is_open and answer is not None and answer.status in statuses


def can_approve_answer(user: User, complaint: Complaint) -> bool:
    """The leadership; a draft that its writer has finished, or the leader's own."""
    if not _answer_stands(complaint, AnswerStatus.DRAFT) or not leads(user, complaint):
        return False
    answer = answer_of(complaint)
    is_finished = answer is not None and answer.submitted_at is not None
    return is_finished or considers(user, complaint)


def can_return_answer(user: User, complaint: Complaint) -> bool:
    """Send a finished, approved or signed answer back to be mended, as long as it has not gone."""
    answer = answer_of(complaint)
    if answer is None or not leads(user, complaint):
        return False
    if answer.status == AnswerStatus.DRAFT:
        return answer.submitted_at is not None and not considers(user, complaint)
    return _answer_stands(complaint, AnswerStatus.APPROVED, AnswerStatus.SIGNED)


def can_sign_answer(user: User, complaint: Complaint) -> bool:
    return _answer_stands(complaint, AnswerStatus.APPROVED) and leads(user, complaint)


def can_send_answer(user: User, complaint: Complaint) -> bool:
    """The registrar who keeps it, or the leadership."""
    handles = keeps(user, complaint) or leads(user, complaint)
    return _answer_stands(complaint, AnswerStatus.SIGNED) and handles


def can_check_measure(user: User, measure: Measure) -> bool:
    complaint = measure.complaint
    return measure.checked_at is None and (leads(user, complaint) or considers(user, complaint))


def can_record_appeal(user: User, complaint: Complaint) -> bool:
    """Of an answer, or of the silence where one should have been."""
    appealable = (*OPEN_STATES, ComplaintState.ANSWERED)
    handles = keeps(user, complaint) or leads(user, complaint)
    return complaint.state in appealable and handles


def can_withdraw_complaint(user: User, complaint: Complaint) -> bool:
    """Write down that the person took it back, until the answer is signed."""
    answer = answer_of(complaint)
    gone = answer is not None and answer.status in (AnswerStatus.SIGNED, AnswerStatus.SENT)
    standing_ones = (*_UNREGISTERED, *OPEN_STATES)
    handles = keeps(user, complaint) or leads(user, complaint)
    return complaint.state in standing_ones and not gone and handles


def can_link_complaints(user: User, complaint: Complaint) -> bool:
    return keeps(user, complaint) or leads(user, complaint) or considers(user, complaint)


def can_note_case(user: User, complaint: Complaint) -> bool:
    """Say to which case it belongs: who handles it and has cases of their own office before them."""
    return standing(user).has(*CASE_ROLES) and can_link_complaints(user, complaint)


def can_tell_danger(user: User, complaint: Complaint) -> bool:
    """Whoever reads it and sees that a child is in danger."""
    return complaint.danger_told_at is None


def can_declare_conflict(user: User, complaint: Complaint) -> bool:
    """One's own, as whoever sees the complaint; that of others see below."""
    return standing(user).has()


def can_declare_conflict_of_others(user: User, complaint: Complaint) -> bool:
    return leads(user, complaint)


def can_issue_receipt(user: User, complaint: Complaint) -> bool:
    return complaint.registered_at is not None and complaint.receipt_id is None and keeps(user, complaint)  # fmt: skip


def can_record_city_hall(user: User, complaint: Complaint) -> bool:
    return complaint.state == ComplaintState.PASSED_ON and keeps(user, complaint)
