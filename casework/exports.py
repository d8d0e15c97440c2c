"""Lists as spreadsheets: plain cells only, so that nothing that looks like a formula is ever one."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.dates import day
from offices.models import User

from .models import Case
from .permissions import can_read_case, can_read_names

# What makes Excel, LibreOffice or a CSV made of them take a cell for a formula; tab and line ends too.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: Any) -> str:
    """``value`` as a text that no program takes for a formula: such a one gets an apostrophe in front.

    Control characters, which a workbook cannot hold, are dropped.
    """
    text = "".join(c for c in str(value) if c >= " " or c in "\t\n\r")
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def workbook(title: str, heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """One sheet: its heads in bold and fixed, every cell a text."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, {**options, "strings_to_numbers": False})
    book.set_properties({"title": title, "created": clock.local(clock.now()).replace(tzinfo=None)})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            sheet.write_string(number, column, harmless(value), plain)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads) - 1, 22)
    book.close()
    return buffer.getvalue()


def cases_workbook(cases: Iterable[Case], user: User) -> bytes:
    """The list of cases for a head, in the language of the page; content only where it is read."""
    heads = [
        _("Number"), _("Whose"), _("Office"), _("Stage"), _("Risk"), _("Responsible worker"),
        _("Safety alerts"), _("Opened"), _("Basis awaited until"), _("Closed on"),
    ]  # fmt: skip
    return workbook(_("Cases"), heads, (_row(case, user) for case in cases))


def _row(case: Case, user: User) -> list[str]:
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
        day(case.opened_at),
        day(case.basis_awaited_until) if reads and case.is_basis_awaited else "",
        day(case.closed_on),
    ]
