"""Where a person stands today: which roles in which offices, and for whom they stand in."""

import datetime as dt
from collections.abc import Hashable, Iterable
from copy import copy
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q, UUIDField, Value

from core import clock

from .enums import OfficeKind, Role
from .models import Membership, Office, StandIn, User

_CACHE = "_standing_of_this_request"
_WITHOUT_CLIENTS = (Role.ADMINISTRATOR, Role.AUDITOR)
# Stand for the person and the day in the question that is put together once: see _question.
_ANYBODY, _ANY_DAY = UUID(int=0), dt.date.min
# In the model's own order, which from_db goes by.
_OF_OFFICE = tuple(
    f.attname
    for f in Office._meta.concrete_fields
    if f.attname in {"id", "index", "name_ky", "name_ru", "short_ky", "short_ru"}
)


@dataclass(frozen=True)
class Place:
    """One of the offices in which a person works, with its names and index loaded, and their role there."""

    office: Office
    role: str

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)


@dataclass(frozen=True)
class Standing:
    """A person's rights of one day. Empty for anonymous people, disabled accounts and ended memberships."""

    user_id: UUID | None = None
    offices_by_role: dict[str, frozenset[int]] = field(default_factory=dict)
    covered: dict[int, frozenset[UUID]] = field(default_factory=dict)
    """By office, the absent colleagues whose cases there the person keeps."""
    absent: frozenset[UUID] = frozenset()
    """Every colleague for whom the person stands in, in whatever role."""
    is_administrator: bool = False
    place: Place | None = field(default=None, compare=False)
    """The one that the top bar names: the first by the office's index; None for people without any of their own."""

    @cached_property
    def key(self) -> Hashable:
        """Tells one standing from another: equal where everything is."""
        by_role, covered = self.offices_by_role.items(), self.covered.items()
        return (
            self.user_id,
            frozenset(by_role),
            frozenset(covered),
            self.absent,
            self.is_administrator,
        )

    def offices(self, *roles: str) -> frozenset[int]:
        """Ids of the offices in which the person holds any of ``roles`` (any role where none is named)."""
        chosen: Iterable[str] = roles or self.offices_by_role
        return frozenset().union(*(self.offices_by_role.get(r, frozenset()) for r in chosen))

    def has(self, *roles: str) -> bool:
        return bool(self.offices(*roles))

    @cached_property
    def is_city_registrar(self) -> bool:
        """Registrar in the city's department: one query, kept with this standing."""
        own = self.offices(Role.REGISTRAR)
        return bool(own) and Office.objects.filter(pk__in=own, kind=OfficeKind.CITY).exists()

    @property
    def holders(self) -> frozenset[UUID]:
        """The people whose work the person holds today: themselves and those they stand in for."""
        own = frozenset({self.user_id}) if self.user_id else frozenset()
        return own.union(*self.covered.values())


NOBODY = Standing()


def standing(user: User) -> Standing:
    """The standing of ``user`` today: one query, or none within a request whose middleware has settled it."""
    settled: Standing | None = _memory(user).get(_CACHE)
    return settled if settled is not None else _compute(user)


def settle(user: User) -> Standing:
    """Compute the standing once and keep it on this ``user`` object for the rest of the request."""
    _memory(user)[_CACHE] = found = _compute(user)
    return found


def settled_as(user: User, own: Standing) -> User:
    """The same person, as somebody whose standing is known to be ``own``: apart from the ``user`` of any request."""
    person = copy(getattr(user, "_wrapped", user))
    _memory(person)[_CACHE] = own
    return person


def _memory(user: User) -> dict[str, Any]:
    """The object's own attributes, behind the lazy wrapper that a request puts around its user."""
    memory: dict[str, Any] = getattr(user, "_wrapped", user).__dict__
    return memory


def _compute(user: User) -> Standing:
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return NOBODY
    held = _held(user.pk, clock.today())
    by_role: dict[str, set[int]] = {}
    for role, office, _ in held:
        by_role.setdefault(role, set()).add(office.pk)
    absent = [(role, office.pk, colleague) for role, office, colleague in held if colleague]
    places = [(office.index, role, office) for role, office, colleague in held if not colleague]
    found = _separated(user, by_role, absent)
    if not places:
        return found
    _, role, office = min(places, key=lambda place: place[:2])
    return replace(found, place=Place(office, role))


def _held(user_id: UUID, today: dt.date) -> list[tuple[str, Office, UUID | None]]:
    """The roles held today, as (role, office, the absent colleague or None): their own, and those they stand in for."""
    sql, values = _question()
    meant: dict[Any, Any] = {_ANYBODY: user_id, _ANY_DAY: today}
    with connection.cursor() as cursor:
        cursor.execute(sql, [meant.get(value, value) for value in values])
        rows = cursor.fetchall()
    # What every page says of the office comes with it; the rest is read when somebody asks.
    return [
        (role, Office.from_db(connection.alias, _OF_OFFICE, office), colleague)
        for role, colleague, *office in rows
    ]


@cache
def _question() -> tuple[str, tuple[Any, ...]]:
    """Every page asks this first: the words are put together once, for ``_ANYBODY`` on ``_ANY_DAY``."""
    own = Membership.objects.active(_ANY_DAY).filter(user=_ANYBODY).order_by()
    absent = (
        StandIn.objects.active(_ANY_DAY)
        .filter(user=_ANYBODY, membership__in=Membership.objects.active(_ANY_DAY))
        .filter(membership__office__in=own.values("office"))
        .order_by()
        .values_list(
            "membership__role",
            "membership__user_id",
            *(f"membership__office__{name}" for name in _OF_OFFICE),
        )
    )
    named = own.values_list(
        "role", Value(None, UUIDField()), *(f"office__{name}" for name in _OF_OFFICE)
    )
    asked = named.union(absent, all=True)
    return asked.query.sql_with_params()  # type: ignore[no-any-return]  # untyped in Django


def _separated(
    user: User, by_role: dict[str, set[int]], absent: list[tuple[str, int, UUID]]
) -> Standing:
    """Who keeps accounts or audits sees no client, whatever other membership somebody gave them."""
    is_administrator = user.is_superuser or Role.ADMINISTRATOR in by_role
    if is_administrator or Role.AUDITOR in by_role:
        by_role = {r: o for r, o in by_role.items() if r in _WITHOUT_CLIENTS}
        absent = []
    covered: dict[int, set[UUID]] = {}
    for role, office, colleague in absent:
        if role == Role.CASEWORKER:
            covered.setdefault(office, set()).add(colleague)
    return Standing(
        user.pk,
        {r: frozenset(o) for r, o in by_role.items()},
        {o: frozenset(u) for o, u in covered.items()},
        frozenset(colleague for _role, _office, colleague in absent),
        is_administrator,
    )


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
