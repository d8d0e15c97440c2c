"""The statement of accompaniment on paper: whom, and a list of what was accompanied; no other content of the case.

Neither the subject of a hearing nor its result stands in it, nor for what somebody was taken to a doctor.
"""

import datetime as dt
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offices.enums import Role
from offices.models import StandardVersion, User
from papers.dates import short_date
from papers.letterhead import OfficeLines, Signature, letterhead_of
from papers.models import PaperKind

from .accompaniment_enums import RECORDED
from .conclusion_facts import birth_words
from .conclusion_papers import signature_of
from .conclusion_sections import LANGUAGES
from .enums import EpisodeKind
from .models import Accompaniment, Episode, Statement
from .models.episodes import HELPING_ROLE
from .papers import Fact

TEMPLATE = "casework/papers/statement.html"
KINDS = {
    EpisodeKind.LEGAL: PaperKind.COURT_STATEMENT,
    EpisodeKind.SOCIAL: PaperKind.SOCIAL_STATEMENT,
}


@dataclass(frozen=True)
class StatementText:
    """The statement in one language: facts, then a table of what was accompanied, then how many there were."""

    language: Literal["ky", "ru"]
    title: str
    facts: tuple[Fact, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: str
    legal_basis: tuple[str, ...]


@dataclass(frozen=True)
class StatementPaper:
    """Kyrgyz first and complete, Russian second; signed by the specialist, then by the head."""

    kind: str
    office: OfficeLines
    number: str
    dated_on: dt.date | None
    texts: tuple[StatementText, ...]
    signatures: tuple[Signature, ...]


def stated_of(episode: Episode) -> list[Accompaniment]:
    """What stands on the statement: what was accompanied, in the order of time; planned and called-off ones do not."""
    rows = Accompaniment.objects.filter(episodes=episode, status__in=RECORDED)
    return list(rows.select_related("organisation").order_by("on", "at", "pk"))


def statement_paper(episode: Episode, author: User, *, on: dt.date) -> StatementPaper:
    """The paper as the records say it now, with the author's signature of ``on``; its number is taken when it is issued."""
    role = HELPING_ROLE[EpisodeKind(episode.kind)]
    stated = stated_of(episode)
    return StatementPaper(
        kind=KINDS[EpisodeKind(episode.kind)].value,
        office=letterhead_of(episode.office),
        number="",
        dated_on=None,
        texts=tuple(_text(episode, stated, language, on) for language in LANGUAGES),
        signatures=(signature_of(author, episode.office, role, on, signed_on=on),),
    )


def issued_paper(statement: Statement, head: User, *, number: str, on: dt.date) -> StatementPaper:
    """What was signed, with its number and the head's signature under the author's."""
    paper = from_snapshot(statement.snapshot)
    block = signature_of(head, statement.episode.office, Role.HEAD, on, signed_on=on)
    return replace(paper, number=number, dated_on=on, signatures=(*paper.signatures, block))


def _text(
    episode: Episode, stated: list[Accompaniment], language: str, on: dt.date
) -> StatementText:
    is_court = episode.kind == EpisodeKind.LEGAL
    with translation.override(language):
        person = episode.person
        facts = (
            Fact(_("Full name"), person.full_name),
            Fact(_("Birth date"), birth_words(person)),
            Fact(_("Case number"), episode.case.number),
        )
        return StatementText(
            language="ru" if language == "ru" else "ky",
            title=_("Statement of accompaniment in court")
            if is_court
            else _("Statement of social accompaniment"),
            facts=facts,
            columns=_columns(is_court),
            rows=tuple(_row(one, language) for one in stated),
            total=ngettext("In all: %(n)d", "In all: %(n)d", len(stated)) % {"n": len(stated)},
            legal_basis=_legal_basis(language, on),
        )


def _columns(is_court: bool) -> tuple[str, ...]:
    if is_court:
        return (_("Day"), _("Court"), _("Number of the case in court"), _("Role"), _("How it went"))
    return (_("Day"), _("Organisation"), _("Kind of organisation"))


def _row(one: Accompaniment, language: str) -> tuple[str, ...]:
    where = _where(one, language)
    if one.is_in_court:
        return (
            short_date(one.on),
            where,
            one.court_number or "—",
            str(one.get_role_display()),
            str(one.get_status_display()),
        )
    return short_date(one.on), where, str(one.get_kind_display())


def _where(one: Accompaniment, language: str) -> str:
    organisation = one.organisation
    named = getattr(organisation, f"name_{language}") if organisation else ""
    return ", ".join(part for part in (named, one.organisation_text) if part)


def _legal_basis(language: str, day: dt.date) -> tuple[str, ...]:
    version = StandardVersion.objects.in_force(day)
    acts = version.legal_basis_ru if language == "ru" else version.legal_basis_ky
    return tuple(line.strip() for line in acts.splitlines() if line.strip())


def to_snapshot(paper: StatementPaper) -> dict[str, Any]:
    """The paper as JSON, for keeping."""
    kept: dict[str, Any] = as_json(asdict(paper))
    return kept


def as_json(value: Any) -> Any:
    """Days as text, tuples as lists: what JSON keeps."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def from_snapshot(kept: dict[str, Any]) -> StatementPaper:
    """The paper that :func:`to_snapshot` kept, equal to the one it was given."""
    return StatementPaper(
        kind=kept["kind"],
        office=OfficeLines(**kept["office"]),
        number=kept["number"],
        dated_on=_day(kept["dated_on"]),
        texts=tuple(_text_in(text) for text in kept["texts"]),
        signatures=tuple(
            Signature(**{**block, "signed_on": _day(block["signed_on"])})
            for block in kept["signatures"]
        ),
    )


def _text_in(kept: dict[str, Any]) -> StatementText:
    return StatementText(
        language=kept["language"],
        title=kept["title"],
        facts=tuple(Fact(**fact) for fact in kept["facts"]),
        columns=tuple(kept["columns"]),
        rows=tuple(tuple(row) for row in kept["rows"]),
        total=kept["total"],
        legal_basis=tuple(kept["legal_basis"]),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
