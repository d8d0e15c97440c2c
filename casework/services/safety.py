"""Safety alerts: a danger to a child is told at once, the notices given of it are written down, and the head lifts it."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import User
from offices.notices import tell
from offices.standing import people_in, stand_ins_of

from .. import permissions as may
from ..models import Case, Person, SafetyAlert, SafetyNotice
from .cases import locked, refuse_unless


@transaction.atomic
def raise_alert(case: Case, text: str, *, actor: User, person: Person | None = None) -> SafetyAlert:
    """Whoever works with the case raises it; the responsible worker, their stand-in and the heads are told at once.

    ``person``: the child in danger, where it is one of the case's family. What made the actor raise it, a private note
    say, is not kept anywhere.
    """
    case = locked(case)
    refuse_unless(may.can_raise_alert(actor, case))
    if not text.strip():
        raise DomainError(_("Say what the danger is."))
    alert = SafetyAlert.objects.create(
        case=case, person=person, text=text.strip(), raised_by=actor, raised_at=clock.now()
    )
    tell(
        _guards(case),
        "safety_alert",
        by=actor,
        number=case.number,
        url=case.get_absolute_url(),
    )
    return alert


def _guards(case: Case) -> list[User]:
    """Whom a danger is told: never anybody who is shut out of the case."""
    people = [
        case.responsible,
        *stand_ins_of(case.responsible, case.office_id),
        *people_in(case.office_id, Role.HEAD),
    ]
    return [user for user in people if may.can_see_case(user, case)]


@transaction.atomic
def record_safety_notice(
    alert: SafetyAlert,
    *,
    body: str,
    given_at: dt.datetime,
    actor: User,
    recipient: str = "",
    note: str = "",
) -> SafetyNotice:
    """Write down that the danger was told to a body: when, to whom, by whom."""
    case = locked(alert.case)
    refuse_unless(may.can_record_notice(actor, case))
    if given_at > clock.now() + dt.timedelta(minutes=1):
        raise DomainError(_("A notice is written down once it is given."))
    return SafetyNotice.objects.create(
        alert=alert,
        body=body,
        recipient=recipient.strip(),
        note=note.strip(),
        given_at=given_at,
        given_by=actor,
    )


@transaction.atomic
def lift_alert(alert: SafetyAlert, reason: str, *, actor: User) -> SafetyAlert:
    """The danger is over: the head says why."""
    case = locked(alert.case)
    refuse_unless(may.can_lift_alert(actor, case))
    alert = SafetyAlert.objects.select_for_update().get(pk=alert.pk)
    if alert.lifted_at is not None:
        raise DomainError(_("This alert is lifted already."))
    if not reason.strip():
        raise DomainError(_("Say why the danger is over."))
    alert.lifted_by, alert.lifted_at = actor, clock.now()
    alert.lifted_reason = reason.strip()
    alert.save()
    tell(
        [case.responsible, alert.raised_by],
        "safety_alert_lifted",
        by=actor,
        number=case.number,
        url=case.get_absolute_url(),
    )
    return alert
