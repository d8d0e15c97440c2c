"""Who leaves an office, or has left it, while they still answer for cases there: for its head."""

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch

from core import clock
from offices.enums import Role
from offices.models import Membership, User
from offices.standing import standing

from .enums import CaseStage
from .keeping_enums import OfferStatus
from .models import Case, HandOver


@dataclass
class Leaving:
    """A worker with their last day in the office (None: the account is closed) and the open cases they hold there."""

    user: User
    office_id: int
    last_day: dt.date | None
    cases: list[Case] = field(default_factory=list)

    @property
    def has_left(self) -> bool:
        return self.last_day is None or self.last_day < clock.today()


def leaving_in(user: User) -> list[Leaving]:
    """Those of the offices that ``user`` heads: whoever has left first, then by the last day. Three queries at most."""
    led = standing(user).offices(Role.HEAD)
    working = Membership.objects.filter(role__in=[Role.CASEWORKER, Role.HEAD])
    staying = working.filter(
        user=OuterRef("responsible"), office=OuterRef("office"), ends_on=None, user__is_active=True
    )
    offered = HandOver.objects.filter(status=OfferStatus.OFFERED).select_related("to")
    held = (
        Case.objects.full_visible_to(user)
        .filter(~Exists(staying), office_id__in=led)
        .exclude(stage=CaseStage.CLOSED)
        .select_related("responsible", "office")
        .prefetch_related(Prefetch("hand_overs", offered, "waiting_hand_overs"))
        .order_by("number")
    )
    found: dict[tuple[UUID, int], Leaving] = {}
    for case in held:
        key = (case.responsible_id, case.office_id)
        found.setdefault(key, Leaving(case.responsible, case.office_id, None)).cases.append(case)
    places = working.filter(office_id__in=led, user__in=[user_id for user_id, _ in found])
    for place in places:
        person = found.get((place.user_id, place.office_id))
        if person is not None and place.ends_on is not None and person.user.is_active:
            person.last_day = max(person.last_day or place.ends_on, place.ends_on)
    return sorted(found.values(), key=lambda p: (not p.has_left, p.last_day or dt.date.min))
