"""A register on paper: a journal's lines of a period on landscape pages with their numbers, and the total at its end.

It is no issued paper: it has no number and no check code, and whoever prints one says why in the read log.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from .letterhead import OfficeLines
from .rendering import Rendered, render

TEMPLATE = "papers/register.html"


@dataclass(frozen=True)
class Column:
    """A column's head in both languages, and its share of the width in percent."""

    ky: str
    ru: str
    width: int


@dataclass(frozen=True)
class Register:
    """What stands on it. ``about`` are lines under the title (the period, what is chosen), ``totals`` stand at the end."""

    office: OfficeLines
    title_ky: str
    title_ru: str
    about_ky: Sequence[str]
    about_ru: Sequence[str]
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    totals_ky: Sequence[str]
    totals_ru: Sequence[str]
    printed_on: dt.date
    printed_by: str


def print_register(register: Register) -> Rendered:
    return render(TEMPLATE, register)
