"""Lists as spreadsheets: plain cells only, so that nothing that looks like a formula is ever one."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from core import clock
from offices.models import User

from .models import Case
from .permissions import can_read_case, can_read_names

# What makes Excel, LibreOffice or a CSV made of them take a cell for a formula; tab and line ends too.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

# Widths in characters: a day or a number fits, a long text is wrapped.
NARROWEST, WIDEST = 12, 45
A4 = 9  # as a workbook counts kinds of paper


def harmless(value: Any) -> str:
    """``value`` as a text that no program takes for a formula: such a one gets an apostrophe in front.

    Control characters, which a workbook cannot hold, are dropped.
    """
    text = "".join(c for c in str(value) if c >= " " or c in "\t\n\r")
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _day_of(value: dt.date) -> dt.date:
    """The day of a moment by the office's own clock; a day as it is."""
    return clock.local(value).date() if isinstance(value, dt.datetime) else value


def workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet, ready for the printer: its heads in bold and fixed, a day as a day, every other cell a text."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, {**options, "strings_to_numbers": False})
    book.set_properties({"title": title, "created": clock.local(clock.now()).replace(tzinfo=None)})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    on_day = book.add_format({"valign": "top", "align": "left", "num_format": "dd.mm.yyyy"})
    widths = [len(head) for head in heads]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, column, _day_of(value), on_day)
            else:
                text = harmless("" if value is None else value)
                sheet.write_string(number, column, text, plain)
                widths[column] = max(widths[column], len(text))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    book.close()
    return buffer.getvalue()


def cases_workbook(cases: Iterable[Case], user: User) -> bytes:
    """The list of cases for a head, in the language of the page; content only where it is read."""
    heads = [
        _("Number"), _("Whose"), _("Office"), _("Stage"), _("Risk"), _("Responsible worker"),
        _("Safety alerts"), _("Opened"), _("Basis awaited until"), _("Closed on"),
    ]  # fmt: skip
    return workbook(_("Cases"), heads, (_row(case, user) for case in cases))


def _row(case: Case, user: User) -> list[Any]:
    people = [place.person.full_name for place in case.child_places.all()]
    reads = can_read_case(user, case)
    return [
        case.number,
        ", ".join(people) if can_read_names(user, case) else _("Restricted case"),
        str(case.office),
        str(case.get_stage_display()) if reads else "",
        str(case.get_risk_level_display()) if reads else "",
        case.responsible.full_name,
        str(len(case.open_alerts)),  # type: ignore[attr-defined]  # prefetched by strip_rows
        case.opened_at,
        case.basis_awaited_until if reads and case.is_basis_awaited else "",
        case.closed_on,
    ]
