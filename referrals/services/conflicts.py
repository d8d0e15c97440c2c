"""Conflicts of interest over an incoming referral (clause 10): declared, and ended by the head."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from casework.services.conflicts import end_written_conflict, write_conflict
from offices.enums import Role
from offices.models import User
from offices.notices import tell
from offices.standing import people_in

from ..models import IncomingReferral, ReferralConflict
from ..permissions import keeps, leads


@transaction.atomic
def declare_referral_conflict(
    referral: IncomingReferral, user: User, reason: str, *, actor: User
) -> ReferralConflict:
    """Shut ``user`` out of the referral: oneself, or a worker of the office by its head. The other heads are told."""
    found = _locked(referral, actor)
    if not (keeps(actor, found) if user == actor else leads(actor, found)):
        raise PermissionDenied
    conflict: ReferralConflict = write_conflict(found, user, reason, actor=actor)
    shut = set(found.conflicts.filter(ended_at=None).values_list("user", flat=True))
    heads = [head for head in people_in(found.office_id, Role.HEAD) if head.pk not in shut]
    tell(heads, "referral_conflict", by=actor, number=found.number, url=found.get_absolute_url())
    return conflict


@transaction.atomic
def end_referral_conflict(
    conflict_id: UUID, referral: IncomingReferral, *, actor: User
) -> ReferralConflict:
    """The tie is no more, or was declared by mistake: the head lets the worker in again."""
    found = _locked(referral, actor)
    if not leads(actor, found):
        raise PermissionDenied
    conflict: ReferralConflict = end_written_conflict(found, conflict_id)
    return conflict


def _locked(referral: IncomingReferral, actor: User) -> IncomingReferral:
    rows = IncomingReferral.objects.select_for_update(of=("self",)).filter(pk=referral.pk)
    found = rows.filter(pk__in=IncomingReferral.objects.visible_to(actor).values("pk")).first()
    if found is None:
        raise PermissionDenied
    return found
