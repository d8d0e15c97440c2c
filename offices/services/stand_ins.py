"""Leave and illness: who keeps whose cases, and who is the deputy."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError

from ..models import Membership, StandIn, User
from ..notices import tell
from ..permissions import can_end_stand_in, can_set_stand_in


@transaction.atomic
def set_stand_in(
    membership: Membership, user: User, *, starts_on: dt.date, ends_on: dt.date, actor: User
) -> StandIn:
    """While ``membership``'s holder is away (both days included), ``user`` of the same office has its rights and cases."""
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if not can_set_stand_in(actor, membership):
        raise PermissionDenied
    _refuse_the_impossible(membership, user, starts_on, ends_on)
    made = StandIn.objects.create(
        membership=membership, user=user, starts_on=starts_on, ends_on=ends_on
    )
    tell([membership.user, user], "stand_in_set", by=actor)
    return made


def _refuse_the_impossible(
    membership: Membership, user: User, starts_on: dt.date, ends_on: dt.date
) -> None:
    if membership.user_id == user.pk:
        raise DomainError(_("Nobody stands in for themselves."))
    if ends_on < starts_on:
        raise DomainError(_("The last day is before the first one."))
    if ends_on < clock.today():
        raise DomainError(_("These days have passed."))
    if not Membership.objects.active().filter(user=user, office=membership.office_id).exists():
        raise DomainError(_("Only a colleague of the same office can stand in."))
    both = membership.stand_ins.filter(starts_on__lte=ends_on, ends_on__gte=starts_on)
    if both.exists():
        raise DomainError(_("Somebody stands in on these days already."))


@transaction.atomic
def end_stand_in(stand_in: StandIn, *, actor: User) -> None:
    """From now on nobody stands in: what has not begun is taken back, what has begun ends with yesterday."""
    stand_in = StandIn.objects.select_for_update().get(pk=stand_in.pk)
    if not can_end_stand_in(actor, stand_in):
        raise PermissionDenied
    yesterday = clock.today() - dt.timedelta(days=1)
    tell([stand_in.membership.user, stand_in.user], "stand_in_ended", by=actor)
    if stand_in.starts_on > yesterday:
        stand_in.delete()
        return
    stand_in.ends_on = min(stand_in.ends_on, yesterday)
    stand_in.save()
