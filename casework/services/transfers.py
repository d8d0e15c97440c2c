"""A case goes to another office: offered with a reason and a summary, accepted or refused by the head there."""

from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.enums import OfficeKind, Role
from offices.models import Office, User
from offices.notices import tell
from offices.standing import people_in

from ..enums import CaseStage, EpisodeStatus, ReleaseStatus
from ..keeping_enums import OfferStatus
from ..keeping_permissions import can_answer_transfer, can_offer_transfer, can_withdraw_transfer
from ..models import Case, Episode, Transfer
from ..permissions import forget_depth
from .cases import locked, refuse_unless, shut_out, workers_with_load
from .offers import carry_tasks, overtake_hand_over


def offices_to(case: Case) -> QuerySet[Office]:
    """The offices that hold cases, but for the case's own."""
    holding = Office.objects.filter(is_active=True).exclude(kind=OfficeKind.CITY)
    return holding.exclude(pk=case.office_id)


@transaction.atomic
def offer_transfer(
    case: Case, to_office: Office, *, reason: str, summary: str, actor: User
) -> Transfer:
    """Offer the case to ``to_office``; its heads are told. Until one accepts nothing changes."""
    case = locked(case)
    refuse_unless(can_offer_transfer(actor, case))
    if not reason.strip() or not summary.strip():
        raise DomainError(_("Say why the case goes, and what the next office must know."))
    if not offices_to(case).filter(pk=to_office.pk).exists():
        raise DomainError(_("Choose another office that holds cases."))
    if case.transfers.filter(status=OfferStatus.OFFERED).exists():
        raise DomainError(_("The case is offered already. Take that offer back first."))
    if case.stage == CaseStage.CLOSING:
        raise DomainError(_("The case is being closed. Let the head decide on that first."))
    if not _heads_let_in(to_office, case):
        raise DomainError(
            _(
                "No head of that office can take the case: nobody leads it now, or a conflict of interest stands."
            )
        )
    children = [place.person.full_name for place in case.child_places.select_related("person")]
    transfer = Transfer.objects.create(
        case=case,
        from_office=case.office,
        to_office=to_office,
        reason=reason.strip(),
        summary=summary.strip(),
        offered_by=actor,
        offered_at=clock.now(),
        children_then=", ".join(children)[:500],
        responsible_then=case.responsible,
        stage_then=case.stage,
        was_restricted=case.is_restricted,
    )
    _tell([*_heads_let_in(to_office, case)], "transfer_offered", transfer, actor)
    _tell([case.responsible], "transfer_offered_of_yours", transfer, actor)
    return transfer


@transaction.atomic
def accept_transfer(transfer: Transfer, worker: User, *, actor: User) -> Transfer:
    """The head there takes the case and names who answers for it: from now on it is that office's.

    The number, papers and read log stay; whoever holds an episode keeps it. Everybody concerned is told.
    """
    transfer, case = _locked(transfer, can_answer_transfer, actor)
    if worker not in workers_to_answer(transfer):
        raise DomainError(_("This worker cannot answer for the case: choose one of the list."))
    _decide(transfer, OfferStatus.ACCEPTED, actor, responsible_next=worker)
    transfer.stage_then, transfer.responsible_then = case.stage, case.responsible
    transfer.was_restricted = case.is_restricted
    transfer.save()
    overtake_hand_over(case, actor)
    case.office, case.responsible, case.assigned_at = transfer.to_office, worker, clock.now()
    case.version += 1
    case.save()
    carry_tasks(case, worker)
    for release in case.releases.filter(status=ReleaseStatus.REQUESTED):
        release.save()  # it follows the case to the office that will decide it
    forget_depth(actor, case)
    before = [
        transfer.offered_by,
        transfer.responsible_then,
        *people_in(transfer.from_office_id, Role.HEAD),
    ]
    _tell(before, "transfer_accepted", transfer, actor)
    url = case.get_absolute_url()
    tell([worker], "case_assigned", by=actor, number=case.number, url=url)
    helpers = [e.specialist for e in episodes_carried(case) if e.specialist]
    told = [u for u in helpers if u not in shut_out(case)]
    tell(told, "case_transferred", by=actor, number=case.number, url=url)
    return transfer


@transaction.atomic
def refuse_transfer(transfer: Transfer, reason: str, *, actor: User) -> Transfer:
    """The head there does not take it, and says why: the case stays where it is."""
    transfer, _case = _locked(transfer, can_answer_transfer, actor)
    if not reason.strip():
        raise DomainError(_("Say why it is refused."))
    _decide(transfer, OfferStatus.REFUSED, actor, decision_reason=reason.strip())
    transfer.save()
    _tell([transfer.offered_by, transfer.responsible_then], "transfer_refused", transfer, actor)
    return transfer


@transaction.atomic
def withdraw_transfer(transfer: Transfer, *, actor: User) -> Transfer:
    """The head who offered it takes the offer back."""
    transfer, case = _locked(transfer, can_withdraw_transfer, actor)
    _decide(transfer, OfferStatus.WITHDRAWN, actor)
    transfer.save()
    _tell(_heads_let_in(transfer.to_office, case), "transfer_withdrawn", transfer, actor)
    return transfer


def workers_to_answer(transfer: Transfer) -> QuerySet[User]:
    """Who of the next office may answer for the case, with how many they hold."""
    return workers_with_load(transfer.to_office, besides=shut_out(transfer.case))


def episodes_carried(case: Case) -> QuerySet[Episode]:
    """Help that is asked or in progress: a transfer leaves it as it is, with whoever gives it."""
    going_on = [EpisodeStatus.REQUESTED, EpisodeStatus.ACTIVE]
    return case.episodes.filter(status__in=going_on).select_related("office", "specialist")


def _heads_let_in(office: Office, case: Case) -> list[User]:
    shut = shut_out(case)
    return [head for head in people_in(office.pk, Role.HEAD) if head not in shut]


def _locked(
    transfer: Transfer, allows: Callable[[User, Transfer], bool], actor: User
) -> tuple[Transfer, Case]:
    case = locked(transfer.case)
    rows = Transfer.objects.visible_to(actor).select_for_update(of=("self",))
    found = (
        rows.select_related("from_office", "to_office", "offered_by", "responsible_then")
        .filter(pk=transfer.pk)
        .first()
    )
    if found is None:
        raise PermissionDenied
    if not allows(actor, found):
        if found.status != OfferStatus.OFFERED:
            raise DomainError(_("This offer has been answered already. Look at it again."))
        raise PermissionDenied
    found.case = case
    return found, case


def _decide(transfer: Transfer, status: str, actor: User, **fields: object) -> None:
    transfer.status, transfer.decided_by, transfer.decided_at = status, actor, clock.now()
    for name, value in fields.items():
        setattr(transfer, name, value)


def _tell(people: Iterable[User], kind: str, transfer: Transfer, by: User) -> None:
    shut = shut_out(transfer.case)
    told = [user for user in people if user not in shut]
    tell(told, kind, by=by, number=transfer.case.number, url=transfer.get_absolute_url())
