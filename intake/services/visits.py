"""State changes of visits: planned, written up once for several children, called off, put into a case, its act issued."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from casework.hidden import hidden_facts_of, mentioned_in
from casework.history import claim
from casework.models import Case, HiddenFact, Person
from core import clock
from core.errors import DomainError
from offices.models import Office, User
from papers.attachments import attach
from papers.models import Journal, PaperKind
from papers.numbers import take_number
from papers.services import issue_paper
from papers.uploads import CheckedFile

from .. import visit_permissions as may
from ..enums import VisitOutcome
from ..models import RaidFinding, Visit, VisitChild, VisitPhoto
from ..visit_papers import TEMPLATE, texts_of, visit_act

LANGUAGES = ("ky", "ru")
TEXTS = ("conditions", "found", "agreed", "next_step")
PLAIN = (
    "purpose", "purpose_text", "ground_number", "outcome", "planned_at", "held_at", "ended_at",
    "place", "others_went", "others_met", "children_text",
    "heating", "sleeping_place", "food", "cleanliness", "home_safety",
)  # fmt: skip


@dataclass(frozen=True)
class ChildPart:
    """A child ticked on the visit, in their case, with what belongs to this child alone."""

    case: Case
    person: Person
    was_seen: bool | None = None
    was_heard: bool | None = None
    text_ky: str = ""
    text_ru: str = ""


@dataclass(frozen=True)
class VisitFacts:
    """A visit as it is planned or written up. Times are aware moments; texts in either language or both."""

    purpose: str
    outcome: str = VisitOutcome.PLANNED
    staff: tuple[User, ...] = ()
    purpose_text: str = ""
    ground_number: str = ""
    planned_at: dt.datetime | None = None
    held_at: dt.datetime | None = None
    ended_at: dt.datetime | None = None
    place: str = ""
    others_went: str = ""
    met: tuple[Person, ...] = ()
    others_met: str = ""
    children_text: str = ""
    heating: str = ""
    sleeping_place: str = ""
    food: str = ""
    cleanliness: str = ""
    home_safety: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    """``found_ky``, ``found_ru``, … as far as they are written."""
    children: tuple[ChildPart, ...] = ()


@transaction.atomic
def make_visit(
    office: Office, facts: VisitFacts, *, finding: RaidFinding | None = None, actor: User
) -> Visit:
    """Plan a visit, or write up one that was made: of the ticked children's cases, or before there is a case."""
    if not facts.children and not may.can_make_visit(actor, office):
        raise PermissionDenied
    _check_children(facts.children, actor)
    if facts.children:
        office = facts.children[0].case.office
    visit = Visit(office=office, finding=finding, recorded_by=actor)
    return _put(visit, facts, actor)


@transaction.atomic
def change_visit(visit: Visit, facts: VisitFacts, *, seen: int | None, actor: User) -> Visit:
    """Write up what was planned, mend what was written. Parts that ``actor`` does not read stay as they are."""
    visit = _locked(visit, may.can_change_visit, actor)
    claim(visit, seen, actor=actor)
    if visit.outcome == VisitOutcome.CANCELLED:
        raise DomainError(_("This visit was called off: write up another one."))
    read = {(part.case_id, part.person_id) for part in may.parts_for(actor, visit)}
    fresh = [c for c in facts.children if (c.case.pk, c.person.pk) not in read]
    _check_children(fresh, actor)
    return _put(visit, facts, actor)


@transaction.atomic
def cancel_visit(visit: Visit, *, reason: str, actor: User) -> Visit:
    """A planned visit is called off, and why."""
    visit = _locked(visit, may.can_cancel_visit, actor)
    if not reason.strip():
        raise DomainError(_("Say why, in a few words."))
    visit.outcome, visit.cancelled_reason = VisitOutcome.CANCELLED, reason.strip()
    visit.version += 1
    visit.save()
    return visit


@transaction.atomic
def attach_visit(visit: Visit, children: Iterable[ChildPart], *, actor: User) -> Visit:
    """A visit made before there was a case goes into the case that came of it; from then on the case's readers read it."""
    visit = _locked(visit, may.can_attach_visit, actor)
    chosen = list(children)
    if not chosen:
        raise DomainError(_("Tick at least one child."))
    _check_children(chosen, actor)
    for child in chosen:
        _put_child(visit, child)
    visit.version += 1
    visit.save()
    return visit


@transaction.atomic
def add_photo(visit: Visit, file: CheckedFile, *, caption: str = "", actor: User) -> VisitPhoto:
    """A photograph or scan: its original is sealed as evidence. Also after the act: it then lies beside it."""
    visit = _locked(visit, lambda _user, _visit: True, actor)
    return VisitPhoto.objects.create(
        visit=visit, file=attach(file, by=actor), caption=caption.strip(), added_by=actor
    )


@transaction.atomic
def issue_act(
    visit: Visit, *, photos: Iterable[VisitPhoto] = (), seen: int | None, actor: User
) -> Visit:
    """Number the act, lay it out once and keep it; the text is locked. Only the ticked photographs are printed.

    Refused while a text has no Kyrgyz, or spells out what is hidden from somebody.
    """
    visit = _locked(visit, may.can_issue_act, actor)
    claim(visit, seen, actor=actor)
    if missing := missing_for_act(visit):
        raise DomainError(" ".join(missing))
    chosen = {photo.pk for photo in photos}
    for photo in visit.photos.filter(pk__in=chosen):
        photo.is_printed = True
        photo.save()
    day = clock.today()
    visit.number = take_number(visit.office, Journal.VISIT, on=day)
    visit.paper = issue_paper(
        PaperKind.VISIT_ACT,
        office=visit.office,
        number=visit.number,
        on=day,
        by=actor,
        template=TEMPLATE,
        paper=visit_act(visit, number=visit.number, on=day),
    )
    visit.acted_by = actor
    visit.save()
    return visit


def missing_for_act(visit: Visit) -> list[str]:
    """What keeps the act from being issued, in words."""
    missing = []
    written = [(getattr(visit, f"{text}_ky"), getattr(visit, f"{text}_ru")) for text in TEXTS]
    written += [(part.text_ky, part.text_ru) for part in may.parts_of(visit)]
    if any(ru.strip() and not ky.strip() for ky, ru in written):
        missing.append(
            _("The act is complete in Kyrgyz: write in Kyrgyz what stands in Russian only.")
        )
    if not visit.found_ky.strip() and visit.outcome == VisitOutcome.MET:
        missing.append(_("Write what was found."))
    if hidden_in(visit):
        missing.append(
            _("The text spells out an address or a phone that is hidden: take it out first.")
        )
    return missing


def hidden_in(visit: Visit) -> list[HiddenFact]:
    """Hidden facts that the text of the act would spell out. The address itself is left out of the paper."""
    cases = {part.case_id: part.case for part in may.parts_of(visit)}
    facts = [fact for case in cases.values() for fact in hidden_facts_of(case)]
    return mentioned_in(texts_of(visit), facts)


def _check_children(children: Iterable[ChildPart], actor: User) -> None:
    """Each of a case that ``actor`` works, and all of one family."""
    chosen = list(children)
    families = {child.case.family_id for child in chosen}
    if len(families) > 1:
        raise DomainError(_("One visit is to one family."))
    for child in chosen:
        if not may.can_visit_case(actor, child.case):
            raise PermissionDenied
        if not child.case.child_places.filter(person=child.person).exists():
            raise DomainError(_("The case is not about this child."))


def _check_times(facts: VisitFacts) -> None:
    now = clock.now() + dt.timedelta(minutes=1)
    if facts.outcome == VisitOutcome.PLANNED:
        if facts.planned_at is None:
            raise DomainError(_("Say for when the visit is planned."))
        return
    if facts.held_at is None:
        raise DomainError(_("Say when you were there."))
    if facts.held_at > now or (facts.ended_at and facts.ended_at > now):
        raise DomainError(_("These times are still to come: check them."))
    if facts.ended_at and facts.ended_at < facts.held_at:
        raise DomainError(_("A visit ends after it begins: check the times."))


def _put(visit: Visit, facts: VisitFacts, actor: User) -> Visit:
    _check_times(facts)
    if not facts.staff:
        raise DomainError(_("Say who went."))
    for name in PLAIN:
        setattr(visit, name, getattr(facts, name))
    if facts.outcome == VisitOutcome.PLANNED:
        visit.held_at = visit.ended_at = None
    for text in TEXTS:
        for language in LANGUAGES:
            name = f"{text}_{language}"
            setattr(visit, name, facts.texts.get(name, "").strip())
    is_new = visit._state.adding
    read = [] if is_new else may.parts_for(actor, visit)
    visit.save()
    visit.staff.set(facts.staff)
    visit.met.set(facts.met)
    kept = {(child.case.pk, child.person.pk) for child in facts.children}
    for part in read:
        if (part.case_id, part.person_id) not in kept:
            part.delete()
    may.forget_parts(visit)
    for child in facts.children:
        _put_child(visit, child)
    return visit


def _put_child(visit: Visit, child: ChildPart) -> None:
    part = VisitChild.objects.filter(visit=visit, case=child.case, person=child.person).first()
    part = part or VisitChild(visit=visit, case=child.case, person=child.person)
    part.was_seen, part.was_heard = child.was_seen, child.was_heard
    part.text_ky, part.text_ru = child.text_ky.strip(), child.text_ru.strip()
    part.save()
    may.forget_parts(visit)


def _locked(visit: Visit, allows: Callable[[User, Visit], bool], actor: User) -> Visit:
    found = (
        Visit.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("office")
        .filter(pk=visit.pk)
        .first()
    )
    if found is None:
        raise PermissionDenied
    if not allows(actor, found):
        if found.has_act:
            raise DomainError(_("The act of this visit is issued: its text is locked."))
        raise PermissionDenied
    return found
