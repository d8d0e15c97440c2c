"""A person's dates as iCalendar text (RFC 5545): the number of the case and the kind of thing, nobody's name."""

import datetime as dt
from collections.abc import Iterable, Iterator

from core import clock

from .tasks import Due

PRODUCT = "-//Jardam//Calendar//KY"
# How long something takes in the calendar where only its beginning is known.
LENGTH = dt.timedelta(minutes=30)
# A line is at most so many bytes, its end not counted; the rest goes on in lines that begin with a space.
LONGEST_LINE = 75


def calendar_text(dues: Iterable[Due], *, host: str, name: str) -> str:
    """The whole calendar, lines ended as the standard asks."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    stamp = _utc(clock.now())
    for due in dues:
        lines += _event(due, host, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def _event(due: Due, host: str, stamp: str) -> list[str]:
    """One event. What people typed stays inside: the text lies in telephones and in other companies' clouds."""
    begins = due.starts_at
    if begins is None:
        when = [
            f"DTSTART;VALUE=DATE:{due.on:%Y%m%d}",
            f"DTEND;VALUE=DATE:{due.on + dt.timedelta(days=1):%Y%m%d}",
            "TRANSP:TRANSPARENT",
        ]
    else:
        when = [f"DTSTART:{_utc(begins)}", f"DTEND:{_utc(begins + LENGTH)}"]
    return [
        "BEGIN:VEVENT",
        f"UID:{due.source}-{due.pk}@{host}",
        f"DTSTAMP:{stamp}",
        *when,
        f"SUMMARY:{escaped(f'{due.kind} · {due.number}')}",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def _utc(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """``text`` as a value: backslash, comma, semicolon and line ends are marked; other control characters are left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    for sign in ("\\", ";", ","):
        plain = plain.replace(sign, f"\\{sign}")
    plain = plain.replace("\n", "\\n")
    return "".join(c for c in plain if c == "\t" or (ord(c) >= 32 and ord(c) != 127))


def folded(line: str) -> Iterator[str]:
    """``line`` in parts of at most 75 bytes, never cut within a letter; those that go on begin with a space."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > LONGEST_LINE:
            yield part
            part, size = " ", 1
        part, size = part + letter, size + width
    yield part
