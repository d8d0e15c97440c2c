"""Registers on paper: whatever their columns, nothing runs off the sheet."""

import datetime as dt
from types import SimpleNamespace

import pytest

from complaints.journal import COLUMNS as OF_COMPLAINTS
from intake.application_journal import COLUMNS as OF_APPLICATIONS
from papers.registers import Register, print_register
from papers.rendering import _BUNDLED, _fetcher, _style


@pytest.mark.parametrize("columns", [OF_APPLICATIONS, OF_COMPLAINTS], ids=["applications", "complaints"])  # fmt: skip
def test_lines_stay_on_the_sheet(columns):
    from weasyprint import HTML

    office = SimpleNamespace(name_ky="Башкармалык", name_ru="Управление")
    row = ["Абдырахманова-Төлөгөнова"] * len(columns)
    printed = print_register(
        Register(
            office,
            "Журнал",
            "Журнал",
            [],
            [],
            columns,
            [row],
            [],
            [],
            dt.date(2026, 11, 27),
            "А. А.",
        )
    )
    style, fonts = _style()
    sheet = HTML(string=printed.html, base_url=_BUNDLED, url_fetcher=_fetcher())
    page = sheet.render(font_config=fonts, stylesheets=[style]).pages[0]._page_box
    cells = [box for box in page.descendants() if type(box).__name__ == "TableCellBox"]
    edge = page.margin_left + page.width
    assert len(cells) == 2 * len(columns)
    assert max(c.position_x + c.margin_width() for c in cells) <= edge + 1
    assert sum(column.width for column in columns) <= 100
