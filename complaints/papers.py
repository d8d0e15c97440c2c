"""What stands on a complaint's papers: the complainant's receipt and the answer, Kyrgyz first and complete, Russian second."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from casework.conclusion_papers import signature_of
from casework.papers import Fact, PaperText, Section
from core import clock
from core.templatetags.dates import long_day
from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing
from papers.letterhead import OfficeLines, Signature, letterhead_of

from .enums import ComplaintLanguage, Level
from .leadership import answering_office, forwarded_to
from .models import Answer, Complaint

RECEIPT = "complaints/papers/receipt.html"
ANSWER = "complaints/papers/answer.html"
LANGUAGES = ("ky", "ru")


@dataclass(frozen=True)
class Addressee:
    """To whom a letter goes, and where."""

    name: str
    address: str


@dataclass(frozen=True)
class ComplaintPaper:
    """A letter to the complainant. ``extra`` is the answer in the complaint's own language, where that is a third one."""

    office: OfficeLines
    number: str
    dated_on: dt.date | None
    addressee: Addressee
    texts: tuple[PaperText, ...]
    signatures: tuple[Signature, ...]
    extra: str = ""
    # How to appeal, in both official languages, under an answer in a third.
    extra_appeal: tuple[str, ...] = ()


def receipt_paper(complaint: Complaint) -> ComplaintPaper:
    """What the complainant takes home: number, day, to whom it went, by when the answer is sent, how to appeal."""
    if complaint.registered_office is None or complaint.registered_by is None:
        raise ValueError("Only a registered complaint has a receipt.")
    day = complaint.registered_on or clock.today()
    signature = signature_of(
        complaint.registered_by, complaint.registered_office, Role.REGISTRAR, day, signed_on=day
    )
    return ComplaintPaper(
        office=letterhead_of(complaint.registered_office),
        number=complaint.number,
        dated_on=complaint.registered_on,
        addressee=_addressee(complaint),
        texts=tuple(_receipt_text(complaint, language) for language in LANGUAGES),
        signatures=(signature,),
    )


def answer_paper(
    answer: Answer, *, signer: User | None = None, on: dt.date | None = None
) -> ComplaintPaper:
    """The answer as the records say it now; ``signer`` with the day of signing where somebody signs. No number yet."""
    complaint = answer.complaint
    office = answering_office(complaint, signer) if signer else _office_of_draft(complaint)
    signatures: tuple[Signature, ...] = ()
    if signer is not None:
        day = on or clock.today()
        signatures = (
            signature_of(signer, office, _signing_role(signer, office), day, signed_on=day),
        )
    return ComplaintPaper(
        office=letterhead_of(office),
        number="",
        dated_on=None,
        addressee=_addressee(complaint),
        texts=tuple(_answer_text(answer, language) for language in _languages_of(answer)),
        signatures=signatures,
        extra=answer.text_other.strip(),
        extra_appeal=_appeals() if answer.text_other.strip() else (),
    )


def sent_paper(answer: Answer, *, number: str, on: dt.date) -> ComplaintPaper:
    """What was signed, with the number and the day under which it goes."""
    return replace(from_snapshot(answer.snapshot or {}), number=number, dated_on=on)


def to_snapshot(paper: ComplaintPaper) -> dict[str, Any]:
    """The signed paper as JSON; number and day come when it is sent."""
    kept = asdict(paper)
    for block, signature in zip(kept["signatures"], paper.signatures, strict=True):
        block["signed_on"] = signature.signed_on.isoformat() if signature.signed_on else None
    kept["dated_on"] = None
    return kept


def from_snapshot(kept: dict[str, Any]) -> ComplaintPaper:
    return ComplaintPaper(
        office=OfficeLines(**kept["office"]),
        number=kept["number"],
        dated_on=None,
        addressee=Addressee(**kept["addressee"]),
        texts=tuple(_text_in(text) for text in kept["texts"]),
        signatures=tuple(_signature_in(block) for block in kept["signatures"]),
        extra=kept["extra"],
        extra_appeal=tuple(kept.get("extra_appeal", ())),
    )


def _text_in(kept: dict[str, Any]) -> PaperText:
    sections = tuple(
        Section(
            mark=part["mark"],
            title=part["title"],
            facts=tuple(Fact(**fact) for fact in part["facts"]),
            items=tuple(part["items"]),
            text=part["text"],
        )
        for part in kept["sections"]
    )
    kept = {**kept, "notes": tuple(kept["notes"]), "legal_basis": tuple(kept["legal_basis"])}
    return PaperText(**{**kept, "sections": sections})


def _signature_in(block: dict[str, Any]) -> Signature:
    day = block["signed_on"]
    return Signature(**{**block, "signed_on": dt.date.fromisoformat(day) if day else None})


def _addressee(complaint: Complaint) -> Addressee:
    return Addressee(complaint.complainant_name, complaint.complainant_address)


def _office_of_draft(complaint: Complaint) -> Office:
    """Before anybody signs: the office that would answer."""
    if complaint.level == Level.OFFICE and complaint.about_office is not None:
        return complaint.about_office
    offices = [office for office in forwarded_to(complaint) if office is not None]
    return offices[0] if offices else complaint.received_office


def _signing_role(signer: User, office: Office) -> str:
    return Role.HEAD if office.pk in standing(signer).offices(Role.HEAD) else Role.CITY_HEAD


def _languages_of(answer: Answer) -> tuple[str, ...]:
    """Kyrgyz always; Russian where it was written."""
    return LANGUAGES if answer.text_ru.strip() else LANGUAGES[:1]


def _name(office: Office, language: str) -> str:
    return office.name_ru if language == "ru" else office.name_ky


def _receipt_text(complaint: Complaint, language: str) -> PaperText:
    with translation.override(language):
        return PaperText(
            language="ru" if language == "ru" else "ky",
            title=_("Receipt of a complaint"),
            confidential="",
            notes=(),
            sections=(
                Section("1.", _("What was handed in"), facts=tuple(_receipt_facts(complaint, language))),
                Section("2.", _("What comes next"), text=_what_comes_next(complaint, language)),
            ),
            legal_basis=(),
        )  # fmt: skip


def _receipt_facts(complaint: Complaint, language: str) -> Iterable[Fact]:
    received = clock.local(complaint.received_at).date()
    yield Fact(_("From whom"), complaint.complainant_name)
    yield Fact(_("Date given"), _day(complaint.dated_on, language))
    yield Fact(_("Received"), long_day(received, language))
    yield Fact(_("Registered"), _day(complaint.registered_on, language))
    yield Fact(_("Number"), complaint.number)
    if complaint.about_office:
        yield Fact(_("About which office"), _name(complaint.about_office, language))


def _what_comes_next(complaint: Complaint, language: str) -> str:
    forwarded = [
        _name(office, language) if office else _("City Hall") for office in forwarded_to(complaint)
    ]
    lines = [_("The complaint was forwarded to the leadership of:")]
    lines += [f"- {name}" for name in forwarded]
    if complaint.level != Level.CITY_HALL:
        due = _day(complaint.answer_due_on, language)
        lines += ["", _("The answer is sent no later than: %(day)s.") % {"day": due}]
        if complaint.answer_is_provisional:
            lines.append(_("The calendar of that year is not confirmed yet; the day may move."))
    return "\n".join(lines) + "\n\n" + _appeal()


def _appeal() -> str:
    return _(
        "If the answer does not satisfy you, you may appeal to the City Hall of Bishkek, and then to court. Complaining costs nothing and changes nothing in the help that your family gets."
    )


def _appeals() -> tuple[str, ...]:
    """How to appeal in each official language, for who reads neither text above."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found.append(_appeal())
    return tuple(found)


def _answer_text(answer: Answer, language: str) -> PaperText:
    complaint = answer.complaint
    text = answer.text_ru if language == "ru" else answer.text_ky
    with translation.override(language):
        note = _("To your complaint № %(number)s, registered on: %(day)s") % {
            "number": complaint.number,
            "day": _day(complaint.registered_on, language),
        }
        return PaperText(
            language="ru" if language == "ru" else "ky",
            title=_("Answer to a complaint"),
            confidential="",
            notes=(note,),
            sections=tuple(_answer_sections(complaint, text.strip(), language)),
            legal_basis=(),
        )


def _answer_sections(complaint: Complaint, text: str, language: str) -> Iterable[Section]:
    points = tuple(
        f"{point.position}) {point.text} — {point.get_finding_display()}"
        for point in complaint.points.all()
        if point.finding
    )
    yield Section("1.", _("Answer"), text=text)
    if points:
        yield Section("2.", _("What was found of each point"), items=points)
    yield Section("3." if points else "2.", _("How to appeal"), text=_appeal())


def _day(day: dt.date | None, language: str) -> str:
    return long_day(day, language) if day else ""


def own_language_missing(answer: Answer) -> bool:
    """Whether the complaint's own language is another than Kyrgyz and the answer does not speak it.

    To a third language the law lets the official one answer, where it cannot be helped.
    """
    language = answer.complaint.language
    if language == ComplaintLanguage.RUSSIAN:
        return not answer.text_ru.strip()
    if language == ComplaintLanguage.OTHER:
        return not (answer.text_other.strip() or answer.text_ru.strip())
    return False
