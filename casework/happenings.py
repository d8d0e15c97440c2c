"""What happened, in order: the timeline of a case and of a child, told by whoever knows.

A room tells its own by :func:`register_teller` in ``AppConfig.ready()``: a kind with its word, and a function that gets
the reader and what is asked about and yields ``Happening``. A teller starts from its own scoped querysets, so that nobody
learns here what they could not open, and asks as often for three hundred entries as for one.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

from core import clock
from offices.models import User

from .models import Case, Person

# So many stand on a page at once.
LONGEST = 500


@dataclass(frozen=True)
class Asked:
    """Of what the timeline is: cases whose content the reader reads; with ``person`` only what is about that one."""

    cases: Sequence[Case]
    person: Person | None = None


@dataclass(frozen=True)
class Happening:
    """One line: when, what, where to read on. Of what has only a day the hour is midnight and ``has_hour`` False."""

    at: dt.datetime
    title: str
    url: str = ""
    by: str = ""
    text: str = ""
    icon: str = ""
    has_hour: bool = True


@dataclass(frozen=True)
class Told:
    """A happening with its kind, as the page shows it."""

    happening: Happening
    kind: str
    label: str | Promise

    @property
    def on(self) -> dt.date:
        return clock.local(self.happening.at).date()


Teller = Callable[[User, Asked], Iterable[Happening]]


@dataclass
class Kind:
    """A kind of happening and who tells of it."""

    code: str
    label: str | Promise
    tellers: list[Teller] = field(default_factory=list)


KINDS: dict[str, Kind] = {}


def register_teller(code: str, label: str | Promise, teller: Teller) -> None:
    """Let ``teller`` tell happenings of the kind ``code``, called ``label``; several may tell of one kind."""
    kind = KINDS.setdefault(code, Kind(code, label))
    if teller not in kind.tellers:
        kind.tellers.append(teller)


def on_day(day: dt.date) -> dt.datetime:
    """The moment that stands for a day without an hour."""
    return clock.midnight(day)


def timeline(user: User, asked: Asked) -> list[Told]:
    """Everything that the reader may see of ``asked``, the newest first."""
    told = [
        Told(happening, kind.code, kind.label)
        for kind in KINDS.values()
        for teller in kind.tellers
        for happening in teller(user, asked)
    ]
    # Of one moment the later told stands higher: each teller tells in order.
    told.reverse()
    return sorted(told, key=lambda entry: entry.happening.at, reverse=True)


@dataclass(frozen=True)
class Chip:
    """A filter by kind: how many there are, and where it leads."""

    url: str
    label: str | Promise
    count: int
    is_current: bool


def chips(told: list[Told], chosen: str, path: str, all_label: str) -> list[Chip]:
    """A chip for each kind that occurs, and one for all."""
    found = [Chip(path, all_label, len(told), not chosen)]
    for kind in KINDS.values():
        count = sum(entry.kind == kind.code for entry in told)
        if count:
            url = f"{path}?kind={kind.code}"
            found.append(Chip(url, kind.label, count, chosen == kind.code))
    return found
