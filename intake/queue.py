"""In whose turn the reception calls people (clause 6): one pure rule for the desk, the call and the screen."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar


class InQueue(Protocol):
    """What the rule asks of somebody who waits."""

    @property
    def is_privileged(self) -> bool: ...

    @property
    def arrived_at(self) -> dt.datetime: ...

    @property
    def number(self) -> int: ...


Waiting = TypeVar("Waiting", bound=InQueue)


def in_turn(waiting: Iterable[Waiting]) -> list[Waiting]:
    """Everybody who waits: the privileged by arrival, then the others by arrival; the number settles the same minute."""
    return sorted(waiting, key=lambda one: (not one.is_privileged, one.arrived_at, one.number))


def overtaken_by(one: InQueue, waiting: Iterable[InQueue]) -> int:
    """How many of ``waiting`` came earlier and stand behind ``one`` because of the privilege: the page says so."""
    if not one.is_privileged:
        return 0
    came = (one.arrived_at, one.number)
    return sum(
        not other.is_privileged and (other.arrived_at, other.number) < came for other in waiting
    )
