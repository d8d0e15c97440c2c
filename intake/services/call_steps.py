"""What is done about a call: somebody goes, others are asked along, the team comes, finds, passes on; it ends.

Each function locks the call, checks permission and state, and refuses with a ``DomainError`` in words. A step that was
done already is answered with the call as it is, so that a second touch on a phone does no harm.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from core.saving import claim_version
from offices.enums import Role
from offices.models import Office, User
from offices.notices import tell
from offices.standing import people_in

from .. import call_permissions as may
from ..enums import CallNature, CallOutcome, PassedTo
from ..models import CallCompany, DutyShift, HotlineCall
from .calls import AHEAD, KnownInCall, locked, set_people


@transaction.atomic
def send_team(
    call: HotlineCall,
    *,
    actor: User,
    team: Iterable[User] = (),
    team_text: str = "",
    at: dt.datetime | None = None,
) -> HotlineCall:
    """Who goes, and since when (now unless told). Said again, it replaces what was said before."""
    call = _worked(call, actor)
    team = list(team)
    if not team and not team_text.strip():
        raise DomainError(_("Say who goes."))
    call.sent_at = _moment(call, at)
    call.sent_by, call.team_text = actor, team_text.strip()
    _refuse_disorder(call)
    _saved(call)
    call.team.set(team)
    tell(team, "call_sent", by=actor, number=call.number, url=_visit_url(call))
    return call


@transaction.atomic
def leave(call: HotlineCall, *, actor: User, at: dt.datetime | None = None) -> HotlineCall:
    """The team has left; whoever says so goes along, where nobody was named before."""
    call = _worked(call, actor)
    if call.left_at is not None:
        return call
    call.left_at = _moment(call, at)
    if call.sent_at is None:
        call.sent_at, call.sent_by = call.left_at, actor
    _refuse_disorder(call)
    _saved(call)
    if not call.team.exists() and not call.team_text:
        call.team.add(actor)
    return call


@transaction.atomic
def arrive(
    call: HotlineCall,
    *,
    actor: User,
    at: dt.datetime | None = None,
    late_reason: str = "",
    whose: str = "",
) -> HotlineCall:
    """A team is on site: ours, or ``whose`` the call was passed to. The clock stops.

    Why it took longer than the hour may be said now; the call does not end without it.
    """
    call = _worked(call, actor)
    if call.on_site_at is not None:
        return call
    call.on_site_at, call.on_site_by = _moment(call, at), whose.strip()
    if call.sent_at is None and not whose.strip():
        call.sent_at, call.sent_by = call.on_site_at, actor
    if late_reason.strip():
        call.late_reason = late_reason.strip()
    _refuse_disorder(call)
    return _saved(call)


@transaction.atomic
def correct_times(
    call: HotlineCall,
    *,
    actor: User,
    seen: int | None,
    sent_at: dt.datetime | None,
    on_site_at: dt.datetime | None,
    late_reason: str,
) -> HotlineCall:
    """A wrong touch is put right: the moments as they were, while the call is open."""
    call = _worked(call, actor)
    claim_version(call, seen)
    if call.passed_at is None and on_site_at is not None and sent_at is None:
        raise DomainError(_("A team that was on site had been sent: say when."))
    call.sent_at = _moment(call, sent_at) if sent_at else None
    call.on_site_at = _moment(call, on_site_at) if on_site_at else None
    if call.left_at and (call.sent_at is None or call.left_at < call.sent_at):
        call.left_at = call.sent_at
    call.late_reason = late_reason.strip()
    _refuse_disorder(call)
    call.save()
    return call


@transaction.atomic
def ask_along(
    call: HotlineCall, *, who: str, actor: User, number: str = "", at: dt.datetime | None = None
) -> CallCompany:
    """Police or an ambulance was rung to come along: when, on what number."""
    call = _worked(call, actor)
    return CallCompany.objects.create(
        call=call, who=who, rung_at=_moment(call, at), number=number.strip(), rung_by=actor
    )


@transaction.atomic
def record_findings(
    call: HotlineCall,
    *,
    findings: str,
    actor: User,
    seen: int | None,
    found_address: str = "",
    action_taken: str = "",
    people: tuple[KnownInCall, ...] = (),
    late_reason: str = "",
) -> HotlineCall:
    """What the team found and did; who the people are, as far as they said. The call stays open until it is ended."""
    call = _worked(call, actor)
    claim_version(call, seen)
    if call.on_site_at is None:
        raise DomainError(_("Say first when the team was on site."))
    if not findings.strip():
        raise DomainError(_("Say in a few words what was found."))
    call.findings, call.action_taken = findings.strip(), action_taken.strip()
    call.found_address = found_address.strip()
    if late_reason.strip():
        call.late_reason = late_reason.strip()
    _refuse_silence(call)
    call.save()
    set_people(call, people)
    return call


@transaction.atomic
def pass_call(
    call: HotlineCall,
    *,
    to: str,
    actor: User,
    office: Office | None = None,
    text: str = "",
    at: dt.datetime | None = None,
) -> HotlineCall:
    """Passed to an office, the police, an ambulance, others: with when and to whom. The clock runs on until they are there.

    Another office finds it on its board and is told at once; who called stays with the office that took the call.
    """
    call = _worked(call, actor)
    if to not in PassedTo.values:
        raise DomainError(_("Say to whom the call is passed."))
    if to == PassedTo.OFFICE and (office is None or office.pk == call.office_id):
        raise DomainError(_("Say to which other office the call is passed."))
    if to == PassedTo.OTHER and not text.strip():
        raise DomainError(_("Say to whom the call is passed."))
    call.passed_to, call.passed_text = to, text.strip()
    call.passed_office = office if to == PassedTo.OFFICE else None
    call.passed_at, call.passed_by = _moment(call, at), actor
    _saved(call)
    if call.passed_office is not None:
        tell(
            holders_of(call.passed_office),
            "call_passed",
            by=actor,
            number=call.number,
            url=call.get_absolute_url(),
        )
    return call


@transaction.atomic
def end_call(
    call: HotlineCall, *, outcome: str, actor: User, text: str = "", late_reason: str = ""
) -> HotlineCall:
    """How it ended. A visit needs its arrival and findings; past the hour the reason is asked (not of advice by phone)."""
    call = _worked(call, actor)
    if outcome not in CallOutcome.values:
        raise DomainError(_("Say how the call ended."))
    if outcome in (CallOutcome.VISIT, CallOutcome.NOTHING_FOUND) and call.on_site_at is None:
        raise DomainError(_("Say first when the team was on site."))
    if outcome == CallOutcome.VISIT and not call.findings:
        raise DomainError(_("Write down the findings first."))
    if outcome == CallOutcome.CONSULTATION and call.sent_at is not None:
        raise DomainError(_("A team was sent: the call ends with what they found."))
    if outcome == CallOutcome.PASSED:
        _refuse_unpassed(call, text)
    call.outcome, call.outcome_text = outcome, text.strip()
    if late_reason.strip():
        call.late_reason = late_reason.strip()
    if outcome != CallOutcome.CONSULTATION:
        _refuse_silence(call)
    call.ended_at, call.ended_by = clock.now(), actor
    return _saved(call)


@transaction.atomic
def look_through(call: HotlineCall, *, actor: User) -> HotlineCall:
    """The head has looked at a silent or prank call, or at one where nothing was found."""
    call = locked(call)
    if not may.can_look_through(actor, call):
        raise DomainError(_("The head of the office looks these calls through."))
    if call.looked_at is not None:
        return call
    if call.is_open:
        raise DomainError(_("This call is still open."))
    call.looked_at, call.looked_by = clock.now(), actor
    return _saved(call)


@transaction.atomic
def reopen_call(call: HotlineCall, *, why: str, actor: User) -> HotlineCall:
    """It may have been a child after all, or was ended by mistake: it stands on the board again."""
    call = locked(call)
    if not may.can_reopen_call(actor, call):
        raise DomainError(_("The head of the office opens a call again."))
    if not why.strip():
        raise DomainError(_("Say why, in a few words."))
    call.what = "\n".join(text for text in (call.what, why.strip()) if text)
    call.nature, call.outcome = CallNature.REAL, ""
    call.ended_at = call.ended_by = call.looked_at = call.looked_by = None
    return _saved(call)


def holders_of(office: Office) -> list[User]:
    """Whom a new danger in the office concerns: its operators and heads, and whoever is on duty."""
    found = {user.pk: user for user in people_in(office.pk, Role.OPERATOR, Role.HEAD)}
    shifts = DutyShift.objects.at().filter(office=office).select_related("user")
    found |= {shift.user_id: shift.user for shift in shifts if shift.user.is_active}
    return list(found.values())


def _worked(call: HotlineCall, actor: User) -> HotlineCall:
    """The call locked, once ``actor`` may work it and it is open."""
    call = locked(call)
    if not may.can_see_call(actor, call):
        raise DomainError(_("You have no right to do this with this call."))
    if call.joined_to_id is not None:
        raise DomainError(_("This call is joined to another one: work on that one."))
    if not call.is_open:
        raise DomainError(_("This call has ended already."))
    return call


def _saved(call: HotlineCall) -> HotlineCall:
    call.version += 1
    call.save()
    return call


def _moment(call: HotlineCall, at: dt.datetime | None) -> dt.datetime:
    """``at`` or now, never ahead of time, never before the call came."""
    now = clock.now()
    if at is None:
        return max(now, call.clock_from)
    if at > now + AHEAD:
        raise DomainError(_("This cannot be in the future: check the time."))
    if at < call.clock_from.replace(second=0, microsecond=0):
        raise DomainError(_("This is before the call came: check the time."))
    return max(at, call.clock_from)


def _refuse_disorder(call: HotlineCall) -> None:
    if call.sent_at and call.on_site_at and call.on_site_at < call.sent_at:
        raise DomainError(_("The team was on site after it was sent: check the times."))


def _refuse_silence(call: HotlineCall) -> None:
    """Past the hour the reason is asked."""
    if call.is_past_due(clock.now()) and not call.late_reason:
        raise DomainError(
            _("The team was on site later than %(minutes)d minutes: say why, in a few words.")
            % {"minutes": call.visit_minutes}
        )


def _refuse_unpassed(call: HotlineCall, text: str) -> None:
    if call.passed_at is None:
        raise DomainError(_("Say first to whom the call was passed."))
    if call.on_site_at is None and not text.strip():
        raise DomainError(_("Say when their team was on site, or what they answered."))


def _visit_url(call: HotlineCall) -> str:
    from django.urls import reverse

    return reverse("calls:visit", args=[call.pk])
