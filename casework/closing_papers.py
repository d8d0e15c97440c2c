"""The closing statement: why the case is closed, what was reached, the risk then and now, what the family says, what follows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.dates import long_day
from offices.enums import Role
from offices.models import User
from papers.letterhead import OfficeLines, letterhead_of

from .conclusion_facts import birth_words
from .conclusion_papers import signature_of
from .conclusion_sections import LANGUAGES
from .enums import EpisodeStatus
from .models import Case, Closing
from .papers import Fact, PaperText, Section, Signature

TEMPLATE = "casework/papers/closing.html"


@dataclass(frozen=True)
class ClosingPaper:
    """A closing statement as it is laid out; Kyrgyz first."""

    office: OfficeLines
    number: str
    dated_on: dt.date
    texts: tuple[PaperText, ...]
    signatures: tuple[Signature, ...]


def closing_paper(
    closing: Closing, case: Case, *, number: str, head: User, on: dt.date
) -> ClosingPaper:
    """The statement of ``closing`` on the day that the head approves it."""
    asked_on = clock.local(closing.asked_at).date()
    role = Role.CASEWORKER
    asker = signature_of(closing.asked_by, case.office, role, asked_on, signed_on=asked_on)
    return ClosingPaper(
        office=letterhead_of(case.office),
        number=number,
        dated_on=on,
        texts=tuple(_text(closing, case, language) for language in LANGUAGES),
        signatures=(
            asker,
            signature_of(head, case.office, Role.HEAD, on, signed_on=on),
        ),
    )


def _text(closing: Closing, case: Case, language: str) -> PaperText:
    with translation.override(language):
        return PaperText(
            language="ru" if language == "ru" else "ky",
            title=_("Closing statement"),
            confidential=_("Confidential"),
            notes=(),
            sections=tuple(_sections(closing, case, language)),
            legal_basis=(),
        )


def _sections(closing: Closing, case: Case, language: str) -> Iterable[Section]:
    yield Section("1.", _("The case"), facts=_about(case, language))
    yield Section("2.", _("Reason of closing"), facts=_reason(closing, language))
    yield Section("3.", _("Help that was given"), items=_help(case, language))
    yield Section(
        "4.",
        _("Goals and risk"),
        facts=(
            Fact(_("Goals of the plan"), closing.get_goals_display()),
            Fact(_("Risk at the beginning"), closing.get_risk_then_display()),
            Fact(_("Risk now"), closing.get_risk_now_display()),
        ),
        text=closing.goals_text,
    )
    unknown = _("not written down")
    yield Section(
        "5.",
        _("What the family says"),
        facts=(
            Fact(_("What the child says"), closing.child_opinion or unknown),
            Fact(_("What the parents say"), closing.parents_opinion or unknown),
            *_satisfaction(closing),
        ),
    )
    yield Section("6.", _("What follows"), facts=_what_follows(closing, case, language))


def _about(case: Case, language: str) -> tuple[Fact, ...]:
    children = [place.person for place in case.child_places.select_related("person")]
    facts = [Fact(_("Case number"), case.number)]
    facts += [
        Fact(_("Child"), ", ".join(p for p in (child.full_name, birth_words(child)) if p))
        for child in children
    ]
    opened = clock.local(case.opened_at).date()
    facts.append(Fact(_("Opened"), long_day(opened, language)))
    if case.reopened_on:
        facts.append(Fact(_("Reopened on"), long_day(case.reopened_on, language)))
    if case.closed_on:
        facts.append(Fact(_("Closed on"), long_day(case.closed_on, language)))
    return tuple(facts)


def _reason(closing: Closing, language: str) -> tuple[Fact, ...]:
    reason = closing.reason
    facts = [Fact(_("Reason"), reason.name_ru if language == "ru" else reason.name_ky)]
    if closing.reason_text:
        facts.append(Fact(_("In words"), closing.reason_text))
    return tuple(facts)


def _help(case: Case, language: str) -> tuple[str, ...]:
    """Each help that ended with its result, by its kind and office: no word of what was said in it."""
    lines = []
    done = case.episodes.filter(status=EpisodeStatus.COMPLETED).select_related("office", "person")
    for episode in done.order_by("completed_on", "id"):
        office = episode.office.name_ru if language == "ru" else episode.office.name_ky
        day = long_day(episode.completed_on, language) if episode.completed_on else ""
        lines.append(f"{episode.get_kind_display()}: {episode.person.full_name}; {office}; {day}")
    return tuple(lines) or (_("No help was completed with its result."),)


def _satisfaction(closing: Closing) -> tuple[Fact, ...]:
    if closing.is_declined:
        return (Fact(_("Satisfaction with the help"), _("The family did not wish to answer")),)
    return (
        Fact(_("Was the staff polite?"), closing.get_was_polite_display()),
        Fact(_("Did the help come in time?"), closing.get_was_in_time_display()),
        Fact(_("Did the help meet what you expected?"), closing.get_was_useful_display()),
    )


def _what_follows(closing: Closing, case: Case, language: str) -> tuple[Fact, ...]:
    due = [long_day(row.due_on, language) for row in closing.follow_ups.order_by("due_on")]
    return (
        Fact(_("Who follows up"), closing.follower.short_name),
        Fact(_("When"), "; ".join(due) or _("no follow-up is planned")),
    )
