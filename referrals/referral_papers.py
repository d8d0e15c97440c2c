"""What stands on the papers of referrals: the outgoing referral, and the answer to whoever referred. Both languages, frozen.

The answer says that the referral is received, taken up or not, and nothing of anybody: no name, no content. A referral
prints whom it is about, what is asked and what is shared; of addresses and phones only those that are not hidden.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from django.utils import translation
from django.utils.translation import gettext as _

from casework.conclusion_papers import signature_of
from casework.enums import AddressKind
from casework.hidden import printable
from casework.models import Address, Person, Phone
from casework.papers import Fact, PaperText, Section
from core import clock
from core.templatetags.dates import day as short_day
from core.templatetags.dates import long_day
from offices.enums import Role
from offices.models import Organisation, StandardVersion, User
from papers.letterhead import OfficeLines, Signature, letterhead_of

from .enums import FeedbackOutcome
from .models import Feedback, OutgoingReferral

LANGUAGES: tuple[Literal["ky", "ru"], ...] = ("ky", "ru")
LETTER = "referrals/papers/letter.html"


@dataclass(frozen=True)
class ReferralPaper:
    """A letter: to whom in each language, then the text in Kyrgyz, complete and first, and in Russian."""

    kind: Literal["referral_out", "referral_feedback"]
    office: OfficeLines
    number: str
    dated_on: dt.date | None
    to_ky: str
    to_ru: str
    texts: tuple[PaperText, ...]
    signatures: tuple[Signature, ...]


def outgoing_paper(
    referral: OutgoingReferral,
    *,
    number: str = "",
    head: User | None = None,
    on: dt.date | None = None,
) -> ReferralPaper:
    """The referral as the records say it now; without a number it is a draft."""
    office, day = referral.case.office, on or clock.today()
    signed = (signature_of(head, office, Role.HEAD, day, signed_on=day),) if head else ()
    return ReferralPaper(
        kind="referral_out",
        office=letterhead_of(office),
        number=number,
        dated_on=on,
        to_ky=_addressee(referral.organisation, referral.recipient_text, "ky"),
        to_ru=_addressee(referral.organisation, referral.recipient_text, "ru"),
        texts=tuple(_outgoing_text(referral, language, day) for language in LANGUAGES),
        signatures=signed,
    )


def feedback_paper(feedback: Feedback, *, number: str, head: User, on: dt.date) -> ReferralPaper:
    """The answer to whoever referred."""
    referral = feedback.referral
    return ReferralPaper(
        kind="referral_feedback",
        office=letterhead_of(referral.office),
        number=number,
        dated_on=on,
        to_ky=_addressee(referral.organisation, referral.sender_text, "ky"),
        to_ru=_addressee(referral.organisation, referral.sender_text, "ru"),
        texts=tuple(_feedback_text(feedback, language, on) for language in LANGUAGES),
        signatures=(signature_of(head, referral.office, Role.HEAD, on, signed_on=on),),
    )


def _addressee(organisation: Organisation | None, words: str, language: str) -> str:
    named = getattr(organisation, f"name_{language}", "")
    return ", ".join(part for part in (named, words) if part)


def _outgoing_text(
    referral: OutgoingReferral, language: Literal["ky", "ru"], day: dt.date
) -> PaperText:
    with translation.override(language):
        people = sorted(referral.people.all(), key=lambda p: p.sort_key)
        sections = [
            Section("1.", _("About whom"), facts=tuple(_who(person, day) for person in people)),
            Section("2.", _("What is asked for"), text=_words(referral, "purpose", language)),
        ]
        if shared := _words(referral, "shared", language):
            sections.append(Section("3.", _("What is shared"), text=shared))
        if contacts := _contacts(referral, people):
            mark = f"{len(sections) + 1}."
            sections.append(Section(mark, _("How to reach the family"), facts=contacts))
        return PaperText(
            language=language,
            title=_("Referral"),
            confidential=_("Confidential"),
            notes=_grounds(referral, language),
            sections=tuple(sections),
            legal_basis=_legal_basis(language, day),
        )


def _who(person: Person, day: dt.date) -> Fact:
    """Name, and the birth date or the age as far as it is known."""
    born = short_day(person.birth_on) if person.birth_on else person.birth.age_in_words(day)
    return Fact(person.full_name, born or _("age not known"))


def _words(referral: OutgoingReferral, name: str, language: str) -> str:
    """The text in that language; a missing Russian one leads to the original, a missing Kyrgyz one to nothing."""
    text: str = getattr(referral, f"{name}_{language}")
    original: str = getattr(referral, f"{name}_ky")
    if not text and original:
        return _("The text of this section is in Kyrgyz, the original.")
    return text


def _contacts(referral: OutgoingReferral, people: list[Person]) -> tuple[Fact, ...]:
    """Where the family lives and on which safe phones it is reached: nothing that is hidden from anybody."""
    if not referral.with_contacts:
        return ()
    family = [m.person_id for m in referral.case.family.members.filter(to_on=None)]
    places = Address.objects.filter(
        person__in=people, kind=AddressKind.ACTUAL, until_on=None
    ).prefetch_related("hidden_facts")
    phones = (
        Phone.objects.filter(person__in={*family, *(p.pk for p in people)}, is_safe=True)
        .select_related("person")
        .prefetch_related("hidden_facts")
        .order_by("person__sort_key", "pk")
    )
    lived = dict.fromkeys(place.line for place in printable(places))
    lines = [Fact(_("Address"), place) for place in lived]
    lines += [
        Fact(phone.person.full_name, ", ".join(t for t in (phone.shown, phone.safe_hours) if t))
        for phone in printable(phones)
    ]
    return tuple(lines)


def _grounds(referral: OutgoingReferral, language: str) -> tuple[str, ...]:
    """On what it goes out, and by when a reply is wished."""
    ground = referral.ground
    named, act = getattr(ground, f"name_{language}"), getattr(ground, f"act_{language}")
    lines = [(_("Legal ground"), "; ".join(part for part in (named, act) if part))]
    consent = referral.consent
    if consent is not None:
        day = consent.written_on or consent.given_on
        said = long_day(day, language) if day else consent.ground_without
        label = _("Consent of the lawful representative") if day else _("Ground without consent")
        lines.append((label, said))
    if referral.reply_due_on:
        lines.append((_("Please reply by"), long_day(referral.reply_due_on, language)))
    return tuple(f"{label}: {value}" for label, value in lines if value)


def _feedback_text(feedback: Feedback, language: Literal["ky", "ru"], day: dt.date) -> PaperText:
    referral, outcome = feedback.referral, FeedbackOutcome(feedback.outcome)
    with translation.override(language):
        received = [
            Fact(
                _("Your number and date"), _numbered(referral.document_number, referral.document_on)
            ),
            Fact(
                _("Registered with us"),
                f"№ {referral.number}, {short_day(clock.local(referral.registered_at).date())}",
            ),
        ]
        said = {
            FeedbackOutcome.RECEIVED: _("Your referral has been received and registered."),
            FeedbackOutcome.TAKEN_UP: _("Your referral has been taken up: the help has begun."),
            FeedbackOutcome.REFUSED: _(
                "Your referral has been considered and has not been taken up."
            ),
        }[outcome]
        closed = _(
            "What is known of the family and of the help is confidential and is not told without a ground in the law."
        )
        return PaperText(
            language=language,
            title=_("Answer to a referral"),
            confidential=_("For official use"),
            notes=(),
            sections=(
                Section("", _("Referral"), facts=tuple(f for f in received if f.value)),
                Section("", _("Answer"), text=f"{said}\n\n{closed}"),
            ),
            legal_basis=_legal_basis(language, day),
        )


def _numbered(number: str, on: dt.date | None) -> str:
    parts = (f"№ {number}" if number else "", short_day(on) if on else "")
    return ", ".join(part for part in parts if part)


def _legal_basis(language: str, day: dt.date) -> tuple[str, ...]:
    version = StandardVersion.objects.in_force(day)
    acts = version.legal_basis_ru if language == "ru" else version.legal_basis_ky
    return tuple(line.strip() for line in acts.splitlines() if line.strip())
