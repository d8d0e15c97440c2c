"""The report of access to a file, laid out: for whom, which days, and a line for each reader and day, in both languages."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core.templatetags.dates import day as short_day
from core.templatetags.dates import long_day
from offices.enums import Role
from offices.models import User
from papers.letterhead import OfficeLines, Signature, letterhead_of

from .conclusion_papers import signature_of
from .conclusion_sections import LANGUAGES
from .models import Case, Person
from .papers import Fact

TEMPLATE = "casework/papers/access_report.html"


@dataclass(frozen=True)
class AccessRow:
    day: str
    who: str
    what: str
    times: int
    why: str


@dataclass(frozen=True)
class AccessText:
    """The report in one language; ``heads`` are the headings of its table."""

    language: str
    title: str
    confidential: str
    facts: tuple[Fact, ...]
    heads: tuple[str, ...]
    rows: tuple[AccessRow, ...]
    none: str
    note: str


@dataclass(frozen=True)
class AccessPaper:
    office: OfficeLines
    number: str
    dated_on: dt.date
    texts: tuple[AccessText, ...]
    signatures: tuple[Signature, ...]


def access_paper(
    case: Case,
    person: Person,
    *,
    for_whom: str,
    capacity_in: dict[str, str],
    since: dt.date,
    until: dt.date,
    lines: Iterable[dict[str, Any]],
    number: str,
    head: User,
    on: dt.date,
) -> AccessPaper:
    """``lines`` are what ``access_lines.told`` made; ``capacity_in`` says the capacity in each language."""
    kept = list(lines)

    def text(language: str) -> AccessText:
        with translation.override(language):
            return AccessText(
                language=language,
                title=_("Report of access to a file"),
                confidential=_("Confidential"),
                facts=(
                    Fact(_("Whose file"), person.full_name),
                    Fact(_("Case number"), case.number),
                    Fact(_("For whom"), f"{for_whom}, {capacity_in[language]}"),
                    Fact(
                        _("For the days"),
                        f"{long_day(since, language)} – {long_day(until, language)}",
                    ),
                ),
                heads=(_("Day"), _("Who"), _("What"), _("Times"), _("Why")),
                rows=tuple(_row(line, language) for line in kept),
                none=_("Nobody opened the file in these days."),
                note=_(
                    "This report lists who of the service's staff opened the file. Private notes of specialists are kept apart and are opened by their author alone."
                ),
            )

    return AccessPaper(
        office=letterhead_of(case.office),
        number=number,
        dated_on=on,
        texts=tuple(text(language) for language in LANGUAGES),
        signatures=(signature_of(head, case.office, Role.HEAD, on, signed_on=on),),
    )


def _row(line: dict[str, Any], language: str) -> AccessRow:
    said = line[language]
    day = short_day(dt.date.fromisoformat(line["day"]))
    return AccessRow(day, said["who"], said["what"], line["times"], said["why"])
