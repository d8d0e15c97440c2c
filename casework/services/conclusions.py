"""State changes of a conclusion: begun, signed, returned, countersigned, corrected by a new version.

Each locks the conclusion, checks permission (PermissionDenied) and state (DomainError, in words), and tells whom it concerns.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import ChangedMeanwhile, DomainError
from offices.enums import Role
from offices.models import User
from offices.notices import tell
from offices.standing import people_in
from papers.attachments import attach
from papers.models import IssuedPaper, Journal, PaperKind
from papers.numbers import take_number
from papers.services import issue_paper
from papers.uploads import CheckedFile

from ..conclusion_facts import consents_of, education_place_of, suggested_conditions
from ..conclusion_papers import TEMPLATES, conclusion_paper, countersigned_paper
from ..conclusion_permissions import (
    can_attach_scan,
    can_begin_conclusion,
    can_correct_conclusion,
    can_countersign_conclusion,
    can_discard_conclusion,
    can_return_conclusion,
    can_sign_conclusion,
    leads,
)
from ..conclusion_sections import LANGUAGES, kyrgyz_gaps, russian_gaps
from ..enums import ConclusionStatus
from ..hidden import hidden_facts_of, mentioned_in
from ..models import (
    CaseConflict,
    Child,
    Conclusion,
    ConclusionMethod,
    Episode,
    HiddenFact,
)
from ..papers import to_snapshot
from .conclusion_text import TEXT_FIELDS, forget_texts_apart

_KYRGYZ_LETTERS = set("ңөүҢӨҮ")


@transaction.atomic
def begin_conclusion(episode: Episode, *, actor: User) -> Conclusion:
    """The author's draft for the episode: the one that there is, else a new one with all that the product knows."""
    episode = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if not can_begin_conclusion(actor, episode):
        raise PermissionDenied
    found = Conclusion.objects.drafts_of(actor).filter(episode=episode).first()
    if found:
        return found
    conclusion = Conclusion(episode=episode, author=actor, consent=consents_of(episode).first())
    child = Child.objects.select_related("school").filter(person=episode.person_id).first()
    for language in LANGUAGES:
        place = education_place_of(child, language)
        setattr(conclusion, f"education_place_{language}", place[:250])
        setattr(conclusion, f"conditions_{language}", suggested_conditions(episode, language))
    if _KYRGYZ_LETTERS & set(episode.request):
        conclusion.question_ky = episode.request
    conclusion.save()
    return conclusion


@transaction.atomic
def sign_conclusion(
    conclusion: Conclusion, *, seen: str, waives_russian: bool = False, actor: User
) -> Conclusion:
    """Lock the text, number it, keep what will be printed. ``seen`` is :func:`text_digest` of what the signer was shown.

    The signer's password has been asked by the caller. Tells the head of the author's office.
    """
    conclusion = _locked(conclusion, can_sign_conclusion, actor, ConclusionStatus.DRAFT)
    _refuse_unfit(conclusion, seen, waives_russian)
    at = clock.now()
    day = clock.local(at).date()
    conclusion.status, conclusion.signed_at = ConclusionStatus.SIGNED, at
    conclusion.is_russian_waived = bool(russian_gaps(conclusion))
    conclusion.number = take_number(conclusion.episode.office, Journal.CONCLUSION, on=day)
    paper = conclusion_paper(conclusion, number=conclusion.number, signed_on=day)
    conclusion.snapshot = to_snapshot(paper)
    conclusion.text_sha256 = digest(conclusion.snapshot)
    conclusion.save()
    forget_texts_apart(conclusion, actor)
    _tell(heads_for(conclusion), "conclusion_signed", conclusion, actor)
    return conclusion


@transaction.atomic
def return_conclusion(conclusion: Conclusion, *, reason: str, actor: User) -> Conclusion:
    """Send back what is signed and not yet countersigned: the head with remarks, or the author who found a mistake.

    The signed text stays as it is; what is mended is the next version.
    """
    conclusion = _locked(conclusion, can_return_conclusion, actor, ConclusionStatus.SIGNED)
    _return(conclusion, reason, actor)
    if actor.pk == conclusion.author_id:
        _tell(heads_for(conclusion), "conclusion_taken_back", conclusion, actor)
    else:
        _tell([conclusion.author], "conclusion_returned", conclusion, actor)
    return conclusion


@transaction.atomic
def countersign_conclusion(conclusion: Conclusion, *, actor: User) -> Conclusion:
    """The head's signature: the paper is laid out from the snapshot once, and its bytes are kept for good.

    The head's password has been asked by the caller. Tells the author and the case's responsible worker.
    """
    conclusion = _locked(conclusion, can_countersign_conclusion, actor, ConclusionStatus.SIGNED)
    if conclusion.signed_at is None or digest(conclusion.snapshot) != conclusion.text_sha256:
        raise DomainError(_("The signed text does not match its seal. Tell the administrator."))
    at = clock.now()
    conclusion.paper = issue_paper(
        PaperKind.CONCLUSION,
        office=conclusion.episode.office,
        number=conclusion.number,
        on=clock.local(conclusion.signed_at).date(),
        by=actor,
        template=TEMPLATES["conclusion"],
        paper=countersigned_paper(conclusion, actor, at),
        replaces=_paper_before(conclusion),
    )
    conclusion.status = ConclusionStatus.COUNTERSIGNED
    conclusion.countersigned_by, conclusion.countersigned_at = actor, at
    conclusion.save()
    readers = [conclusion.author, conclusion.episode.case.responsible]
    _tell(_not_shut_out(readers, conclusion), "conclusion_countersigned", conclusion, actor)
    return conclusion


@transaction.atomic
def begin_correction(
    conclusion: Conclusion, *, correction_ky: str, correction_ru: str = "", actor: User
) -> Conclusion:
    """The next version as a draft: the same text, naming the old one and what is corrected.

    What still waits for the head is taken back by it. An author's draft of the same correction is opened again.
    """
    before = (
        ConclusionStatus.SIGNED,
        ConclusionStatus.RETURNED,
        ConclusionStatus.COUNTERSIGNED,
    )
    conclusion = _locked(conclusion, can_correct_conclusion, actor, *before)
    if conclusion.corrections.exclude(status=ConclusionStatus.DRAFT).exists():
        raise DomainError(_("This version has been corrected already. Correct the newest one."))
    draft = Conclusion.objects.drafts_of(actor).filter(episode=conclusion.episode).first()
    if draft is not None:
        return _same_correction(draft, conclusion)
    if conclusion.status == ConclusionStatus.SIGNED:
        _return(conclusion, correction_ky, actor)
    return _next_version(conclusion, correction_ky, correction_ru, actor)


@transaction.atomic
def discard_conclusion(conclusion: Conclusion, *, actor: User) -> None:
    """Throw a draft away. A signed one stays for good."""
    conclusion = _locked(conclusion, can_discard_conclusion, actor, ConclusionStatus.DRAFT)
    forget_texts_apart(conclusion, actor)
    conclusion.delete()


@transaction.atomic
def attach_signed_scan(conclusion: Conclusion, *, file: CheckedFile, actor: User) -> Conclusion:
    """Keep the scan of the paper signed in ink beside it; a later one takes its place, the history keeps both."""
    conclusion = _locked(conclusion, can_attach_scan, actor, ConclusionStatus.COUNTERSIGNED)
    conclusion.signed_scan = attach(file, by=actor)
    conclusion.save()
    return conclusion


def text_digest(conclusion: Conclusion) -> str:
    """A digest of all that a draft would print, so that what is signed is what was seen."""
    return digest(to_snapshot(conclusion_paper(conclusion)))


def digest(snapshot: Any) -> str:
    plain = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def heads_for(conclusion: Conclusion) -> list[User]:
    """Who may countersign it today."""
    heads = people_in(conclusion.episode.office_id, Role.HEAD)
    return [u for u in _not_shut_out(heads, conclusion) if u.pk != conclusion.author_id]


def hidden_mentions(conclusion: Conclusion) -> list[HiddenFact]:
    """Hidden addresses and phones that somebody typed into the text; a paper never goes out with them."""
    texts = [getattr(conclusion, name) for name in TEXT_FIELDS]
    return mentioned_in(texts, hidden_facts_of(conclusion.episode.case))


def _locked(
    conclusion: Conclusion, allows: Callable[[User, Conclusion], bool], actor: User, *states: str
) -> Conclusion:
    """The row for changing. PermissionDenied for who may not see or do it; DomainError where only the state is another."""
    rows = Conclusion.objects.visible_to(actor).select_for_update(of=("self",))
    related = rows.select_related("episode__case__responsible", "episode__office", "author")
    found = related.filter(pk=conclusion.pk).first()
    if found is None:
        raise PermissionDenied
    if found.status not in states:
        if found.author_id == actor.pk or leads(actor, found):
            raise DomainError(_("This conclusion is not in that state any more. Look at it again."))
        raise PermissionDenied
    if not allows(actor, found):
        raise PermissionDenied
    return found


def _refuse_unfit(conclusion: Conclusion, seen: str, waives_russian: bool) -> None:
    if text_digest(conclusion) != seen:
        raise ChangedMeanwhile(
            _("The text or the facts changed after this page was opened. Read it again, then sign.")
        )
    if gaps := kyrgyz_gaps(conclusion):
        titles = ", ".join(str(gap.section.title) for gap in gaps)
        raise DomainError(_("Not written in Kyrgyz yet: %(sections)s.") % {"sections": titles})
    if russian_gaps(conclusion) and not waives_russian:
        raise DomainError(_("Some sections have no Russian text. Say that you sign without them."))
    if mentions := hidden_mentions(conclusion):
        things = ", ".join(str(fact.thing) for fact in mentions)
        raise DomainError(
            _("The text spells out what is hidden from somebody: %(things)s. Take it out.")
            % {"things": things}
        )
    replaced = conclusion.replaces
    if replaced and replaced.corrections.exclude(status=ConclusionStatus.DRAFT).exists():
        raise DomainError(_("This version has been corrected already. Correct the newest one."))


def _return(conclusion: Conclusion, reason: str, actor: User) -> None:
    if not reason.strip():
        raise DomainError(_("Say what is to be mended."))
    conclusion.status = ConclusionStatus.RETURNED
    conclusion.returned_by, conclusion.returned_at = actor, clock.now()
    conclusion.return_reason = reason.strip()[:500]
    conclusion.save()


def _paper_before(conclusion: Conclusion) -> IssuedPaper | None:
    """The newest paper that was issued of an earlier version; returned versions in between had none."""
    before = conclusion.replaces
    while before is not None and before.paper is None:
        before = before.replaces
    return before.paper if before else None


def _same_correction(draft: Conclusion, conclusion: Conclusion) -> Conclusion:
    if draft.replaces_id == conclusion.pk:
        return draft
    raise DomainError(_("You have another draft for this child. Sign it or throw it away first."))


def _next_version(
    old: Conclusion, correction_ky: str, correction_ru: str, actor: User
) -> Conclusion:
    consent = old.consent if old.consent and old.consent.withdrawn_on is None else None
    new = Conclusion(
        episode=old.episode,
        author=actor,
        revision=old.revision + 1,
        replaces=old,
        consent=consent,
        follow_up_on=old.follow_up_on,
        **{name: getattr(old, name) for name in TEXT_FIELDS},
    )
    new.correction_ky, new.correction_ru = correction_ky.strip(), correction_ru.strip()
    new.save()
    ConclusionMethod.objects.bulk_create(
        ConclusionMethod(
            conclusion=new,
            method_id=used.method_id,
            age_reason_ky=used.age_reason_ky,
            age_reason_ru=used.age_reason_ru,
        )
        for used in old.used_methods.all()
    )
    return new


def _not_shut_out(people: Iterable[User], conclusion: Conclusion) -> list[User]:
    shut = set(
        CaseConflict.objects.filter(case=conclusion.episode.case_id, ended_at=None).values_list(
            "user", flat=True
        )
    )
    return [user for user in people if user.pk not in shut]


def _tell(people: Iterable[User], kind: str, conclusion: Conclusion, by: User) -> None:
    tell(people, kind, by=by, number=conclusion.number, url=conclusion.get_absolute_url())
