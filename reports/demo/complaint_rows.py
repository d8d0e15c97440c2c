"""Putting in the complaints of the demo's years: all rows at once, with the histories that the screens would have left."""

import copy
import datetime as dt
import io
from dataclasses import dataclass
from typing import Any

import pydyf
from django.db import transaction

from complaints.enums import ComplaintState
from complaints.models import Answer, AppealStep, Complaint, Considering, Forwarding, Point
from offices.models import Office, User
from papers.models import IssuedPaper, NumberSeries
from papers.numbers import index_of

BATCH = 500


@dataclass
class Years:
    """Everything that hangs on the complaints of the years, until it is put in."""

    complaints: list[Complaint]
    points: list[Point]
    forwardings: list[Forwarding]
    turns: list[Considering]
    answers: list[Answer]
    papers: list[IssuedPaper]
    appeals: list[AppealStep]


class RunOfNumbers:
    """Numbers taken by the hundred: counted here, written down by :meth:`settle` before anybody else takes one."""

    def __init__(self) -> None:
        self._taken: dict[tuple[int, str, int], int] = {}
        self._index: dict[tuple[int, str], str] = {}

    def take(self, office: Office, journal: str, *, on: dt.date) -> str:
        """As papers.numbers.take_number does."""
        series = (office.pk, str(journal), on.year)
        if series not in self._taken:
            known = NumberSeries.objects.filter(office=office, journal=journal, year=on.year)
            self._taken[series] = known.values_list("last", flat=True).first() or 0
        if series[:2] not in self._index:
            self._index[series[:2]] = index_of(office, journal)
        self._taken[series] += 1
        return f"{self._index[series[:2]]}-{self._taken[series]:04d}/{on.year % 100:02d}"

    def settle(self) -> None:
        """Write down how far each series has come."""
        for (office, journal, year), last in self._taken.items():
            index = self._index[office, journal]
            NumberSeries.objects.update_or_create(
                office_id=office, journal=journal, year=year, defaults={"last": last, "index": index}
            )  # fmt: skip
        self._taken.clear()


@transaction.atomic
def put_in(made: Years) -> None:
    """All rows at once, each with what its history would have been."""
    Complaint.objects.bulk_create(made.complaints, batch_size=BATCH)
    IssuedPaper.objects.bulk_create(made.papers, batch_size=BATCH)
    _keep(Complaint, [_as_received(row) for row in made.complaints])
    registered = [row for row in made.complaints if row.number]
    _keep(Complaint, [_as_registered(row) for row in registered], update=True)
    for row in registered:
        _mark(row, row.registered_by, row.registered_at + dt.timedelta(days=1))
    moved = [row for row in registered if row.state != ComplaintState.REGISTERED]
    _keep(Complaint, moved, update=True)
    for rows, by, at in (
        (made.points, "found_by", "found_at"),
        (made.forwardings, "acknowledged_by", "acknowledged_at"),
        (made.turns, "set_by", "set_at"),
        (made.answers, "written_by", "signed_at"),
        (made.appeals, "recorded_by", "recorded_at"),
    ):
        _put(rows, by, at)


def _put(rows: list[Any], by: str, at: str) -> None:
    if not rows:
        return
    model = type(rows[0])
    model.objects.bulk_create(rows, batch_size=BATCH)
    for row in rows:
        complaint = row.complaint
        _mark(row, getattr(row, by) or complaint.registered_by, getattr(row, at) or complaint.registered_at)  # fmt: skip
    _keep(model, rows)


def _keep(model: Any, rows: list[Any], *, update: bool = False) -> None:
    model.history.bulk_history_create(rows, batch_size=BATCH, update=update)


def _mark(row: Any, by: User, at: dt.datetime) -> None:
    row._history_user, row._history_date = by, at


def _as_received(row: Complaint) -> Complaint:
    early = copy.copy(row)
    early.state, early.number, early.considered_by = ComplaintState.RECEIVED, "", None
    early.registered_at = early.registered_on = early.registered_by = early.registered_office = None
    early.answer_due_on = early.answer_soon_on = early.withdrawn_on = None
    early.withdrawal_note = ""
    _mark(early, row.received_by, row.received_at)
    return early


def _as_registered(row: Complaint) -> Complaint:
    early = copy.copy(row)
    early.state, early.considered_by = ComplaintState.REGISTERED, None
    early.withdrawn_on, early.withdrawal_note = None, ""
    _mark(early, row.registered_by, row.registered_at)  # type: ignore[arg-type]  # registered
    return early


def blank_page() -> bytes:
    """A small valid PDF that says what it is."""
    pdf = pydyf.PDF()
    stream = pydyf.Stream()
    stream.begin_text()
    stream.set_font_size("F1", 14)
    stream.set_text_matrix(1, 0, 0, 1, 72, 760)
    stream.show_text(pydyf.String("Jardam demo: the words of this paper are not kept."))
    stream.end_text()
    pdf.add_object(stream)
    font = pydyf.Dictionary(
        {"Type": "/Font", "Subtype": "/Type1", "Name": "/F1", "BaseFont": "/Helvetica"}
    )
    pdf.add_object(font)
    page = {
        "Type": "/Page",
        "Parent": pdf.pages.reference,
        "MediaBox": pydyf.Array([0, 0, 595, 842]),
        "Contents": stream.reference,
        "Resources": pydyf.Dictionary({"Font": pydyf.Dictionary({"F1": font.reference})}),
    }
    pdf.add_page(pydyf.Dictionary(page))
    output = io.BytesIO()
    pdf.write(output, version=b"1.7")
    return output.getvalue()
