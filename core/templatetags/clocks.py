"""The one clock of the product: how long is left, until when, and how much of the time is gone."""

import datetime as dt
from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock as time

from .dates import day, when

register = template.Library()

HOUR, DAY = 3600, 86400


@register.inclusion_tag("components/clock.html")
def clock(
    due: dt.datetime | dt.date | None,
    label: str = "",
    started: dt.datetime | dt.date | None = None,
    amber: dt.datetime | dt.date | None = None,
    days_left: int | None = None,
    stopped: dt.datetime | dt.date | None = None,
    provisional: bool = False,
) -> dict[str, Any]:
    """A running or stopped clock.

    ``due`` as a moment runs by the minute; as a date it ends with that day, and ``days_left`` are the working days
    until it (negative: late by so many). From ``amber`` on it is soon. ``started`` draws the bar. ``stopped`` is when
    the thing was done. ``provisional``: the date rests on a year whose holidays nobody has confirmed.
    """
    if due is None:
        return {"due": None}
    now, end = time.now(), _end(due)
    at = _end(stopped) if stopped else now
    if isinstance(stopped, dt.date) and not isinstance(stopped, dt.datetime):
        at = min(at, now)
    return {
        "due": end,
        "due_words": when(due) if isinstance(due, dt.datetime) else day(due),
        "label": label,
        "state": _state(at, end, amber, stopped is not None),
        "words": _words(due, at, days_left, stopped is not None),
        "gone": None if stopped else _gone(started, at, end),
        "started": _start(started) if started else None,
        "amber": _start(amber) if amber else None,
        "is_live": isinstance(due, dt.datetime) and stopped is None,
        "provisional": provisional,
        "now": now,
    }


@register.inclusion_tag("components/row_clock.html")
def row_clock(due: dt.datetime, amber: dt.datetime | None = None) -> dict[str, Any]:
    """A running clock for a row of a long list: the words and the shape; no bar, no due moment, few bytes.

    When it turns to "soon" is said by how many minutes before.
    """
    shown = clock(due, amber=amber)
    moments = {name: _to_the_second(shown[name]) for name in ("due", "now")}
    soon = int((due - amber).total_seconds() // 60) if amber else None
    return {"state": shown["state"], "words": shown["words"], "soon": soon, **moments}


def _to_the_second(moment: dt.datetime) -> str:
    return timezone.localtime(moment).replace(microsecond=0).isoformat()


@register.inclusion_tag("components/clock_words.html")
def clock_words() -> dict[str, Any]:
    """What static/js/clock.js says, in the page's language: a plural form each for 1, 2 and 5."""
    return {
        "left": _("%(time)s left") % {"time": "{time}"},
        "moments_left": _("less than a minute left"),
        "units": {
            "minute": _forms(_minutes),
            "hour": _forms(_hours),
            "day": _forms(_days),
            "late-minute": _forms(_minutes_late),
            "late-hour": _forms(_hours_late),
            "late-day": _forms(_days_late),
        },
    }


def _end(value: dt.datetime | dt.date) -> dt.datetime:
    """The moment itself, or the last minute of the day."""
    if isinstance(value, dt.datetime):
        return value
    return timezone.make_aware(dt.datetime.combine(value, dt.time(23, 59, 59)))


def _start(value: dt.datetime | dt.date) -> dt.datetime:
    """The moment itself, or the first of the day."""
    if isinstance(value, dt.datetime):
        return value
    return timezone.make_aware(dt.datetime.combine(value, dt.time()))


def _state(
    at: dt.datetime, end: dt.datetime, amber: dt.datetime | dt.date | None, is_stopped: bool
) -> str:
    if at > end:
        return "late"
    if amber is not None and at >= _start(amber) and not is_stopped:
        return "soon"
    return "in-time"


def _words(
    due: dt.datetime | dt.date, at: dt.datetime, days_left: int | None, is_stopped: bool
) -> str:
    if is_stopped:
        return _("done late") if at > _end(due) else _("done in time")
    if isinstance(due, dt.datetime):
        return _running_words((due - at).total_seconds())
    if days_left is None:
        days_left, in_days, days_late = (
            (due - timezone.localtime(at).date()).days,
            _days,
            _days_late,
        )
    else:
        in_days, days_late = _working_days, _working_days_late
    if due == timezone.localtime(at).date():
        return _("due today")
    return (
        _("%(time)s left") % {"time": in_days(days_left)}
        if days_left >= 0
        else days_late(-days_left)
    )


def _running_words(seconds: float) -> str:
    """Seconds until the due moment (negative: since) in the largest units that matter; clock.js keeps the same rules."""
    if seconds < 0:
        late = -seconds
        if late < HOUR:
            return _minutes_late(max(1, int(late // 60)))
        return _hours_late(int(late // HOUR)) if late < DAY else _days_late(int(late // DAY))
    if seconds < 60:
        return _("less than a minute left")
    if seconds < HOUR:
        return _("%(time)s left") % {"time": _minutes(int(seconds // 60))}
    if seconds >= DAY:
        return _("%(time)s left") % {"time": _days(int(seconds // DAY))}
    hours, minutes = divmod(int(seconds // 60), 60)
    parts = [_hours(hours)] + ([_minutes(minutes)] if minutes else [])
    return _("%(time)s left") % {"time": " ".join(parts)}


def _gone(started: dt.datetime | dt.date | None, at: dt.datetime, end: dt.datetime) -> int | None:
    """How much of the time is gone, 0 to 100; None without a start."""
    if started is None:
        return None
    whole = (end - _start(started)).total_seconds()
    if whole <= 0:
        return 100
    return round(min(1, max(0, (at - _start(started)).total_seconds() / whole)) * 100)


def _forms(unit: Any) -> str:
    return "|".join(unit(count).replace(str(count), "{n}", 1) for count in (1, 2, 5))


def _minutes(count: int) -> str:
    return ngettext("%(count)s minute", "%(count)s minutes", count) % {"count": count}


def _hours(count: int) -> str:
    return ngettext("%(count)s hour", "%(count)s hours", count) % {"count": count}


def _days(count: int) -> str:
    return ngettext("%(count)s day", "%(count)s days", count) % {"count": count}


def _working_days(count: int) -> str:
    return ngettext("%(count)s working day", "%(count)s working days", count) % {"count": count}


def _minutes_late(count: int) -> str:
    return ngettext("%(count)s minute late", "%(count)s minutes late", count) % {"count": count}


def _hours_late(count: int) -> str:
    return ngettext("%(count)s hour late", "%(count)s hours late", count) % {"count": count}


def _days_late(count: int) -> str:
    return ngettext("%(count)s day late", "%(count)s days late", count) % {"count": count}


def _working_days_late(count: int) -> str:
    text = ngettext("%(count)s working day late", "%(count)s working days late", count)
    return text % {"count": count}
