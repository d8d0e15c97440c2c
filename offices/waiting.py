"""What waits for a person: the lines of My day and the counts of the rail, gathered from every room.

Each room hangs its feeds in ``AppConfig.ready()`` with :func:`register_feed`; a feed asks its own scoped querysets, or
leaves the asking to :mod:`offices.waiting_lines`, which puts all such questions at once.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from django.db import models
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import clock

from .models import User
from .waiting_lines import Found, KeptLines, Lines, ask_together


class Urgency(models.TextChoices):
    """The four states of the design: late, soon, in time, and simply to be done."""

    LATE = "late", _("Late")
    SOON = "soon", _("Soon")
    IN_TIME = "in_time", _("In time")
    CALM = "calm", _("No deadline")


class Section(IntEnum):
    """Where on My day a line stands."""

    RUNNING_OUT = 1
    WAITING_FOR_ME = 2
    TODAY = 3


@dataclass(frozen=True)
class Waiting:
    """One line: what, how many, by when, where to go. ``text`` carries no client's name; ``number`` may be a case's.

    ``rail`` is the entry of the rail that counts it (the name of its URL, such as "cases:list"), empty for none.
    ``comes_first``: a child may be in danger at this minute; it stands above whatever has been overdue for longer.
    """

    text: str | Promise
    url: str
    section: Section = Section.WAITING_FOR_ME
    urgency: str = Urgency.CALM
    count: int = 1
    number: str = ""
    due_at: dt.datetime | None = None
    due_on: dt.date | None = None
    rail: str = ""
    comes_first: bool = False
    amber_at: dt.datetime | None = None

    @property
    def soon_from(self) -> dt.datetime | None:
        """From when its clock is amber: ``amber_at``, or already where the line itself is soon or late."""
        pressing = self.urgency in (Urgency.SOON, Urgency.LATE)
        return clock.now() if pressing else self.amber_at


def saying(
    words: str | Promise, page: str, *, rail: str = "", urgency: str = Urgency.CALM
) -> Callable[[Found], Waiting]:
    """How lines without a day are said; ``page`` is the name of a URL that takes the row's key."""
    return lambda found: Waiting(
        words, reverse(page, args=[found.pk]), urgency=urgency, number=found.number, rail=rail
    )


def running_out(words: str | Promise, page: str, *, rail: str = "") -> Callable[[Found], Waiting]:
    """How lines are said whose day is near or gone by."""

    def say(found: Found) -> Waiting:
        is_late = found.on is not None and found.on < clock.today()
        return Waiting(
            words,
            reverse(page, args=[found.pk]),
            Section.RUNNING_OUT,
            Urgency.LATE if is_late else Urgency.SOON,
            number=found.number,
            due_on=found.on,
            rail=rail,
        )

    return say


Feed = Callable[[User], Iterable[Waiting | Lines | KeptLines]]
_FEEDS: list[Feed] = []
_ORDER = {Urgency.LATE: 0, Urgency.SOON: 1, Urgency.IN_TIME: 2, Urgency.CALM: 3}


def register_feed(feed: Feed) -> None:
    """Hang ``feed``: a function of the person, at most a few queries whatever there is, empty where it is not theirs."""
    if feed not in _FEEDS:
        _FEEDS.append(feed)


def waiting_for(user: User) -> list[Waiting]:
    """Everything that waits for ``user``: by section, what comes first, then the most urgent, then the earliest."""
    return sorted(ask_together(line for feed in _FEEDS for line in feed(user)), key=_place)


def _place(line: Waiting) -> tuple[int, bool, int, str]:
    due = (line.due_at or line.due_on or dt.date.max).isoformat()
    return line.section, not line.comes_first, _ORDER[Urgency(line.urgency)], due
