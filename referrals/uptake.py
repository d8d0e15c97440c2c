"""What became of an incoming referral: an application, told by the room above, which knows applications.

The room of applications says so in ``AppConfig.ready()``::

    register_uptake(Uptake(taken_up=..., of=..., begin_url=...))

Its form begins with ``referral.known_children()``, ``known_adults()``, ``actual_address()``, ``identification()``,
``basis()`` and ``request``, so that nothing is typed twice. When the application becomes a case it calls
``referrals.services.incoming.note_case``, so that the case's restriction and conflicts count here too.
Until somebody registers there is no application of any referral, and no button.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.functional import Promise

from offices.models import User

if TYPE_CHECKING:
    from .models import IncomingReferral


@dataclass(frozen=True)
class Taken:
    """The application of one referral: what stands on the referral's page and line. ``url`` is "" where the reader may not open it."""

    words: str | Promise
    number: str = ""
    url: str = ""


@dataclass(frozen=True)
class Uptake:
    """``taken_up``: the condition on referrals that have an application (``Q(Exists(…))``).

    ``of``: by id, the application of each of the referrals, as the person may see it; at most one query for all.
    ``begin_url``: where the person begins an application from the referral; "" where they may not.
    ``shut_out``: the condition on referrals whose application a conflict of interest closes to the person.
    """

    taken_up: Callable[[], Q]
    of: Callable[[User, "Iterable[IncomingReferral]"], dict[UUID, Taken]]
    begin_url: Callable[[User, "IncomingReferral"], str]
    shut_out: Callable[[User], Q] = lambda user: Q(pk__in=[])


_NONE_YET = Uptake(
    taken_up=lambda: Q(pk__in=[]),
    of=lambda user, referrals: {},
    begin_url=lambda user, referral: "",
)
_known: list[Uptake] = []


def register_uptake(uptake: Uptake) -> None:
    """Let ``uptake`` tell; the last one registered counts."""
    _known[:] = [uptake]


def _uptake() -> Uptake:
    return _known[0] if _known else _NONE_YET


def taken_up() -> Q:
    return _uptake().taken_up()


def shut_out(user: User) -> Q:
    return _uptake().shut_out(user)


def applications_of(user: User, referrals: "Iterable[IncomingReferral]") -> dict[UUID, Taken]:
    return _uptake().of(user, referrals)


def begin_url(user: User, referral: "IncomingReferral") -> str:
    return _uptake().begin_url(user, referral)
