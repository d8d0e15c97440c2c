"""Builds the paper of a case's summary: the chosen sections in both languages, the family drawn where it is among them."""

import base64
import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from offices.enums import Role
from offices.models import StandardVersion, User
from papers.letterhead import letterhead_of

from .conclusion_facts import numbered
from .conclusion_papers import signature_of
from .family_tree import family_tree
from .models import CaseSummary
from .papers import CaseworkPaper, PaperText, Section
from .summary_sections import BY_CODE, nothing_here

TEMPLATE = "casework/papers/summary.html"
LANGUAGES: tuple[Literal["ky", "ru"], ...] = ("ky", "ru")


@dataclass(frozen=True)
class SummaryPaper(CaseworkPaper):
    """A summary; ``tree`` is the drawing of the family as an image's address, "" where it is not chosen."""

    tree: str = ""


def summary_paper(
    summary: CaseSummary, *, number: str = "", head: User | None = None, on: dt.date | None = None
) -> SummaryPaper:
    """The paper as the records say it now; without a number it is a draft and marked so."""
    office, day = summary.case.office, on or clock.today()
    signed = (signature_of(head, office, Role.HEAD, day, signed_on=day),) if head else ()
    return SummaryPaper(
        kind="case_summary",
        office=letterhead_of(office),
        number=number,
        dated_on=on,
        texts=tuple(_text(summary, language, day) for language in LANGUAGES),
        signatures=signed,
        mark="" if number else "draft",
        tree=_drawing(summary) if "family" in summary.sections else "",
    )


def texts_of(summary: CaseSummary) -> list[str]:
    """Everything that the paper would say of anybody, for the look at what is hidden."""
    found = []
    for text in summary_paper(summary).texts:
        for section in text.sections:
            found += [section.text, *section.items]
            found += [f"{fact.label} {fact.value}" for fact in section.facts]
    return [*found, summary.purpose, summary.recipient_text]


def _text(summary: CaseSummary, language: Literal["ky", "ru"], day: dt.date) -> PaperText:
    with translation.override(language):
        sections: list[Section] = []
        for code in summary.sections:
            kind = BY_CODE[code]
            facts, items, text = kind.build(summary.case, language)
            if not (facts or items or text):
                text = nothing_here()
            sections.append(
                Section(f"{len(sections) + 1}.", str(kind.title), facts, items, text.strip())
            )
        if account := _account(summary, language):
            sections.append(
                Section(f"{len(sections) + 1}.", _("The office's account"), text=account)
            )
        return PaperText(
            language=language,
            title=_("Case summary"),
            confidential=_("Confidential"),
            notes=_notes(summary, language),
            sections=tuple(sections),
            legal_basis=_legal_basis(language, day),
        )


def _account(summary: CaseSummary, language: str) -> str:
    text = summary.account_ru if language == "ru" else summary.account_ky
    if not text and summary.account_ky and language == "ru":
        return _("The text of this section is in Kyrgyz, the original.")
    return text.strip()


def _notes(summary: CaseSummary, language: str) -> tuple[str, ...]:
    """Which case, to whom, at whose request, on what ground."""
    ground, to_whom = summary.ground, summary.recipient
    named = getattr(to_whom, f"name_{language}", "")
    law = [getattr(ground, f"name_{language}"), getattr(ground, f"act_{language}")]
    lines = [
        (_("Case number"), summary.case.number),
        (_("To whom"), ", ".join(part for part in (named, summary.recipient_text) if part)),
        (_("Request"), numbered(summary.request_number, summary.request_on)),
        (_("Legal ground"), "; ".join(part for part in law if part)),
    ]
    return tuple(f"{label}: {value}" for label, value in lines if value)


def _legal_basis(language: str, day: dt.date) -> tuple[str, ...]:
    version = StandardVersion.objects.in_force(day)
    acts = getattr(version, f"legal_basis_{language}")
    return tuple(line.strip() for line in acts.splitlines() if line.strip())


def _drawing(summary: CaseSummary) -> str:
    """The family tree as a picture inside the paper, in Kyrgyz like the original."""
    members = summary.case.family.members.filter(to_on=None).select_related("person")
    concerned = set(summary.case.child_places.values_list("person", flat=True))
    with translation.override("ky"):
        tree = family_tree(members, concerned)
        if tree is None:
            return ""
        drawn = render_to_string("casework/family_tree_svg.html", {"tree": tree})
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()
