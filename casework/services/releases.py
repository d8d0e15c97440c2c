"""State changes of a release of information (clause 11): asked, its extract signed, granted or refused, handed out.

Each locks the release, checks permission (PermissionDenied) and state (DomainError, in words), and tells whom it concerns.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import Organisation, User
from offices.notices import tell
from offices.standing import people_in
from papers.models import Journal, PaperKind
from papers.numbers import take_number
from papers.services import issue_paper

from ..conclusion_papers import TEMPLATES, copy_paper, extract_paper
from ..conclusion_sections import BY_CODE
from ..enums import ReleaseForm, ReleaseStatus
from ..hidden import hidden_facts_of, mentioned_in
from ..models import CaseConflict, Conclusion, HiddenFact, LegalGround, Release
from ..papers import from_snapshot
from ..release_permissions import (
    can_ask_release,
    can_decide_release,
    can_grant_release,
    can_hand_out_release,
    can_take_extract_back,
    can_write_extract,
)


@transaction.atomic
def ask_release(
    conclusion: Conclusion,
    *,
    form: str,
    recipient: Organisation | None,
    recipient_text: str,
    request_number: str,
    request_on: dt.date | None,
    ground: LegalGround,
    purpose: str,
    actor: User,
) -> Release:
    """Ask the head of the case's office to let a copy or an extract of an issued conclusion go out.

    An extract is first written by the examiner; both are told.
    """
    found = Conclusion.objects.visible_to(actor).filter(pk=conclusion.pk).first()
    if found is None or not can_ask_release(actor, found):
        raise PermissionDenied
    _refuse_replaced(found)
    if recipient is None and not recipient_text.strip():
        raise DomainError(_("Say to whom the paper goes."))
    release = Release.objects.create(
        case=found.episode.case,
        conclusion=found,
        form=form,
        recipient=recipient,
        recipient_text=recipient_text.strip(),
        request_number=request_number.strip(),
        request_on=request_on,
        ground=ground,
        purpose=purpose.strip(),
        requested_by=actor,
        requested_at=clock.now(),
    )
    if form == ReleaseForm.EXTRACT:
        _tell(examiners_of(release), "release_extract_asked", release, actor)
    else:
        _tell(_heads(release), "release_asked", release, actor)
    return release


@transaction.atomic
def sign_extract(release: Release, *, text_ky: str, text_ru: str, actor: User) -> Release:
    """The examiner's signature under the text of the extract; the password has been asked by the caller."""
    release = _locked(release, can_write_extract, actor)
    if not text_ky.strip():
        raise DomainError(_("Write the extract in Kyrgyz: it is the original."))
    release.extract_ky, release.extract_ru = text_ky.strip(), text_ru.strip()
    if mentions := hidden_in(release):
        things = ", ".join(str(fact.thing) for fact in mentions)
        raise DomainError(
            _("The text spells out what is hidden from somebody: %(things)s. Take it out.")
            % {"things": things}
        )
    release.extract_signed_by, release.extract_signed_at = actor, clock.now()
    release.version += 1
    release.save()
    _tell(_heads(release), "release_asked", release, actor)
    return release


@transaction.atomic
def take_extract_back(release: Release, *, actor: User) -> Release:
    """The examiner's second thought, while the head has not decided: the text can be written again."""
    release = _locked(release, can_take_extract_back, actor)
    release.extract_signed_by, release.extract_signed_at = None, None
    release.version += 1
    release.save()
    return release


@transaction.atomic
def grant_release(
    release: Release,
    *,
    ground: LegalGround,
    reason: str = "",
    hidden_facts_reason: str = "",
    actor: User,
) -> Release:
    """The head lets it out on a legal ground: it is numbered, and its paper laid out once and kept.

    The password has been asked by the caller. A text that spells out a hidden fact goes out only with the head's
    reason. Tells who asked and who wrote the conclusion.
    """
    release = _locked(release, can_grant_release, actor)
    conclusion = release.conclusion
    if conclusion is None or conclusion.paper is None:
        raise DomainError(_("There is no issued paper to release."))
    _refuse_replaced(conclusion)
    if hidden_in(release) and not hidden_facts_reason.strip():
        raise DomainError(
            _("The text spells out what is hidden from somebody. Say why it goes out all the same.")
        )
    at = clock.now()
    day = clock.local(at).date()
    release.ground, release.decision_reason = ground, reason.strip()
    release.hidden_facts_reason = hidden_facts_reason.strip()
    release.status, release.decided_by, release.decided_at = ReleaseStatus.GRANTED, actor, at
    release.number = take_number(release.office, Journal.RELEASE, on=day)
    is_copy = release.form == ReleaseForm.FULL
    kind = PaperKind.CONCLUSION_COPY if is_copy else PaperKind.CONCLUSION_EXTRACT
    build = copy_paper if is_copy else extract_paper
    release.paper = issue_paper(
        kind,
        office=release.office,
        number=release.number,
        on=day,
        by=actor,
        template=TEMPLATES[kind],
        paper=build(release, number=release.number, head=actor, on=day),
        copy_of=conclusion.paper,
    )
    release.version += 1
    release.save()
    _tell([release.requested_by, conclusion.author], "release_granted", release, actor)
    return release


@transaction.atomic
def refuse_release(release: Release, *, reason: str, actor: User) -> Release:
    """The head does not let it out, and says why. Tells who asked."""
    release = _locked(release, can_decide_release, actor)
    if not reason.strip():
        raise DomainError(_("Say why it is refused."))
    release.status, release.decision_reason = ReleaseStatus.REFUSED, reason.strip()
    release.decided_by, release.decided_at = actor, clock.now()
    release.version += 1
    release.save()
    _tell([release.requested_by], "release_refused", release, actor)
    return release


@transaction.atomic
def hand_out_release(release: Release, *, to: str, on: dt.date, actor: User) -> Release:
    """Who took the paper, and when."""
    release = _locked(release, can_hand_out_release, actor)
    decided = clock.local(release.decided_at).date() if release.decided_at else on
    if not decided <= on <= clock.today():
        raise DomainError(_("It is handed out between the decision and today."))
    release.handed_to, release.handed_on, release.handed_by = to.strip(), on, actor
    release.version += 1
    release.save()
    return release


def hidden_in(release: Release) -> list[HiddenFact]:
    """Hidden facts that the text to be released spells out: the extract's, or the conclusion's as it was signed."""
    if release.form == ReleaseForm.EXTRACT:
        texts = [release.extract_ky, release.extract_ru]
    elif release.conclusion and release.conclusion.snapshot:
        paper = from_snapshot(release.conclusion.snapshot)
        texts = [s.text for text in paper.texts for s in text.sections]
        texts += [f.value for text in paper.texts for s in text.sections for f in s.facts]
    else:
        texts = []
    return mentioned_in(texts, hidden_facts_of(release.of_case))


def suggested_extract(conclusion: Conclusion, language: str) -> str:
    """Findings and recommendations as they were signed: what an extract usually says; only what is written in that language."""
    if not conclusion.snapshot:
        return ""
    paper = from_snapshot(conclusion.snapshot)
    text = next(t for t in paper.texts if t.language == language)
    chosen = {f"{BY_CODE[code].mark}.": code for code in ("findings", "recommendations")}
    written = [
        section
        for section in text.sections
        if section.mark in chosen and getattr(conclusion, f"{chosen[section.mark]}_{language}")
    ]
    return "\n\n".join(f"{section.title}\n{section.text}" for section in written)


def examiners_of(release: Release) -> list[User]:
    """Who can write its extract: the author while a psychologist here, and who holds the episode now."""
    conclusion = release.conclusion
    if conclusion is None:
        return []
    episode = conclusion.episode
    there = {user.pk: user for user in people_in(episode.office_id, Role.PSYCHOLOGIST)}
    wanted = dict.fromkeys((conclusion.author_id, episode.specialist_id))
    return [there[pk] for pk in wanted if pk in there]


def _locked(release: Release, allows: Callable[[User, Release], bool], actor: User) -> Release:
    rows = Release.objects.visible_to(actor).select_for_update(of=("self",))
    related = rows.select_related(
        "office",
        "case__office",
        "ground",
        "recipient",
        "conclusion__episode__office",
        "requested_by",
    )
    found = related.filter(pk=release.pk).first()
    if found is None:
        raise PermissionDenied
    if not allows(actor, found):
        if release.status != found.status:
            raise DomainError(_("This request has been decided already. Look at it again."))
        raise PermissionDenied
    return found


def _refuse_replaced(conclusion: Conclusion) -> None:
    if not Conclusion.objects.in_force().filter(pk=conclusion.pk).exists():
        raise DomainError(
            _("A later version has taken the place of this conclusion. Release the later one.")
        )


def _heads(release: Release) -> list[User]:
    return people_in(release.office_id, Role.HEAD)


def _tell(people: Iterable[User], kind: str, release: Release, by: User) -> None:
    shut = set(
        CaseConflict.objects.filter(case=release.case_id, ended_at=None).values_list(
            "user", flat=True
        )
    )
    told = [user for user in people if user.pk not in shut]
    number = release.number or release.of_case.number
    tell(told, kind, by=by, number=number, url=release.get_absolute_url())
