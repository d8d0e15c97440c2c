"""Who read a child's file, from the read log of the case's own office: a line for each reader and day (clause 11)."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from offices.models import Membership, ReadKind, ReadLog, User

from .hidden import hidden_facts_of, mentioned_in
from .keeping_enums import Naming
from .merged import groups_of
from .models import Case, HiddenFact, Person

# What was read, by the namespace of the page's name.
PLACES = {
    "cases": gettext_lazy("Case"),
    "keeping": gettext_lazy("Case"),
    "families": gettext_lazy("Family"),
    "children": gettext_lazy("Child's page"),
    "people": gettext_lazy("Child's page"),
    "conclusions": gettext_lazy("Conclusion"),
    "episodes": gettext_lazy("Help"),
    "releases": gettext_lazy("Release of information"),
    "summaries": gettext_lazy("Release of information"),
    "assessments": gettext_lazy("Assessment"),
    "plans": gettext_lazy("Plan"),
    "tasks": gettext_lazy("Case"),
    "visits": gettext_lazy("Visit"),
    # What kind of help it is, an order among it, may be what somebody must not learn.
    "accompaniments": gettext_lazy("Help"),
    "legal": gettext_lazy("Help"),
    "statements": gettext_lazy("Help"),
}
OF_KIND = {
    ReadKind.LIST: gettext_lazy("In a list"),
    ReadKind.SEARCH: gettext_lazy("In a search"),
    ReadKind.EXPORT: gettext_lazy("In an exported list"),
}


@dataclass
class Reader:
    """Somebody who read, as they stood in the days of the report; how they are named is the head's choice."""

    user: User
    is_ours: bool
    times: int = 0
    days: set[dt.date] = field(default_factory=set)

    @property
    def key(self) -> str:
        return str(self.user.pk)


@dataclass
class Line:
    """One reader on one day: what they read, how often, and why where it was said."""

    day: dt.date
    reader: Reader
    place: Membership | None
    what: list[tuple[str, str]] = field(default_factory=list)
    times: int = 0
    reasons: list[str] = field(default_factory=list)


def rows_about(case: Case, person: Person, since: dt.date, until: dt.date) -> Iterable[ReadLog]:
    """The rows of the case's office about the case or the child in it, the earliest first; days are Bishkek's, both count."""
    marks = [f"case:{case.pk}", f"person:{person.pk}"]
    found = ReadLog.objects.filter(
        subjects__overlap=marks,
        offices__contains=[case.office_id],
        at__gte=clock.midnight(since),
        at__lt=clock.midnight(until + dt.timedelta(days=1)),
    )
    return found.select_related("user").order_by("at", "id")


def lines_about(case: Case, person: Person, since: dt.date, until: dt.date) -> list[Line]:
    """The report's lines, in the order of time. A reason that spells out what is hidden is left out of them."""
    rows = list(rows_about(case, person, since, until))
    places = _places({row.user_id for row in rows})
    hidden = list(hidden_facts_of(case))
    readers: dict[Any, Reader] = {}
    lines: dict[tuple[dt.date, Any], Line] = {}
    for row in rows:
        day = clock.local(row.at).date()
        place = _place_on(places.get(row.user_id, []), day, case.office_id)
        is_ours = place is not None and place.office_id == case.office_id
        reader = readers.setdefault(row.user_id, Reader(row.user, is_ours))
        line = lines.setdefault((day, row.user_id), Line(day, reader, place))
        line.times += 1
        reader.times += 1
        reader.days.add(day)
        if (what := (row.kind, row.page.partition(":")[0])) not in line.what:
            line.what.append(what)
        if _may_be_told(row.reason, line.reasons, hidden):
            line.reasons.append(row.reason)
    return list(lines.values())


def readers_of(lines: Iterable[Line]) -> list[Reader]:
    """Each who stands in ``lines``, once."""
    return list({line.reader.key: line.reader for line in lines}.values())


def is_hidden_from(case: Case, person: Person) -> bool:
    """Whether anything of the case's people is hidden from ``person``, whichever of their records it names."""
    records = groups_of([person.pk])[person.pk]
    return hidden_facts_of(case).filter(hidden_from__in=records).exists()


def told(line: Line, naming: str, *, with_name: bool) -> dict[str, Any]:
    """The line as it is printed and kept: who, what and why in both languages."""
    kept: dict[str, Any] = {"day": line.day.isoformat(), "times": line.times}
    for language in ("ky", "ru"):
        with translation.override(language):
            kept[language] = {
                "who": _who(line, naming, language, with_name),
                "what": ", ".join(dict.fromkeys(_what(kind, page) for kind, page in line.what)),
                "why": "; ".join(line.reasons) or _("in the course of the work"),
            }
    return kept


def _who(line: Line, naming: str, language: str, with_name: bool) -> str:
    place = line.place
    position = place.position if place else _("member of the staff")
    parts = [position]
    if naming == Naming.OFFICE and place is not None:
        parts.append(place.office.name_ru if language == "ru" else place.office.name_ky)
    if with_name and naming == Naming.OFFICE:
        parts.append(line.reader.user.short_name)
    return ", ".join(parts)


def _what(kind: str, page: str) -> str:
    words = OF_KIND.get(ReadKind(kind)) or PLACES.get(page) or _("Paper")
    return str(words)


def _may_be_told(reason: str, said: list[str], hidden: list[HiddenFact]) -> bool:
    return bool(reason) and reason not in said and not mentioned_in([reason], hidden)


def _places(users: set[Any]) -> dict[Any, list[Membership]]:
    found: dict[Any, list[Membership]] = {}
    for place in Membership.objects.filter(user__in=users).select_related("office"):
        found.setdefault(place.user_id, []).append(place)
    return found


def _place_on(places: list[Membership], day: dt.date, office: int) -> Membership | None:
    """Where the person stood on the day; in the case's own office first."""
    then = [p for p in places if p.starts_on <= day and (p.ends_on is None or p.ends_on >= day)]
    return min(then, key=lambda p: (p.office_id != office, p.pk), default=None)
