"""How a case ends: closing asked, approved or returned; follow-ups; reopening. The number stays through all of it."""

import calendar
import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import User
from offices.notices import tell
from offices.standing import people_in
from papers.models import Journal, PaperKind
from papers.numbers import take_number
from papers.services import issue_paper

from .. import keeping_permissions as may
from ..closing_papers import TEMPLATE, closing_paper
from ..enums import CaseStage
from ..hidden import hidden_facts_of, mentioned_in
from ..hindrances import hindrances_of
from ..keeping_enums import ClosingStatus, FollowUpStatus, Found
from ..models import Case, Closing, ClosingReason, FollowUp, Reopening
from .cases import locked, refuse_unless, shut_out, workers_with_load
from .offers import carry_tasks

SATISFACTION = ("was_polite", "was_in_time", "was_useful")


@dataclass(frozen=True)
class Ending:
    """What is said when a case is to be closed. ``months``: after how many months the family is looked after."""

    reason: ClosingReason
    goals: str
    risk_now: str
    follower: User
    reason_text: str = ""
    goals_text: str = ""
    child_opinion: str = ""
    parents_opinion: str = ""
    is_declined: bool = False
    was_polite: str = ""
    was_in_time: str = ""
    was_useful: str = ""
    months: tuple[int, ...] = ()


def first_risk(case: Case) -> str:
    """The risk with which the case was opened, from its history."""
    first = case.history.order_by("history_date", "history_id").first()
    return first.risk_level if first else case.risk_level


@transaction.atomic
def ask_closing(case: Case, ending: Ending, *, actor: User) -> Closing:
    """Ask the head to close the case; refused while anything is still open in it. The heads are told."""
    case = locked(case)
    refuse_unless(may.can_ask_closing(actor, case))
    _refuse_what_is_open(case)
    _check(ending, case)
    made: Closing = case.closings.create(
        risk_then=first_risk(case),
        asked_by=actor,
        asked_at=clock.now(),
        stage_before=case.stage,
        **{**vars(ending), "months": sorted(set(ending.months))},
    )
    _set_stage(case, CaseStage.CLOSING)
    _tell(_heads(case), "closing_asked", made, actor)
    return made


@transaction.atomic
def return_closing(closing: Closing, reason: str, *, actor: User) -> Closing:
    """The head does not close the case yet, and says why: it goes on from the stage it had."""
    closing, case = _locked(closing, may.can_decide_closing, actor)
    if not reason.strip():
        raise DomainError(_("Say why it is returned."))
    closing.decision_reason = reason.strip()
    _decide(closing, ClosingStatus.RETURNED, actor)
    _set_stage(case, closing.stage_before)
    _tell([closing.asked_by, case.responsible], "closing_returned", closing, actor)
    return closing


@transaction.atomic
def withdraw_closing(closing: Closing, *, actor: User) -> Closing:
    """Whoever works the case takes the request back."""
    closing, case = _locked(closing, may.can_withdraw_closing, actor)
    _decide(closing, ClosingStatus.WITHDRAWN, actor)
    _set_stage(case, closing.stage_before)
    return closing


@transaction.atomic
def approve_closing(closing: Closing, *, actor: User) -> Closing:
    """The head closes the case: the statement is issued, the follow-ups stand in the calendar, all concerned are told.

    Whoever follows up answers for the closed case. Asked anew whether anything is open.
    """
    closing, case = _locked(closing, may.can_decide_closing, actor)
    _refuse_what_is_open(case)
    if closing.follower not in workers_with_load(case.office, besides=shut_out(case)):
        raise DomainError(
            _(
                "Who was to follow up cannot any longer. Return the request so that somebody else is named."
            )
        )
    day, before = clock.today(), case.responsible
    case.stage, case.closed_on = CaseStage.CLOSED, day
    case.closing_reason = closing.reason.name_ky[:300]
    case.risk_level, case.review_on = closing.risk_now, None
    if case.responsible != closing.follower:
        case.responsible, case.assigned_at = closing.follower, clock.now()
    case.version += 1
    case.save()
    for months in closing.months:
        FollowUp.objects.create(
            case=case, closing=closing, months=months, due_on=months_later(day, months)
        )
    _issue_statement(closing, case, actor, day)
    _tell([closing.asked_by, before, closing.follower], "case_closed", closing, actor)
    return closing


def _issue_statement(closing: Closing, case: Case, actor: User, day: dt.date) -> None:
    closing.status, closing.decided_by, closing.decided_at = (
        ClosingStatus.APPROVED,
        actor,
        clock.now(),
    )
    closing.number = take_number(case.office, Journal.OUTGOING, on=day)
    closing.paper = issue_paper(
        PaperKind.CLOSING_STATEMENT,
        office=case.office,
        number=closing.number,
        on=day,
        by=actor,
        template=TEMPLATE,
        paper=closing_paper(closing, case, number=closing.number, head=actor, on=day),
    )
    closing.save()


@transaction.atomic
def reopen_case(case: Case, reason: str, worker: User, *, actor: User) -> Reopening:
    """Open a closed case again under its number, by the head's word; follow-ups that were due are dropped."""
    case = locked(case)
    refuse_unless(may.can_reopen_case(actor, case))
    if not reason.strip():
        raise DomainError(_("Say why."))
    if worker not in workers_with_load(case.office, besides=shut_out(case)):
        raise DomainError(_("This worker cannot answer for the case: choose one of the list."))
    made: Reopening = case.reopenings.create(
        reason=reason.strip(),
        closed_on=case.closed_on or clock.today(),
        reopened_by=actor,
        reopened_at=clock.now(),
        responsible=worker,
    )
    for follow_up in case.follow_ups.due().select_for_update():
        follow_up.status = FollowUpStatus.DROPPED
        follow_up.save()
    before = case.responsible
    case.stage, case.reopened_on = CaseStage.ASSESSMENT, clock.today()
    case.closed_on, case.closing_reason = None, ""
    case.responsible, case.assigned_at = worker, clock.now()
    case.version += 1
    case.save()
    carry_tasks(case, worker)
    url = case.get_absolute_url()
    tell([worker, before], "case_reopened", by=actor, number=case.number, url=url)
    return made


@transaction.atomic
def record_follow_up(
    follow_up: FollowUp, *, made_on: dt.date, found: str, text: str, actor: User
) -> FollowUp:
    """What the look at the family found. A bad finding is told to the heads, who may reopen the case."""
    case = locked(follow_up.case)
    rows = FollowUp.objects.visible_to(actor).select_for_update(of=("self",))
    found_row = rows.filter(pk=follow_up.pk).first()
    if found_row is None:
        raise PermissionDenied
    follow_up = found_row
    follow_up.case = case
    if not may.can_record_follow_up(actor, follow_up):
        raise DomainError(_("This follow-up is written down already. Look at it again."))
    if case.closed_on is not None and not case.closed_on <= made_on <= clock.today():
        raise DomainError(_("It is made between the closing and today."))
    if found not in Found.values or not text.strip():
        raise DomainError(_("Say what was found."))
    follow_up.status, follow_up.made_on, follow_up.made_by = FollowUpStatus.DONE, made_on, actor
    follow_up.found, follow_up.text = found, text.strip()
    follow_up.save()
    if found == Found.BAD:
        url = follow_up.get_absolute_url()
        tell(_heads(case), "follow_up_bad", by=actor, number=case.number, url=url)
    return follow_up


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day so many months later; the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _check(ending: Ending, case: Case) -> None:
    if ending.reason.asks_words and not ending.reason_text.strip():
        raise DomainError(_("This reason must be explained in words."))
    answered = [getattr(ending, name) for name in SATISFACTION]
    if not ending.is_declined and not all(answered):
        raise DomainError(
            _("Write down the family's three answers, or that they did not wish to answer.")
        )
    if ending.follower not in workers_with_load(case.office, besides=shut_out(case)):
        raise DomainError(_("This worker cannot follow up: choose one of the list."))
    texts = (ending.reason_text, ending.goals_text, ending.child_opinion, ending.parents_opinion)
    if mentions := mentioned_in(texts, hidden_facts_of(case)):
        raise DomainError(
            _("The text spells out what is hidden from somebody: %(things)s. Take it out.")
            % {"things": ", ".join(str(fact.thing) for fact in mentions)}
        )


def _refuse_what_is_open(case: Case) -> None:
    found = hindrances_of(case)
    if found:
        raise DomainError(
            _("The case cannot be closed yet: %(what)s.")
            % {"what": "; ".join(str(hindrance.text) for hindrance in found)}
        )


def _locked(
    closing: Closing, allows: Callable[[User, Closing], bool], actor: User
) -> tuple[Closing, Case]:
    case = locked(closing.case)
    rows = Closing.objects.visible_to(actor).select_for_update(of=("self",))
    found = rows.select_related("reason", "asked_by", "follower").filter(pk=closing.pk).first()
    if found is None:
        raise PermissionDenied
    found.case = case
    if not allows(actor, found):
        if found.status != ClosingStatus.ASKED:
            raise DomainError(_("This request has been decided already. Look at it again."))
        raise PermissionDenied
    return found, case


def _decide(closing: Closing, status: str, actor: User) -> None:
    closing.status, closing.decided_by, closing.decided_at = status, actor, clock.now()
    closing.save()


def _set_stage(case: Case, stage: str) -> None:
    case.stage = stage
    case.version += 1
    case.save()


def _heads(case: Case) -> list[User]:
    shut = shut_out(case)
    return [head for head in people_in(case.office_id, Role.HEAD) if head not in shut]


def _tell(people: Iterable[User], kind: str, closing: Closing, by: User) -> None:
    shut = shut_out(closing.case)
    told = [user for user in people if user not in shut]
    tell(told, kind, by=by, number=closing.case.number, url=closing.get_absolute_url())
