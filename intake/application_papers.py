"""What stands on the papers of an application: its receipt and the notice of refusal. Both languages, no address, no phone."""

import datetime as dt
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from casework.conclusion_papers import signature_of
from casework.papers import Fact
from core import clock
from core.templatetags.dates import long_day
from offices.enums import Role
from offices.models import StandardVersion, User
from offices.standing import standing
from papers.letterhead import OfficeLines, Signature, letterhead_of

from .models import Application, EligibilityDecision

RECEIPT = "intake/papers/receipt.html"
REFUSAL = "intake/papers/refusal.html"
LANGUAGES = ("ky", "ru")


@dataclass(frozen=True)
class NoticeText:
    """The whole paper in one language; every word is here, the template only lays out."""

    language: str
    title: str
    facts: tuple[Fact, ...]
    # Headed parts: (heading, text).
    parts: tuple[tuple[str, str], ...]
    legal_basis: tuple[str, ...]


@dataclass(frozen=True)
class ApplicationPaper:
    office: OfficeLines
    number: str
    dated_on: dt.date
    texts: tuple[NoticeText, ...]
    signatures: tuple[Signature, ...]


def receipt_paper(application: Application, *, by: User) -> ApplicationPaper:
    """What was registered, that it is free, what happens next and how to complain."""
    role = next(
        (r for r in (Role.CASEWORKER, Role.OPERATOR, Role.HEAD)
         if application.office_id in standing(by).offices(r)), Role.CASEWORKER,
    )  # fmt: skip
    day = application.registered_on
    return ApplicationPaper(
        office=letterhead_of(application.office),
        number=application.number,
        dated_on=day,
        texts=tuple(_receipt_text(application, language) for language in LANGUAGES),
        signatures=(
            signature_of(by, application.office, role, clock.today(), signed_on=clock.today()),
        ),
    )


def refusal_paper(
    application: Application, decision: EligibilityDecision, *, number: str, on: dt.date, head: User
) -> ApplicationPaper:
    """Which application, that clause 3 is not met and on what facts, and how to complain."""
    return ApplicationPaper(
        office=letterhead_of(application.office),
        number=number,
        dated_on=on,
        texts=tuple(_refusal_text(application, decision, language) for language in LANGUAGES),
        signatures=(signature_of(head, application.office, Role.HEAD, on, signed_on=on),),
    )


def _receipt_text(application: Application, language: str) -> NoticeText:
    with translation.override(language):
        return NoticeText(
            language=language,
            title=_("Receipt of an application"),
            facts=(
                *_about(application, language),
                Fact(_("Basis document"), str(application.get_basis_kind_display())),
            ),
            parts=(
                (
                    _("What happens next"),
                    _(
                        "A social worker of the office looks into whether the family is in a difficult life situation. If it is, a case is opened and psychological, legal and social help is given. Help may be refused on one ground only: the family is not in such a situation; you would be told so in writing."
                    ),
                ),
                (
                    _("No other paper is needed"),
                    _(
                        "One basis document is enough: a referral, your own application, or a petition of a non-governmental organisation. Nobody may ask you for any other paper."
                    ),
                ),
                (_("Free of charge"), _("The service is free of charge.")),
                (_("How to complain"), _how_to_complain(application.standard)),
            ),
            legal_basis=_legal_basis(application.standard, language),
        )


def _refusal_text(
    application: Application, decision: EligibilityDecision, language: str
) -> NoticeText:
    facts = decision.facts_ru if language == "ru" else decision.facts_ky
    with translation.override(language):
        return NoticeText(
            language=language,
            title=_("Notice of refusal"),
            facts=(
                *_about(application, language),
                Fact(_("Application"), f"№ {application.number}"),
            ),
            parts=(
                (
                    _("Decision"),
                    _(
                        "The service is refused, because the application does not meet clause 3 of the service standard: the family was not found to be in a difficult life situation. There is no other ground."
                    ),
                ),
                (_("Facts on which it was decided"), facts),
                (
                    _("You may apply again"),
                    _(
                        "If things change or there is more to say, apply again on any working day. This refusal does not count against you."
                    ),
                ),
                (_("How to complain"), _how_to_complain(application.standard)),
            ),
            legal_basis=_legal_basis(application.standard, language),
        )


def _about(application: Application, language: str) -> tuple[Fact, ...]:
    """Who applies and when: no address and no phone, whatever the record says."""
    people = application.people.filter(is_left_out=False)
    mine = next((row for row in people if row.is_applicant), None)
    name = mine.full_name if mine else application.applicant_name
    return (
        Fact(_("Applicant"), name or _("Not named")),
        Fact(_("Registered on"), long_day(application.registered_on, language)),
    )


def _how_to_complain(standard: StandardVersion) -> str:
    said = {
        "register": standard.complaint_registration_days,
        "answer": standard.complaint_answer_days,
    }
    return _(
        "A complaint is written in free form and handed in at this office or at the city social development department, free of charge. State your full name, home address, phone, what you claim and the date, and sign it. It is registered within %(register)d working day; the answer is sent within %(answer)d working days of registration. If you do not agree with the answer, turn to Bishkek City Hall, then to court."
    ) % said  # fmt: skip


def _legal_basis(standard: StandardVersion, language: str) -> tuple[str, ...]:
    acts = standard.legal_basis_ru if language == "ru" else standard.legal_basis_ky
    return tuple(line.strip() for line in acts.splitlines() if line.strip())
