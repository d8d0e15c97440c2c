"""State changes of a case's summary for the court or the Commission: asked, granted or refused by the head.

Each locks the summary, checks permission (PermissionDenied) and state (DomainError, in words), and tells whom it concerns.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

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

from ..enums import ReleaseForm, ReleaseStatus
from ..hidden import hidden_facts_of, mentioned_in
from ..models import Case, CaseConflict, CaseSummary, HiddenFact, LegalGround, Release
from ..summary_paper import TEMPLATE, summary_paper, texts_of
from ..summary_permissions import can_ask_summary, can_decide_summary
from ..summary_sections import BY_CODE


@dataclass(frozen=True)
class SummaryFacts:
    """To whom, at whose request, on what ground, and exactly what."""

    ground: LegalGround
    purpose: str
    sections: tuple[str, ...] = ()
    recipient: Organisation | None = None
    recipient_text: str = ""
    request_number: str = ""
    request_on: dt.date | None = None
    account_ky: str = ""
    account_ru: str = ""


@transaction.atomic
def ask_summary(case: Case, facts: SummaryFacts, *, actor: User) -> CaseSummary:
    """Ask the head of the case's office to let a summary go out; the heads are told."""
    found = Case.objects.full_visible_to(actor).filter(pk=case.pk).first()
    if found is None or not can_ask_summary(actor, found):
        raise PermissionDenied
    if facts.recipient is None and not facts.recipient_text.strip():
        raise DomainError(_("Say to whom the paper goes."))
    chosen = [code for code in BY_CODE if code in facts.sections]
    if not chosen and not facts.account_ky.strip():
        raise DomainError(_("Choose what goes into the summary, or write the office's account."))
    if facts.account_ru.strip() and not facts.account_ky.strip():
        raise DomainError(_("Write the account in Kyrgyz too: it is the original."))
    summary = CaseSummary.objects.create(
        case=found,
        recipient=facts.recipient,
        recipient_text=facts.recipient_text.strip(),
        request_number=facts.request_number.strip(),
        request_on=facts.request_on,
        ground=facts.ground,
        purpose=facts.purpose.strip(),
        sections=chosen,
        account_ky=facts.account_ky.strip(),
        account_ru=facts.account_ru.strip(),
        requested_by=actor,
        requested_at=clock.now(),
    )
    _tell(people_in(found.office_id, Role.HEAD), "summary_asked", summary, actor)
    return summary


def hidden_in(summary: CaseSummary) -> list[HiddenFact]:
    """Hidden facts of the case that the summary would spell out."""
    return mentioned_in(texts_of(summary), hidden_facts_of(summary.case))


@transaction.atomic
def grant_summary(
    summary: CaseSummary,
    *,
    ground: LegalGround,
    reason: str = "",
    hidden_facts_reason: str = "",
    actor: User,
) -> CaseSummary:
    """The head lets it out: laid out once as the records say it now, numbered, in the register of releases.

    The password has been asked by the caller. What spells out a hidden fact goes out only with the head's reason.
    """
    found = _locked(summary, actor)
    if hidden_in(found) and not hidden_facts_reason.strip():
        raise DomainError(
            _("The text spells out what is hidden from somebody. Say why it goes out all the same.")
        )
    at = clock.now()
    day = clock.local(at).date()
    found.ground, found.decision_reason = ground, reason.strip()
    found.status, found.decided_by, found.decided_at = ReleaseStatus.GRANTED, actor, at
    number = take_number(found.case.office, Journal.RELEASE, on=day)
    paper = issue_paper(
        PaperKind.CASE_SUMMARY,
        office=found.case.office,
        number=number,
        on=day,
        by=actor,
        template=TEMPLATE,
        paper=summary_paper(found, number=number, head=actor, on=day),
    )
    found.release = Release.objects.create(
        case=found.case,
        form=ReleaseForm.SUMMARY,
        number=number,
        recipient=found.recipient,
        recipient_text=found.recipient_text,
        request_number=found.request_number,
        request_on=found.request_on,
        ground=ground,
        purpose=found.purpose,
        requested_by=found.requested_by,
        requested_at=found.requested_at,
        status=ReleaseStatus.GRANTED,
        decided_by=actor,
        decided_at=at,
        decision_reason=found.decision_reason,
        hidden_facts_reason=hidden_facts_reason.strip(),
        paper=paper,
    )
    found.version += 1
    found.save()
    _tell([found.requested_by, found.case.responsible], "summary_granted", found, actor)
    return found


@transaction.atomic
def refuse_summary(summary: CaseSummary, *, reason: str, actor: User) -> CaseSummary:
    """The head does not let it out, and says why."""
    found = _locked(summary, actor)
    if not reason.strip():
        raise DomainError(_("Say why it is refused."))
    found.status, found.decision_reason = ReleaseStatus.REFUSED, reason.strip()
    found.decided_by, found.decided_at = actor, clock.now()
    found.version += 1
    found.save()
    _tell([found.requested_by], "summary_refused", found, actor)
    return found


def _locked(
    summary: CaseSummary,
    actor: User,
    allows: Callable[[User, CaseSummary], bool] = can_decide_summary,
) -> CaseSummary:
    rows = CaseSummary.objects.visible_to(actor).select_for_update(of=("self",))
    related = rows.select_related(
        "case__office",
        "case__family",
        "case__responsible",
        "case__identified_organisation",
        "case__basis_organisation",
        "recipient",
        "ground",
        "requested_by",
    )
    found = related.filter(pk=summary.pk).first()
    if found is None:
        raise PermissionDenied
    if not allows(actor, found):
        if summary.status != found.status:
            raise DomainError(_("This has been decided already. Look at it again."))
        raise PermissionDenied
    return found


def _tell(people: Iterable[User], kind: str, summary: CaseSummary, by: User) -> None:
    shut = set(
        CaseConflict.objects.filter(case=summary.case_id, ended_at=None).values_list(
            "user", flat=True
        )
    )
    told = [user for user in people if user.pk not in shut]
    tell(told, kind, by=by, number=summary.case.number, url=summary.get_absolute_url())
