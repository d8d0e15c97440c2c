"""What stands on casework's papers: frozen, in words, in both languages, ready for a template to lay out.

The builders (casework/services/conclusions.py, releases.py) put every word here, section titles included, so that a
stored snapshot prints the same for good, whatever is later renamed. Templates only lay out; they look nothing up.
"""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any, Literal

from papers.letterhead import OfficeLines, Signature

Mark = Literal["", "draft", "copy"]


@dataclass(frozen=True)
class Fact:
    """A line of a section: «Туулган күнү» — «14.03.2017»."""

    label: str
    value: str


@dataclass(frozen=True)
class Section:
    """One numbered section: its facts, then its list, then its text (paragraphs parted by empty lines). Any may be empty."""

    mark: str
    title: str
    facts: tuple[Fact, ...] = ()
    items: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class PaperText:
    """The whole paper in one language."""

    language: Literal["ky", "ru"]
    title: str
    # «Купуя» / «Конфиденциально»
    confidential: str
    # Lines under the title: which conclusion it replaces and what is corrected; of what it is an extract; to whom.
    notes: tuple[str, ...]
    sections: tuple[Section, ...]
    # Lines after the last section: the legal basis of the service, one act a line.
    legal_basis: tuple[str, ...]


@dataclass(frozen=True)
class CaseworkPaper:
    """A conclusion, its extract or its copy. Kyrgyz text first and complete, Russian second.

    ``mark`` "draft" prints «долбоор / проект» over every page and no number; "copy" prints «көчүрмө / копия».
    ``signatures`` are in the order of the paper: the psychologist, then the head. The place for the seal stands by the last.
    """

    kind: Literal["conclusion", "conclusion_extract", "conclusion_copy", "case_summary"]
    office: OfficeLines
    number: str
    dated_on: dt.date | None
    texts: tuple[PaperText, ...]
    signatures: tuple[Signature, ...]
    mark: Mark = ""


def to_snapshot(paper: CaseworkPaper) -> dict[str, Any]:
    """The paper as JSON, for keeping."""
    kept = asdict(paper)
    kept["dated_on"] = _day_out(paper.dated_on)
    for block, signature in zip(kept["signatures"], paper.signatures, strict=True):
        block["signed_on"] = _day_out(signature.signed_on)
    return kept


def from_snapshot(kept: dict[str, Any]) -> CaseworkPaper:
    """The paper that :func:`to_snapshot` kept, equal to the one it was given."""
    return CaseworkPaper(
        kind=kept["kind"],
        office=OfficeLines(**kept["office"]),
        number=kept["number"],
        dated_on=_day_in(kept["dated_on"]),
        texts=tuple(_text_in(text) for text in kept["texts"]),
        signatures=tuple(
            Signature(**{**block, "signed_on": _day_in(block["signed_on"])})
            for block in kept["signatures"]
        ),
        mark=kept["mark"],
    )


def _text_in(kept: dict[str, Any]) -> PaperText:
    sections = tuple(
        Section(
            mark=section["mark"],
            title=section["title"],
            facts=tuple(Fact(**fact) for fact in section["facts"]),
            items=tuple(section["items"]),
            text=section["text"],
        )
        for section in kept["sections"]
    )
    return PaperText(
        language=kept["language"],
        title=kept["title"],
        confidential=kept["confidential"],
        notes=tuple(kept["notes"]),
        sections=sections,
        legal_basis=tuple(kept["legal_basis"]),
    )


def _day_out(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _day_in(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
