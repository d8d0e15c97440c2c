"""Where a person stands today: which roles in which offices, and for whom they stand in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from core import clock

from .enums import Role
from .models import Membership, StandIn, User

_CACHE = "_standing_of_this_request"


@dataclass(frozen=True)
class Standing:
    """A person's rights of one day. Empty for anonymous people, disabled accounts and ended memberships."""

    user_id: UUID | None = None
    offices_by_role: dict[str, frozenset[int]] = field(default_factory=dict)
    absent_colleagues: frozenset[UUID] = frozenset()

    def offices(self, *roles: str) -> frozenset[int]:
        """Ids of the offices in which the person holds any of ``roles`` (any role where none is named)."""
        chosen: Iterable[str] = roles or self.offices_by_role
        return frozenset().union(*(self.offices_by_role.get(r, frozenset()) for r in chosen))

    def has(self, *roles: str) -> bool:
        return bool(self.offices(*roles))

    @property
    def holders(self) -> frozenset[UUID]:
        """The people whose work the person holds today: themselves and those they stand in for."""
        return self.absent_colleagues | ({self.user_id} if self.user_id else set())


NOBODY = Standing()


def standing(user: User) -> Standing:
    """The standing of ``user`` today: two queries, or none within a request whose middleware has settled it."""
    settled: Standing | None = user.__dict__.get(_CACHE)
    return settled if settled is not None else _compute(user)


def settle(user: User) -> Standing:
    """Compute the standing once and keep it on this ``user`` object for the rest of the request."""
    user.__dict__[_CACHE] = found = _compute(user)
    return found


def _compute(user: User) -> Standing:
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOBODY
    today = clock.today()
    held = list(Membership.objects.active(today).filter(user=user).values_list("role", "office_id"))
    covered = list(
        StandIn.objects.active(today)
        .filter(user=user, membership__in=Membership.objects.active(today))
        .values_list("membership__role", "membership__office_id", "membership__user_id")
    )
    by_role: dict[str, set[int]] = {}
    for role, office in held + [(r, o) for r, o, _ in covered]:
        by_role.setdefault(role, set()).add(office)
    absent = frozenset(u for role, _, u in covered if role == Role.CASEWORKER)
    return Standing(user.pk, {r: frozenset(o) for r, o in by_role.items()}, absent)


def people_in(office_id: int, *roles: str) -> list[User]:
    """Who acts in the office today in any of ``roles``: the members, and those who stand in for one of them."""
    held = Membership.objects.active().filter(office_id=office_id, role__in=roles)
    covered = StandIn.objects.active().filter(membership__in=held)
    return list(
        User.objects.filter(is_active=True)
        .filter(Q(memberships__in=held) | Q(standing_in__in=covered))
        .distinct()
    )


def stand_ins_of(user: User, office_id: int) -> list[User]:
    """Who keeps ``user``'s cases in the office today, while they are away."""
    held = Membership.objects.active().filter(user=user, office_id=office_id, role=Role.CASEWORKER)
    covered = StandIn.objects.active().filter(membership__in=held)
    return list(User.objects.filter(is_active=True, standing_in__in=covered).distinct())
