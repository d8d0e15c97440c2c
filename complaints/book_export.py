"""The book as a spreadsheet."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from casework.exports import workbook

from .book import PAPER, Found, kind_in_words
from .complaint_page import missing_in_words
from .models import BookEntry, Complaint


def book_workbook(lines: Iterable[dict[str, Any]]) -> tuple[bytes, list[Any]]:
    """The sheet in the language of the page, and the records that stand in it."""
    listed = list(lines)
    found = Found(listed)
    heads = [
        _("Number in the book"), _("In whose book"), _("Written on"), _("Page of the book"),
        _("What it is"), _("Who wrote it"), _("What is written"), _("Missing"),
        _("What became of it"), _("What was done"), _("Complaint"),
    ]  # fmt: skip
    rows = (_paper(line, found) if line["kind"] == PAPER else _entry(line, found) for line in listed)  # fmt: skip
    return workbook(_("The book"), heads, rows), found.records()


def _entry(line: dict[str, Any], found: Found) -> list[Any]:
    entry: BookEntry = found.of(line)
    return [
        entry.number,
        str(entry.office),
        entry.written_on,
        str(entry.page or ""),
        kind_in_words(entry.kind),
        entry.person_name,
        entry.text,
        "",
        str(entry.get_outcome_display()),
        entry.done,
        entry.complaint.number if entry.complaint else "",
    ]


def _paper(line: dict[str, Any], found: Found) -> list[Any]:
    paper: Complaint = found.of(line)
    return [
        paper.book_number,
        str(paper.received_office),
        line["day"],
        "",
        kind_in_words(PAPER),
        paper.complainant_name,
        paper.substance,
        missing_in_words(paper),
        str(paper.get_state_display()),
        paper.incomplete_note,
        paper.number,
    ]
