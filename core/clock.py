"""The only source of now. Tests and drills move it; nothing else in the product asks the machine for the time."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.utils import timezone

_offset = dt.timedelta(0)


def now() -> dt.datetime:
    """This moment, aware, in UTC."""
    return timezone.now() + _offset + _drill()


def _drill() -> dt.timedelta:
    """How far a drill has moved the clock of a whole server: the seconds in settings.CLOCK_FILE, where one is set."""
    if not settings.CLOCK_FILE:
        return dt.timedelta(0)
    try:
        return dt.timedelta(seconds=float(Path(settings.CLOCK_FILE).read_text()))
    except FileNotFoundError:
        return dt.timedelta(0)


def today() -> dt.date:
    """The calendar day in Bishkek."""
    return timezone.localtime(now()).date()


def midnight(day: dt.date) -> dt.datetime:
    """The moment at which ``day`` begins in Bishkek."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def local(moment: dt.datetime) -> dt.datetime:
    """``moment`` on the clock of Bishkek."""
    return timezone.localtime(moment)


@contextmanager
def moved_to(moment: dt.datetime) -> Iterator[None]:
    """Within the block the clock stands at ``moment`` (aware) and runs on from there, in every thread."""
    global _offset
    before = _offset
    _offset = moment - timezone.now()
    try:
        yield
    finally:
        _offset = before


@contextmanager
def advanced_by(span: dt.timedelta) -> Iterator[None]:
    """Within the block the clock is ``span`` later than outside it."""
    global _offset
    before = _offset
    _offset = before + span
    try:
        yield
    finally:
        _offset = before
