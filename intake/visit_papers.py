"""The act of a visit: Kyrgyz complete and first, Russian second, all words fixed when it is issued."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from casework.conclusion_facts import birth_words
from casework.conclusion_papers import signature_of
from casework.hidden import hidden_facts_of, mentioned_in
from casework.models import Case
from casework.papers import Fact, PaperText, Section
from core import clock
from core.templatetags.dates import long_day
from offices.enums import Role
from offices.models import Membership, StandardVersion, User
from papers.letterhead import OfficeLines, Signature, letterhead_of
from papers.pictures import drawn, is_printable

from .enums import VisitPurpose
from .models import Visit, VisitChild
from .models.visits import CONDITIONS

TEMPLATE = "intake/papers/visit_act.html"


@dataclass(frozen=True)
class Picture:
    """A photograph that was ticked for printing."""

    src: str
    caption: str


@dataclass(frozen=True)
class VisitAct:
    """The act as it is laid out. ``number`` and ``dated_on`` are empty in a preview."""

    office: OfficeLines
    number: str
    dated_on: dt.date | None
    texts: tuple[PaperText, ...]
    signatures: tuple[Signature, ...]
    pictures: tuple[Picture, ...] = ()


def visit_act(visit: Visit, *, number: str = "", on: dt.date | None = None) -> VisitAct:
    """The paper as the record says it now; without a number it is a preview."""
    parts = list(visit.children.select_related("person", "case"))
    staff = list(visit.staff.all())
    place = printable_place(visit)
    return VisitAct(
        office=letterhead_of(visit.office),
        number=number,
        dated_on=on,
        texts=tuple(_text(visit, parts, staff, place, language) for language in ("ky", "ru")),
        signatures=(*_family_line(), *(_signature(user, visit) for user in staff)),
        pictures=tuple(_pictures(visit)),
    )


def texts_of(visit: Visit) -> list[str]:
    """Everything on the act that people wrote, but the address."""
    names = ["purpose_text", "others_went", "others_met", "children_text"]
    names += [
        f"{t}_{x}" for t in ("conditions", "found", "agreed", "next_step") for x in ("ky", "ru")
    ]
    texts = [getattr(visit, name) for name in names]
    for part in visit.children.all():
        texts += [part.text_ky, part.text_ru]
    texts += [photo.caption for photo in visit.photos.all()]
    return texts


def printable_place(visit: Visit) -> str:
    """The address, "" where it is hidden from somebody of the family: no paper prints it then."""
    cases = Case.objects.filter(pk__in=visit.children.values("case"))
    facts = [fact for case in cases for fact in hidden_facts_of(case)]
    return "" if mentioned_in([visit.place], facts) else visit.place


def _text(
    visit: Visit, parts: list[VisitChild], staff: list[User], place: str, language: str
) -> PaperText:
    with translation.override(language):
        sections = [
            s
            for s in (
                Section("", _("The visit"), facts=_visit_facts(visit, staff, place, language)),
                Section("", _("Children"), items=_children(visit, parts), text=visit.children_text),
                _conditions(visit, language),
                Section("", _("What was found"), text=_said(visit, "found", language)),
                *_parts(parts, language),
                Section("", _("What was agreed"), text=_said(visit, "agreed", language)),
                Section("", _("Next step"), text=_said(visit, "next_step", language)),
            )
            if s.facts or s.items or s.text
        ]
        numbered = tuple(
            Section(f"{n}.", s.title, facts=s.facts, items=s.items, text=s.text)
            for n, s in enumerate(sections, 1)
        )
        return PaperText(
            language="ru" if language == "ru" else "ky",
            title=_("Act of a visit"),
            confidential=_("Confidential"),
            notes=(),
            sections=numbered,
            legal_basis=_legal_basis(visit, language),
        )


def _visit_facts(visit: Visit, staff: list[User], place: str, language: str) -> tuple[Fact, ...]:
    met = [person.full_name for person in visit.met.all()]
    named = [case.number for case in _cases(visit)]
    facts = [
        Fact(_("Date and time"), _when(visit, language)),
        Fact(_("Address"), place),
        Fact(_("Case number"), ", ".join(named)),
        Fact(_("Purpose"), _purpose(visit)),
        Fact(_("Who went"), _joined([user.full_name for user in staff], visit.others_went)),
        Fact(_("How it went"), str(visit.get_outcome_display())),
        Fact(_("Who was met"), _joined(met, visit.others_met)),
    ]
    return tuple(fact for fact in facts if fact.value)


def _cases(visit: Visit) -> Iterable[Case]:
    return Case.objects.filter(pk__in=visit.children.values("case")).order_by("number")


def _purpose(visit: Visit) -> str:
    if visit.purpose == VisitPurpose.OTHER and visit.purpose_text:
        return visit.purpose_text
    return _joined([str(visit.get_purpose_display())], visit.purpose_text)


def _when(visit: Visit, language: str) -> str:
    if visit.held_at is None:
        return ""
    began = clock.local(visit.held_at)
    until = f"–{clock.local(visit.ended_at):%H:%M}" if visit.ended_at else ""
    return f"{long_day(began.date(), language)}, {began:%H:%M}{until}"


def _joined(names: list[str], more: str) -> str:
    return ", ".join([*names, *([more] if more else [])])


def _children(visit: Visit, parts: list[VisitChild]) -> tuple[str, ...]:
    """Each child once, whatever the number of their cases: born, seen, heard."""
    lines: dict[object, str] = {}
    for part in parts:
        words = [part.person.full_name]
        if part.person.birth_on or part.person.birth_year:
            words.append(_("born %(when)s") % {"when": birth_words(part.person)})
        if part.was_seen is not None:
            words.append(_("seen") if part.was_seen else _("not seen"))
        if part.was_heard is not None:
            words.append(_("heard alone") if part.was_heard else _("not heard alone"))
        lines[part.person_id] = ", ".join(words)
    return tuple(lines.values())


def _conditions(visit: Visit, language: str) -> Section:
    facts = tuple(
        Fact(
            str(visit._meta.get_field(name).verbose_name),  # type: ignore[union-attr]  # a plain field
            str(getattr(visit, f"get_{name}_display")()),
        )
        for name in CONDITIONS
        if getattr(visit, name)
    )
    return Section(
        "", _("Living conditions"), facts=facts, text=_said(visit, "conditions", language)
    )


def _parts(parts: list[VisitChild], language: str) -> Iterable[Section]:
    for part in parts:
        text = _said(part, "text", language)
        if text:
            yield Section(
                "", _("About the child: %(name)s") % {"name": part.person.full_name}, text=text
            )


def _said(record: Visit | VisitChild, name: str, language: str) -> str:
    text: str = getattr(record, f"{name}_{language}").strip()
    original: str = getattr(record, f"{name}_ky").strip()
    if not text and original and language != "ky":
        return _("The text of this section is in Kyrgyz, the original.")
    return text


def _legal_basis(visit: Visit, language: str) -> tuple[str, ...]:
    day = clock.local(visit.held_at).date() if visit.held_at else clock.today()
    version = StandardVersion.objects.in_force(day)
    acts = version.legal_basis_ru if language == "ru" else version.legal_basis_ky
    return tuple(line.strip() for line in acts.splitlines() if line.strip())


def _signature(user: User, visit: Visit) -> Signature:
    day = clock.local(visit.held_at).date() if visit.held_at else clock.today()
    place = Membership.objects.active(day).filter(user=user).select_related("office")
    held = place.filter(office=visit.office).first() or place.first()
    role, office = (held.role, held.office) if held else (Role.CASEWORKER, visit.office)
    return signature_of(user, office, role, day, signed_on=None)


def _family_line() -> tuple[Signature, ...]:
    """A line for whoever was met; to sign is their choice."""
    words = {}
    for language in ("ky", "ru"):
        with translation.override(language):
            words[language] = _("Whoever was met (if they wish)")
    return (Signature(name="", position_ky=words["ky"], position_ru=words["ru"], signed_on=None),)


def _pictures(visit: Visit) -> Iterable[Picture]:
    for photo in visit.photos.filter(is_printed=True).select_related("file"):
        if is_printable(photo.file):
            yield Picture(drawn(photo.file), photo.caption)
