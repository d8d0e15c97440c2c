"""What a person may do about who holds a case and how it ends. docs/permissions.md has the table.

A record that a predicate is asked about has come through its ``visible_to``.
"""

from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .enums import CaseStage
from .keeping_enums import ClosingStatus, FollowUpStatus, MergeStatus, OfferStatus
from .models import Case, Closing, FollowUp, HandOver, Person, PersonMerge, SealedOpening, Transfer
from .models.merges import led_cases_of
from .on_duty import is_on_duty
from .permissions import can_change_case, can_lead_case, can_work_case


def can_use_sealed_door(user: User) -> bool:
    """A head or deputy, and whoever is on duty at this moment."""
    return standing(user).has(Role.HEAD) or is_on_duty(user)


def can_see_sealed_list(user: User) -> bool:
    return standing(user).has(Role.HEAD, Role.AUDITOR)


def can_shut_sealed_door(user: User, opening: SealedOpening) -> bool:
    """Who opened it, and the head of the case's office."""
    return opening.is_open and (opening.user_id == user.pk or can_lead_case(user, opening.case))


def can_offer_transfer(user: User, case: Case) -> bool:
    return can_lead_case(user, case) and case.stage != CaseStage.CLOSED


def can_answer_transfer(user: User, transfer: Transfer) -> bool:
    """The head of the office to which it is offered."""
    leads = transfer.to_office_id in standing(user).offices(Role.HEAD)
    return leads and transfer.status == OfferStatus.OFFERED


def can_withdraw_transfer(user: User, transfer: Transfer) -> bool:
    leads = transfer.from_office_id in standing(user).offices(Role.HEAD)
    return leads and transfer.status == OfferStatus.OFFERED


def can_offer_hand_over(user: User, case: Case) -> bool:
    """Whoever works the case in full: its worker, the stand-in, the head."""
    return can_change_case(user, case)


def can_answer_hand_over(user: User, hand_over: HandOver) -> bool:
    return hand_over.to_id == user.pk and hand_over.status == OfferStatus.OFFERED


def can_withdraw_hand_over(user: User, hand_over: HandOver) -> bool:
    return hand_over.status == OfferStatus.OFFERED and can_change_case(user, hand_over.case)


def can_ask_closing(user: User, case: Case) -> bool:
    return can_change_case(user, case) and case.stage != CaseStage.CLOSING


def can_decide_closing(user: User, closing: Closing) -> bool:
    """The head of the case's office or the deputy, never who asked for it."""
    waits = closing.status == ClosingStatus.ASKED and closing.asked_by_id != user.pk
    return waits and can_lead_case(user, closing.case)


def can_withdraw_closing(user: User, closing: Closing) -> bool:
    return closing.status == ClosingStatus.ASKED and can_work_case(user, closing.case)


def can_reopen_case(user: User, case: Case) -> bool:
    return case.stage == CaseStage.CLOSED and can_lead_case(user, case)


def can_record_follow_up(user: User, follow_up: FollowUp) -> bool:
    return follow_up.status == FollowUpStatus.DUE and can_work_case(user, follow_up.case)


def can_make_access_report(user: User, case: Case) -> bool:
    return can_lead_case(user, case)


def can_see_leaving(user: User) -> bool:
    return standing(user).has(Role.HEAD)


def leads_case_of(user: User, person: Person) -> bool:
    """Whether ``user`` heads an office with a case of that very record."""
    if not standing(user).has(Role.HEAD):
        return False
    as_child, as_family = led_cases_of(person, user)
    return Person.objects.filter(pk=person.pk).filter(as_child | as_family).exists()


def can_propose_merge(user: User, person: Person) -> bool:
    return leads_case_of(user, person)


def can_answer_merge(user: User, merge: PersonMerge) -> bool:
    """The head of the other record's office."""
    return merge.status == MergeStatus.PROPOSED and leads_case_of(user, merge.theirs)


def can_withdraw_merge(user: User, merge: PersonMerge) -> bool:
    return merge.status == MergeStatus.PROPOSED and leads_case_of(user, merge.ours)


def can_ask_parting(user: User, merge: PersonMerge) -> bool:
    """Either head, while nobody has asked."""
    if merge.status != MergeStatus.AGREED or merge.part_asked_at is not None:
        return False
    return leads_case_of(user, merge.ours) or leads_case_of(user, merge.theirs)


def can_answer_parting(user: User, merge: PersonMerge) -> bool:
    """The head of the other side than the one that asked."""
    if merge.status != MergeStatus.AGREED or merge.part_asked_at is None:
        return False
    return leads_case_of(user, merge.theirs if merge.part_asked_from_ours else merge.ours)
