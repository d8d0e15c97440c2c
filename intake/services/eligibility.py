"""Eligibility (clause 3) and what follows: the case opened with everything carried over, or a refusal by two (clause 16).

Each function locks the application, checks permission and state, and refuses with a ``DomainError`` in words. The channel
by which a family came is read by none of them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casework.enums import RiskLevel
from casework.hidden import mentioned_in
from casework.models import Case, HiddenFact, Person, SituationCategory
from casework.services.new_case import KnownAddress, KnownAdult, KnownChild, NewCase
from casework.services.opening import basis_of, identification_of, open_case
from core import clock, names
from core.errors import DomainError
from offices.enums import Role
from offices.models import User
from offices.notices import tell
from offices.standing import people_in
from papers.models import Journal, PaperKind
from papers.numbers import take_number
from papers.services import issue_paper
from referrals.models import ReferralConflict
from referrals.services.incoming import note_case

from .. import application_permissions as may
from ..application_papers import RECEIPT, REFUSAL, receipt_paper, refusal_paper
from ..enums import ApplicationStatus
from ..models import (
    Application,
    ApplicationConflict,
    ApplicationPerson,
    EligibilityDecision,
)
from .applications import actual_address_of, known_person, locked, refuse_unless


@dataclass(frozen=True)
class Finding:
    """What a worker found: of which kinds the situation is, how great the risk, and on what facts."""

    facts_ky: str = ""
    facts_ru: str = ""
    categories: tuple[SituationCategory, ...] = ()
    risk_level: str = RiskLevel.UNKNOWN


@transaction.atomic
def find_eligible(
    application: Application, finding: Finding, *, actor: User
) -> EligibilityDecision:
    """The family is in a difficult life situation (clause 3): say which and on what facts. The case can open."""
    application = locked(application)
    refuse_unless(may.can_decide_application(actor, application))
    if not (finding.facts_ky.strip() or finding.facts_ru.strip()):
        raise DomainError(_("Write down the facts on which you decide."))
    if not finding.categories:
        raise DomainError(_("Say of which kind the difficult life situation is."))
    decision = _decide(application, finding, actor, is_eligible=True)
    decision.categories.set(finding.categories)
    _move(application, ApplicationStatus.ELIGIBLE)
    return decision


@transaction.atomic
def propose_refusal(
    application: Application, finding: Finding, *, actor: User
) -> EligibilityDecision:
    """The family does not meet clause 3, on these facts: the one ground there is. The head is asked to confirm.

    The facts stand on the notice, so they are written in both languages and spell out nothing that is hidden.
    """
    application = locked(application)
    refuse_unless(may.can_decide_application(actor, application))
    if not (finding.facts_ky.strip() and finding.facts_ru.strip()):
        raise DomainError(
            _("Write down the facts in Kyrgyz and in Russian: they stand on the notice.")
        )
    _refuse_hidden(application, finding)
    decision = _decide(application, finding, actor, is_eligible=False)
    _move(application, ApplicationStatus.PROPOSED)
    _tell(heads_for(application, decision), "refusal_proposed", application, actor)
    return decision


@transaction.atomic
def return_refusal(application: Application, reason: str, *, actor: User) -> Application:
    """The head does not agree or wants more facts: the application is to be decided anew."""
    application = locked(application)
    refuse_unless(may.can_settle_refusal(actor, application))
    if not reason.strip():
        raise DomainError(_("Say why you return it."))
    decision = _proposal(application)
    decision.returned_by, decision.returned_at = actor, clock.now()
    decision.return_reason = reason.strip()[:500]
    decision.save()
    _move(application, ApplicationStatus.RETURNED)
    _tell([decision.decided_by], "refusal_returned", application, actor)
    return application


@transaction.atomic
def confirm_refusal(application: Application, *, actor: User) -> Application:
    """The head, never who proposed it, confirms; the notice is numbered, laid out once and kept for good."""
    application = locked(application)
    refuse_unless(may.can_settle_refusal(actor, application))
    decision = _proposal(application)
    decision.confirmed_by, decision.confirmed_at = actor, clock.now()
    decision.save()
    on = clock.today()
    number = take_number(application.office, Journal.OUTGOING, on=on)
    application.notice = issue_paper(
        PaperKind.REFUSAL_NOTICE,
        office=application.office,
        number=number,
        on=on,
        by=actor,
        template=REFUSAL,
        paper=refusal_paper(application, decision, number=number, on=on, head=actor),
    )
    application.closed_on = on
    _move(application, ApplicationStatus.REFUSED)
    told = [decision.decided_by, application.registered_by]
    _tell(told, "application_refused", application, actor)
    return application


@transaction.atomic
def open_case_from(
    application: Application, *, records: Mapping[int, Person] | None = None, actor: User
) -> Case:
    """Open the case of an eligible application: everything is carried over, once.

    ``records`` are the known persons that the opener recognised, by the row of the application.
    """
    application = locked(application)
    refuse_unless(may.can_open_case_from(actor, application))
    case = open_case(new_case_of(application, records or {}), actor=actor)
    _carry_ties(application, case)
    if application.referral is not None:
        note_case(application.referral, case, actor=actor)
    application.case = case
    application.closed_on = clock.today()
    _move(application, ApplicationStatus.OPENED)
    return case


def _carry_ties(application: Application, case: Case) -> None:
    """Whoever a tie shuts out of the application, or of its referral, is shut out of the case (clause 10)."""
    ties: list[ApplicationConflict | ReferralConflict] = list(
        application.conflicts.filter(ended_at=None)
    )
    if application.referral is not None:
        ties += application.referral.conflicts.filter(ended_at=None)
    for tie in {tie.user_id: tie for tie in ties}.values():
        case.conflicts.create(
            user=tie.user,
            reason=tie.reason,
            declared_by=tie.declared_by,
            declared_at=tie.declared_at,
        )


def new_case_of(application: Application, records: Mapping[int, Person]) -> NewCase:
    """All that the application and its decision know, in the words of ``open_case``."""
    decision = application.decisions.filter(is_eligible=True).first()
    if decision is None:
        raise DomainError(_("The application has not been found eligible yet."))
    people = [
        replace(known_person(row), record=records.get(row.pk))
        for row in application.people.filter(is_left_out=False).select_related("school")
    ]
    facts = "\n\n".join(f for f in (decision.facts_ky, decision.facts_ru) if f)
    return NewCase(
        office=application.office,
        children=tuple(p for p in people if isinstance(p, KnownChild)),
        adults=tuple(p for p in people if isinstance(p, KnownAdult)),
        identification=identification_of(application),
        basis=basis_of(application),
        actual_address=actual_address_of(application),
        registered_address=KnownAddress(text=application.registered_text),
        reason=application.reason or facts,
        categories=tuple(decision.categories.all()),
        risk_level=decision.risk_level,
    )


@transaction.atomic
def give_receipt(application: Application, *, actor: User) -> Application:
    """The receipt for who applied: laid out once; asked again it is the one that there is."""
    application = locked(application)
    refuse_unless(may.can_give_receipt(actor, application))
    if application.receipt is None:
        application.receipt = issue_paper(
            PaperKind.APPLICATION_RECEIPT,
            office=application.office,
            number=application.number,
            on=application.registered_on,
            by=actor,
            template=RECEIPT,
            paper=receipt_paper(application, by=actor),
        )
        application.save()
    return application


def heads_for(application: Application, decision: EligibilityDecision) -> list[User]:
    """Who may confirm the proposed refusal today: the head and the deputy, but not who proposed it."""
    heads = people_in(application.office_id, Role.HEAD)
    return [head for head in heads if head.pk != decision.decided_by_id]


def _decide(
    application: Application, finding: Finding, actor: User, *, is_eligible: bool
) -> EligibilityDecision:
    return EligibilityDecision.objects.create(
        application=application,
        is_eligible=is_eligible,
        risk_level=finding.risk_level,
        facts_ky=finding.facts_ky.strip(),
        facts_ru=finding.facts_ru.strip(),
        decided_by=actor,
        decided_at=clock.now(),
    )


def _proposal(application: Application) -> EligibilityDecision:
    return application.decisions.select_for_update(of=("self",)).get(
        is_eligible=False, confirmed_at=None, returned_at=None
    )


def _move(application: Application, status: str) -> None:
    application.status = status
    application.version += 1
    application.save()


def _refuse_hidden(application: Application, finding: Finding) -> None:
    """A notice goes out: it never spells out an address or phone that is hidden of anybody it may be about."""
    people: list[ApplicationPerson] = list(application.people.all())
    same = Q(pk__in=[row.person_id for row in people if row.person_id])
    same |= Q(pin__in=[row.pin for row in people if row.pin])
    for row in people:
        if row.name_key:
            same |= Q(search_key__startswith=names.fold(f"{row.surname} {row.given_name}"))
    alike = Person.objects.filter(same).values("pk")
    hidden = HiddenFact.objects.in_force().filter(
        Q(phone__person__in=alike) | Q(address__person__in=alike)
    )
    facts = hidden.select_related("phone", "address__district")
    if mentioned_in([finding.facts_ky, finding.facts_ru], facts):
        raise DomainError(
            _("The facts spell out an address or a phone that is hidden from somebody. Take it out: the notice goes out of the house.")
        )  # fmt: skip


def _tell(people: Iterable[User], kind: str, application: Application, by: User) -> None:
    shut = set(application.conflicts.filter(ended_at=None).values_list("user", flat=True))
    told: list[Any] = [user for user in people if user.pk not in shut]
    tell(told, kind, by=by, number=application.number, url=application.get_absolute_url())
