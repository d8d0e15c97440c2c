"""A protection order is about to run out: who works with it is told, once for each expiry.

:func:`tell_of_expiring_orders` runs when somebody signs in and, daily or oftener, by ``manage.py watch_orders``, so that
those are told who are signed in already. Doing it twice, or in two processes, tells nobody twice.
"""

from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from core import clock
from offices.models import StandIn, User
from offices.notices import tell

from ..enums import CaseStage, EpisodeStatus
from ..models import CaseConflict, ProtectionOrder
from ..models.legal import REMINDS_BEFORE, ProtectionOrderQuerySet


def tell_of_expiring_orders(_user: User | None = None) -> int:
    """Tell of every order in force that runs out within :data:`REMINDS_BEFORE` and was not told of; how many there were."""
    return sum(_tell_once(pk) for pk in list(_untold().values_list("pk", flat=True)))


def _untold() -> ProtectionOrderQuerySet:
    """Of help that goes on or of a case that does: in force, not run out, its present expiry not told of."""
    today = clock.today()
    alive = Q(episode__status=EpisodeStatus.ACTIVE) | ~Q(episode__case__stage=CaseStage.CLOSED)
    soon = ProtectionOrder.objects.in_force().filter(
        alive, expires_on__range=(today, today + REMINDS_BEFORE)
    )
    return soon.exclude(told_expiry=F("expires_on"), told_expiry__isnull=False)


@transaction.atomic
def _tell_once(pk: UUID) -> int:
    """The row is locked, so that a second teller passes it by and finds it told."""
    rows = _untold().select_for_update(skip_locked=True, of=("self",))
    order = rows.select_related("episode__case", "episode__specialist").filter(pk=pk).first()
    if not isinstance(order, ProtectionOrder):
        return 0
    number = order.episode.case.number
    tell(_whom(order), "order_expires", by=None, number=number, url=order.get_absolute_url())
    order.told_expiry = order.expires_on
    order.save()
    return 1


def _whom(order: ProtectionOrder) -> list[User]:
    """The responsible worker, the lawyer while the help goes on, and who stands in for them; nobody who is shut out."""
    case, episode = order.episode.case, order.episode
    lawyer = episode.specialist_id if episode.status == EpisodeStatus.ACTIVE else None
    holders = {pk for pk in (case.responsible_id, lawyer) if pk is not None}
    covering = StandIn.objects.active().filter(
        membership__user__in=holders, membership__office_id__in=(case.office_id, episode.office_id)
    )
    wanted = holders | set(covering.values_list("user_id", flat=True))
    shut = CaseConflict.objects.filter(case=case, ended_at=None).values("user")
    people = User.objects.filter(pk__in=wanted, is_active=True).exclude(pk__in=shut)
    return [user for user in people if _reads(user, order)]


def _reads(user: User, order: ProtectionOrder) -> bool:
    """As everywhere: a notice leads to nothing that its reader would not find."""
    return ProtectionOrder.objects.filter(pk=order.pk).visible_to(user).exists()
