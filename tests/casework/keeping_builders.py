"""Builders of what keeps a case: offers, closings, follow-ups, openings of the sealed door, records of one person."""

import datetime as dt

from casework.keeping_enums import GoalsMet, MergeStatus
from casework.models import ClosingReason, FollowUp, LegalGround, PersonMerge, SealedOpening
from casework.models.sealed import OPEN_FOR
from casework.reference import load_casework_lists
from casework.services.closing import Ending, approve_closing, ask_closing
from casework.services.handing_over import offer_hand_over
from casework.services.transfers import offer_transfer
from core import clock
from tests import builders as make

WHY = "Баланын өмүрүнө коркунуч бар, жооптуу кызматкер жок"


def make_reason(code="overcome"):
    load_casework_lists()
    return ClosingReason.objects.get(code=code)


def make_ground(code="own_request"):
    load_casework_lists()
    return LegalGround.objects.get(code=code)


def make_ending(case, **fields):
    fields.setdefault("reason", make_reason())
    fields.setdefault("goals", GoalsMet.YES)
    fields.setdefault("risk_now", "low")
    fields.setdefault("follower", case.responsible)
    fields.setdefault("is_declined", True)
    fields.setdefault("months", (1, 3, 6))
    return Ending(**fields)


def make_asked_closing(case, **fields):
    return ask_closing(case, make_ending(case, **fields), actor=case.responsible)


def make_closed(case, head=None, **fields):
    """The case closed through the services, with its statement and follow-ups."""
    head = head or make.make_head(case.office)
    closing = approve_closing(make_asked_closing(case, **fields), actor=head)
    case.refresh_from_db()
    return closing


def make_opening(case, user, **fields):
    fields.setdefault("opened_at", clock.now())
    fields.setdefault("until", fields["opened_at"] + OPEN_FOR)
    return SealedOpening.objects.create(case=case, user=user, reason=WHY, **fields)


def make_transfer(case, to_office, head=None):
    head = head or make.make_head(case.office)
    return offer_transfer(
        case, to_office, reason="Үй-бүлө көчтү", summary="Апасы менен сүйлөшүлгөн", actor=head
    )


def make_hand_over(case, to):
    return offer_hand_over(case, to, "Эртең мектепке чалуу керек", actor=case.responsible)


def make_merge(ours, theirs, head, *, status=MergeStatus.AGREED, office=None):
    fields = {}
    if status == MergeStatus.AGREED:
        fields = {"decided_by": head, "decided_at": clock.now()}
    return PersonMerge.objects.create(
        ours=ours,
        theirs=theirs,
        office=office or head.memberships.first().office,
        reason="Туулгандыгы тууралуу күбөлүк боюнча",
        proposed_by=head,
        proposed_at=clock.now(),
        status=status,
        **fields,
    )


def due_follow_up(case) -> FollowUp:
    return case.follow_ups.order_by("due_on").first()


def in_days(days):
    return dt.timedelta(days=days)
