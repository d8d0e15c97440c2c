"""Builds the papers of a conclusion from the records: the conclusion itself, its extract, its copy. All words in both languages."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.templatetags.dates import long_day
from offices.enums import Role
from offices.models import Membership, Office, StandardVersion, StandIn, User
from papers.letterhead import letterhead_of

from .conclusion_facts import consent_facts, general_facts, numbered
from .conclusion_sections import LANGUAGES, SECTIONS, SectionKind
from .models import Conclusion, Release
from .papers import CaseworkPaper, Fact, PaperText, Section, Signature, from_snapshot

TEMPLATES = {
    "conclusion": "casework/papers/conclusion.html",
    "conclusion_extract": "casework/papers/extract.html",
    "conclusion_copy": "casework/papers/copy.html",
}


def conclusion_paper(
    conclusion: Conclusion, *, number: str = "", signed_on: dt.date | None = None
) -> CaseworkPaper:
    """The paper as the records say it now; without a number it is a draft and marked so."""
    office = conclusion.episode.office
    day = signed_on or clock.today()
    author = signature_of(conclusion.author, office, Role.PSYCHOLOGIST, day, signed_on=signed_on)
    return CaseworkPaper(
        kind="conclusion",
        office=letterhead_of(office),
        number=number,
        dated_on=signed_on,
        texts=tuple(_text(conclusion, language, day) for language in LANGUAGES),
        signatures=(author,),
        mark="" if number else "draft",
    )


def kept_paper(conclusion: Conclusion) -> CaseworkPaper:
    """A signed conclusion's paper from its snapshot, with the head's signature where there is one; a draft's as it stands."""
    if not conclusion.snapshot:
        return conclusion_paper(conclusion)
    paper = from_snapshot(conclusion.snapshot)
    if conclusion.countersigned_by is None or conclusion.countersigned_at is None:
        return replace(paper, mark="draft")
    return countersigned_paper(conclusion, conclusion.countersigned_by, conclusion.countersigned_at)


def countersigned_paper(conclusion: Conclusion, head: User, at: dt.datetime) -> CaseworkPaper:
    """The snapshot's paper with ``head``'s signature under the author's."""
    if conclusion.snapshot is None:
        raise ValueError("Only a signed conclusion has its snapshot.")
    paper = from_snapshot(conclusion.snapshot)
    day = clock.local(at).date()
    block = signature_of(head, conclusion.episode.office, Role.HEAD, day, signed_on=day)
    return replace(paper, signatures=(*paper.signatures, block))


def extract_paper(release: Release, *, number: str, head: User, on: dt.date) -> CaseworkPaper:
    """The extract: the examiner's text under the office that releases it, with two signatures."""
    conclusion, examiner, at = (
        _released(release),
        release.extract_signed_by,
        release.extract_signed_at,
    )
    if examiner is None or at is None:
        raise ValueError("The extract's text has not been signed.")
    day = clock.local(at).date()
    office = conclusion.episode.office
    return CaseworkPaper(
        kind="conclusion_extract",
        office=letterhead_of(release.office),
        number=number,
        dated_on=on,
        texts=tuple(_extract_text(release, language) for language in LANGUAGES),
        signatures=(
            signature_of(examiner, office, Role.PSYCHOLOGIST, day, signed_on=day),
            signature_of(head, release.office, Role.HEAD, on, signed_on=on),
        ),
    )


def copy_paper(release: Release, *, number: str, head: User, on: dt.date) -> CaseworkPaper:
    """A full copy of the countersigned paper, marked as one, with what it is released on and who vouches for it."""
    conclusion = _released(release)
    original = kept_paper(conclusion)
    texts = []
    for text in original.texts:
        with translation.override(text.language):
            title = _("Copy of a psychologist's conclusion")
            notes = (*_source_notes(release, text.language), *text.notes)
        texts.append(replace(text, title=title, notes=notes))
    block = signature_of(head, release.office, Role.HEAD, on, signed_on=on)
    return replace(
        original,
        kind="conclusion_copy",
        office=letterhead_of(release.office),
        number=number,
        dated_on=on,
        texts=tuple(texts),
        signatures=(*original.signatures, block),
        mark="copy",
    )


def signature_of(
    user: User, office: Office, role: str, day: dt.date, *, signed_on: dt.date | None
) -> Signature:
    """The block of ``user`` who acted in ``office`` as ``role`` on ``day``; one who stood in for somebody is marked as acting."""
    held = Membership.objects.active(day).filter(user=user, office=office, role=role).first()
    covered = None
    if held is None:
        stand_in = StandIn.objects.active(day).filter(
            user=user, membership__office=office, membership__role=role
        )
        covered = stand_in.select_related("membership").first()
    place = held or (covered.membership if covered else None)
    return Signature(
        name=user.short_name,
        position_ky=_position(place, role, "ky", acts=covered is not None),
        position_ru=_position(place, role, "ru", acts=covered is not None),
        signed_on=signed_on,
    )


def _position(place: Membership | None, role: str, language: str, *, acts: bool) -> str:
    with translation.override(language):
        position = place.position if place else str(Role(role).label)
        return _("%(position)s (acting)") % {"position": position} if acts else position


def _text(conclusion: Conclusion, language: str, day: dt.date) -> PaperText:
    with translation.override(language):
        return PaperText(
            language="ru" if language == "ru" else "ky",
            title=_("Psychologist's conclusion"),
            confidential=_("Confidential"),
            notes=_replacing_notes(conclusion, language),
            sections=tuple(_sections(conclusion, language)),
            legal_basis=_legal_basis(language, day),
        )


def _sections(conclusion: Conclusion, language: str) -> Iterable[Section]:
    for section in SECTIONS:
        yield Section(
            mark=f"{section.mark}.",
            title=str(section.title),
            facts=_facts(section, conclusion, language),
            items=_methods(conclusion, language) if section.code == "methods" else (),
            text=_words(section, conclusion, language),
        )


def _facts(section: SectionKind, conclusion: Conclusion, language: str) -> tuple[Fact, ...]:
    if section.code == "general":
        return general_facts(conclusion, language)
    if section.code == "consent":
        return consent_facts(conclusion, language)
    return ()


def _words(section: SectionKind, conclusion: Conclusion, language: str) -> str:
    if not section.text or section.code == "consent":
        return ""
    text: str = getattr(conclusion, f"{section.text}_{language}").strip()
    original: str = getattr(conclusion, f"{section.text}_ky").strip()
    if not text and original and language != "ky":
        text = _("The text of this section is in Kyrgyz, the original.")
    if section.code == "recommendations" and conclusion.follow_up_on:
        day = long_day(conclusion.follow_up_on, language)
        text = f"{text}\n\n" + _("Next examination: %(day)s") % {"day": day}
    return text


def _methods(conclusion: Conclusion, language: str) -> tuple[str, ...]:
    """Each by its name; one made for other ages with its ages and the reason, so that a reader can judge it."""
    lines = []
    for used in conclusion.used_methods.all():
        name = used.method.name_ru if language == "ru" else used.method.name_ky
        reason = getattr(used, f"age_reason_{language}") or used.age_reason_ky or used.age_reason_ru
        if reason:
            remark = _("made for ages %(ages)s; used because: %(reason)s")
            name += f" ({remark % {'ages': used.method.ages, 'reason': reason}})"
        lines.append(name)
    return tuple(lines)


def _replacing_notes(conclusion: Conclusion, language: str) -> tuple[str, ...]:
    old = conclusion.replaces
    if old is None or old.signed_at is None:
        return ()
    day = clock.local(old.signed_at).date()
    notes = [
        _("Given in place of the conclusion: %(number)s")
        % {"number": named(old.number, day, language)}
    ]
    corrected = getattr(conclusion, f"correction_{language}") or conclusion.correction_ky
    if corrected:
        notes.append(_("What is corrected: %(text)s") % {"text": corrected})
    return tuple(notes)


def _extract_text(release: Release, language: str) -> PaperText:
    conclusion = _released(release)
    text = (release.extract_ru if language == "ru" else release.extract_ky).strip()
    person = conclusion.episode.person
    with translation.override(language):
        general = (
            from_snapshot(conclusion.snapshot or {}).texts[LANGUAGES.index(language)].sections[0]
        )
        text = text or _("The text of this section is in Kyrgyz, the original.")
        return PaperText(
            language="ru" if language == "ru" else "ky",
            title=_("Extract of a psychologist's conclusion"),
            confidential=_("Confidential"),
            notes=_source_notes(release, language),
            sections=(
                Section("1.", general.title, facts=_identity(general.facts, person.full_name)),
                Section("2.", _("Text of the extract"), text=text),
            ),
            legal_basis=_legal_basis(language, clock.today()),
        )


def _identity(facts: tuple[Fact, ...], name: str) -> tuple[Fact, ...]:
    """Name, birth date and age as the conclusion has them; no more of the child goes out with an extract."""
    return facts[:3] if facts else (Fact(_("Full name"), name),)


def _source_notes(release: Release, language: str) -> tuple[str, ...]:
    """Of which conclusion, to whom, at whose request, on what ground."""
    conclusion = _released(release)
    signed = clock.local(conclusion.signed_at).date() if conclusion.signed_at else clock.today()
    office = conclusion.episode.office
    ground = release.ground
    to_whom = release.recipient
    named_ground, act = (
        (ground.name_ru, ground.act_ru) if language == "ru" else (ground.name_ky, ground.act_ky)
    )
    lines = [
        (_("From the conclusion"), named(conclusion.number, signed, language)),
        (_("Office"), office.name_ru if language == "ru" else office.name_ky),
        (_("To whom"), _named_recipient(to_whom, release.recipient_text, language)),
        (_("Request"), numbered(release.request_number, release.request_on)),
        (_("Legal ground"), "; ".join(part for part in (named_ground, act) if part)),
    ]
    return tuple(f"{label}: {value}" for label, value in lines if value)


def _named_recipient(organisation: object, words: str, language: str) -> str:
    if organisation is None:
        return words
    name: str = getattr(organisation, f"name_{language}")
    return f"{name}, {words}" if words else name


def _released(release: Release) -> Conclusion:
    if release.conclusion is None:
        raise ValueError("Only releases of conclusions have a paper.")
    return release.conclusion


def _legal_basis(language: str, day: dt.date) -> tuple[str, ...]:
    version = StandardVersion.objects.in_force(day)
    acts = version.legal_basis_ru if language == "ru" else version.legal_basis_ky
    return tuple(line.strip() for line in acts.splitlines() if line.strip())


def named(number: str, day: dt.date, language: str) -> str:
    """«№ 06.3-0001/26, 2026-жылдын 2-декабры»."""
    return f"№ {number}, {long_day(day, language)}"
