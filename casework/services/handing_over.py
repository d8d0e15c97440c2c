"""A case goes to a colleague of the office: handed over with a summary, accepted by them, or assigned by the head.

And what happens to the cases of somebody who has left: the head holds them, and is told once.
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import User
from offices.notices import tell
from offices.standing import people_in, standing

from ..enums import CaseStage
from ..keeping_enums import OfferStatus
from ..keeping_permissions import (
    can_answer_hand_over,
    can_offer_hand_over,
    can_withdraw_hand_over,
)
from ..models import Case, ForsakenNotice, HandOver
from ..permissions import forget_depth
from .cases import locked, refuse_unless, shut_out, workers_with_load
from .offers import carry_tasks


@transaction.atomic
def offer_hand_over(case: Case, to: User, summary: str, *, actor: User) -> HandOver:
    """Hand the case to ``to`` with what they must know; nothing changes before they accept it."""
    case = locked(case)
    refuse_unless(can_offer_hand_over(actor, case))
    if not summary.strip():
        raise DomainError(_("Write what the next worker must know."))
    if to not in workers_with_load(case.office, besides=[*shut_out(case), case.responsible]):
        raise DomainError(_("This worker cannot answer for the case: choose one of the list."))
    if case.hand_overs.filter(status=OfferStatus.OFFERED).exists():
        raise DomainError(_("The case is being handed over already. Take that back first."))
    made: HandOver = case.hand_overs.create(
        giver=case.responsible,
        to=to,
        summary=summary.strip(),
        offered_by=actor,
        offered_at=clock.now(),
    )
    tell([to], "hand_over_offered", by=actor, number=case.number, url=made.get_absolute_url())
    return made


@transaction.atomic
def accept_hand_over(hand_over: HandOver, *, actor: User) -> HandOver:
    """``actor`` answers for the case from now on; who gave it and the heads are told."""
    hand_over, case = _locked(hand_over, can_answer_hand_over, actor)
    if actor not in workers_with_load(case.office, besides=shut_out(case)):
        raise DomainError(_("This worker cannot answer for the case: choose one of the list."))
    _decide(hand_over, OfferStatus.ACCEPTED, actor)
    case.responsible, case.assigned_at = actor, clock.now()
    case.version += 1
    case.save()
    carry_tasks(case, actor)
    forget_depth(actor, case)
    told = [hand_over.giver, *_heads(case)]
    tell(told, "hand_over_accepted", by=actor, number=case.number, url=case.get_absolute_url())
    return hand_over


@transaction.atomic
def refuse_hand_over(hand_over: HandOver, reason: str, *, actor: User) -> HandOver:
    """``actor`` does not take the case and says why: it stays where it is, and the heads are told."""
    hand_over, case = _locked(hand_over, can_answer_hand_over, actor)
    if not reason.strip():
        raise DomainError(_("Say why it is refused."))
    hand_over.decision_reason = reason.strip()
    _decide(hand_over, OfferStatus.REFUSED, actor)
    told = [hand_over.giver, hand_over.offered_by, *_heads(case)]
    tell(told, "hand_over_refused", by=actor, number=case.number, url=hand_over.get_absolute_url())
    return hand_over


@transaction.atomic
def withdraw_hand_over(hand_over: HandOver, *, actor: User) -> HandOver:
    hand_over, case = _locked(hand_over, can_withdraw_hand_over, actor)
    _decide(hand_over, OfferStatus.WITHDRAWN, actor)
    tell([hand_over.to], "hand_over_withdrawn", by=actor, number=case.number)
    return hand_over


@transaction.atomic
def tell_of_forsaken(user: User) -> int:
    """Tell the heads of the offices that ``user`` leads of cases whose worker has left: once of each. How many were new."""
    led = standing(user).offices(Role.HEAD)
    if not led:
        return 0
    told = ForsakenNotice.objects.filter(case=OuterRef("pk"), worker=OuterRef("responsible"))
    forsaken = Case.objects.forsaken().filter(office_id__in=led).exclude(stage=CaseStage.CLOSED)
    new = list(forsaken.filter(~Exists(told)).select_related("office"))
    for case in new:
        _mark, is_first = ForsakenNotice.objects.get_or_create(
            case=case, worker_id=case.responsible_id, defaults={"told_at": clock.now()}
        )
        if is_first:
            url = case.get_absolute_url()
            tell(_heads(case), "case_forsaken", by=None, number=case.number, url=url)
    return len(new)


def _heads(case: Case) -> list[User]:
    shut = shut_out(case)
    return [head for head in people_in(case.office_id, Role.HEAD) if head not in shut]


def _locked(
    hand_over: HandOver, allows: Callable[[User, HandOver], bool], actor: User
) -> tuple[HandOver, Case]:
    case = locked(hand_over.case)
    rows = HandOver.objects.visible_to(actor).select_for_update(of=("self",))
    found = rows.select_related("giver", "to", "offered_by").filter(pk=hand_over.pk).first()
    if found is None:
        raise PermissionDenied
    found.case = case
    if not allows(actor, found):
        if found.status != OfferStatus.OFFERED:
            raise DomainError(_("This offer has been answered already. Look at it again."))
        raise PermissionDenied
    return found, case


def _decide(hand_over: HandOver, status: str, actor: User) -> None:
    hand_over.status, hand_over.decided_by, hand_over.decided_at = status, actor, clock.now()
    hand_over.save()
