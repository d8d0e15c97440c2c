"""What a person may do with referrals and organisations. docs/permissions.md has the table.

A record that a predicate is asked about has come through its own ``visible_to``, which shuts out conflicts.
"""

from casework.models import Case
from casework.permissions import can_lead_case, can_work_case, works_with_case
from casework.release_permissions import ASKING_ROLES
from offices.enums import Role
from offices.models import Organisation, User
from offices.standing import standing

from .enums import FeedbackStatus, OutgoingStatus
from .models import Feedback, IncomingReferral, OutgoingReferral
from .models.incoming import KEEPING_ROLES


def can_list_organisations(user: User) -> bool:
    """Whoever works with families, logs referrals or sends papers."""
    return standing(user).has(*ASKING_ROLES, *KEEPING_ROLES, Role.REGISTRAR)


def can_keep_organisations(user: User) -> bool:
    """Add and correct: caseworkers and heads of any office."""
    return standing(user).has(Role.CASEWORKER, Role.HEAD)


def can_merge_organisation(user: User, organisation: Organisation) -> bool:
    """Heads, of any office: it moves what all offices have written."""
    return organisation.merged_into_id is None and standing(user).has(Role.HEAD)


def can_register_referral(user: User) -> bool:
    return standing(user).has(*KEEPING_ROLES)


def keeps(user: User, referral: IncomingReferral) -> bool:
    """Works where the referral came in."""
    return referral.office_id in standing(user).offices(*KEEPING_ROLES)


def can_correct_referral(user: User, referral: IncomingReferral) -> bool:
    return keeps(user, referral)


def can_settle_referral(user: User, referral: IncomingReferral) -> bool:
    """Say that nothing is to be made of it: a caseworker or the head, while nothing has been."""
    decides = standing(user).offices(Role.CASEWORKER, Role.HEAD)
    open_still = referral.settled_at is None and referral.case_id is None
    return open_still and referral.office_id in decides


def leads(user: User, referral: IncomingReferral) -> bool:
    return referral.office_id in standing(user).offices(Role.HEAD)


def can_ask_feedback(user: User, referral: IncomingReferral) -> bool:
    return keeps(user, referral)


def can_decide_feedback(user: User, feedback: Feedback) -> bool:
    return feedback.status == FeedbackStatus.ASKED and leads(user, feedback.referral)


def can_send_feedback(user: User, feedback: Feedback) -> bool:
    return feedback.status == FeedbackStatus.GRANTED and keeps(user, feedback.referral)


def can_ask_outgoing(user: User, case: Case) -> bool:
    """Whoever works with the case: who works it in full, and who holds an episode in it."""
    return standing(user).has(*ASKING_ROLES) and works_with_case(user, case)


def handles(user: User, referral: OutgoingReferral) -> bool:
    """Whoever works the case in full, and who asked for it."""
    return referral.requested_by_id == user.pk or can_work_case(user, referral.case)


def can_decide_outgoing(user: User, referral: OutgoingReferral) -> bool:
    return referral.status == OutgoingStatus.ASKED and can_lead_case(user, referral.case)


def can_send_outgoing(user: User, referral: OutgoingReferral) -> bool:
    return referral.status == OutgoingStatus.RELEASED and handles(user, referral)


def can_note_reply(user: User, referral: OutgoingReferral) -> bool:
    return referral.status == OutgoingStatus.SENT and handles(user, referral)


def can_close_outgoing(user: User, referral: OutgoingReferral) -> bool:
    """End it without a reply, or take the request back; what is replied is done."""
    waits = (OutgoingStatus.RELEASED, OutgoingStatus.SENT)
    return referral.status in waits and handles(user, referral)


def can_add_outgoing_file(user: User, referral: OutgoingReferral) -> bool:
    return handles(user, referral)


def leads_outgoing(user: User, referral: OutgoingReferral) -> bool:
    return can_lead_case(user, referral.case)


def can_export_referrals(user: User) -> bool:
    return standing(user).has(Role.HEAD)
