"""Before a case opens: whom its people may already be, and remarks that never stand in the way.

The opening screen and the screen that opens a case from an application ask here.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from offices.reading import note_read

from .forms.opening_rows import NEW_RECORD
from .lookalikes import Sought, known_elsewhere, known_like, open_cases_of
from .models import Person
from .panels import reader_of
from .services.new_case import KnownAdult, KnownChild, KnownPerson
from .warnings import about_family, about_person, called

AnyKnown = TypeVar("AnyKnown", bound=KnownPerson)


class Row(Protocol):
    """A row of a page about one person, with a field ``known_as`` for the reader's answer."""

    alike: list[Person]
    record: Person | None
    cleaned_data: dict[str, Any]
    fields: dict[str, Any]

    def facts(self) -> KnownPerson: ...

    def add_error(self, field: str | None, error: Any) -> None: ...


def offer_known(request: HttpRequest, rows: Sequence[Row]) -> None:
    """Put beside each row the known persons whom it may mean."""
    for row in rows:
        row.alike = known_like(_sought(row), reader_of(request))
        note_read(request, *row.alike)


def everybody_is_settled(request: HttpRequest, rows: Sequence[Row]) -> bool:
    """Offer the known persons whom a row may mean; False while the reader has not said who it is."""
    settled = True
    offer_known(request, rows)
    for row in rows:
        if not row.alike:
            continue
        chosen = row.cleaned_data["known_as"]
        row.record = next((p for p in row.alike if str(p.pk) == chosen), None)
        if row.record is None and chosen != NEW_RECORD:
            settled = False
            row.fields["known_as"].label = called(row.facts())
            row.add_error("known_as", _("Say whether this is somebody whom you know already."))
    return settled


def _sought(row: Row) -> Sought:
    said = row.facts()
    return Sought(said.surname, said.given_name, said.birth, said.sex, said.pin)


def remarks_before_opening(request: HttpRequest, rows: Sequence[Row]) -> list[str]:
    """What the reader should see before the case opens; never a reason not to open it."""
    people = [_as_known(row.facts()) for row in rows]
    found = [remark for known in people if known.record is None for remark in about_person(known)]
    children = [known for known in people if isinstance(known, KnownChild)]
    adults = [known for known in people if isinstance(known, KnownAdult)]
    return found + about_family(children, adults) + _duplicates(request, rows)


def _as_known(known: AnyKnown) -> AnyKnown:
    """The row with what the chosen record says of the person in place of what was typed."""
    record = known.record
    if record is None:
        return known
    named = {f: getattr(record, f) for f in ("surname", "given_name", "patronymic", "description")}
    return replace(known, birth=record.birth, sex=record.sex, pin=record.pin, **named)


def _duplicates(request: HttpRequest, rows: Sequence[Row]) -> list[str]:
    found = []
    for row in rows:
        if row.record is not None:
            continue
        elsewhere = list(known_elsewhere(_sought(row), reader_of(request))[:5])
        if elsewhere:
            note_read(request, *elsewhere, reason="known elsewhere")
            found.append(
                _("%(name)s: known elsewhere, ask your head.") % {"name": called(row.facts())}
            )
    records = [r.record for r in rows if r.record is not None and isinstance(r.facts(), KnownChild)]
    for case in open_cases_of(records, reader_of(request)):
        note_read(request, case)
        found.append(_("Case %(number)s of this child is still open.") % {"number": case.number})
    return found


def are_seen(head: Any, remarks: list[str]) -> bool:
    """Whether the reader goes on with these very remarks; the form ``head`` then carries their mark."""
    mark = hashlib.sha256("\n".join(remarks).encode()).hexdigest() if remarks else ""
    if head.cleaned_data["seen_remarks"] == mark or not remarks:
        return True
    head.data = head.data.copy()
    head.data["seen_remarks"] = mark
    return False
