"""Conflicts of interest over an incoming referral (clause 10): declared, and ended by the head."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
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
    if not reason.strip():
        raise DomainError(_("Say what the tie is: relative, neighbour, person complained about."))
    if found.conflicts.filter(user=user, ended_at=None).exists():
        raise DomainError(_("This worker is shut out of the referral already."))
    conflict: ReferralConflict = found.conflicts.create(
        user=user, reason=reason.strip(), declared_by=actor, declared_at=clock.now()
    )
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
    ties = found.conflicts.select_for_update().filter(pk=conflict_id, ended_at=None)
    conflict: ReferralConflict | None = ties.first()
    if conflict is None:
        raise DomainError(_("This worker is not shut out of the referral."))
    conflict.ended_at = clock.now()
    conflict.save()
    return conflict


def _locked(referral: IncomingReferral, actor: User) -> IncomingReferral:
    rows = IncomingReferral.objects.select_for_update(of=("self",)).filter(pk=referral.pk)
    found = rows.filter(pk__in=IncomingReferral.objects.visible_to(actor).values("pk")).first()
    if found is None:
        raise PermissionDenied
    return found
