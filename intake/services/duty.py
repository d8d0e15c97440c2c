"""The duty roster: who is on call, changed by the head. Whoever comes on or off is told."""

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.saving import claim_version
from offices.models import Membership, Office, User
from offices.notices import tell

from .. import call_permissions as may
from ..models import DutyShift
from ..standing import MAY_BE_ON_DUTY

LONGEST = dt.timedelta(days=14)
ROSTER = "/intake/duty/"


@transaction.atomic
def set_shift(
    office: Office,
    user: User,
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    phone: str,
    actor: User,
    note: str = "",
) -> DutyShift:
    """``user`` holds the office's calls from ``starts_at`` until ``ends_at``, reached by ``phone``."""
    if not may.can_keep_roster(actor, office):
        raise DomainError(_("The head of the office keeps the roster."))
    shift = DutyShift(office=office)
    _write(shift, user, starts_at, ends_at, phone, note)
    tell([user], "duty_set", by=actor, url=ROSTER)
    return shift


@transaction.atomic
def change_shift(
    shift: DutyShift,
    user: User,
    *,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    phone: str,
    seen: int | None,
    actor: User,
    note: str = "",
) -> DutyShift:
    shift = _locked(shift, actor)
    claim_version(shift, seen)
    before = shift.user
    _write(shift, user, starts_at, ends_at, phone, note)
    tell([before, user], "duty_set", by=actor, url=ROSTER)
    return shift


@transaction.atomic
def remove_shift(shift: DutyShift, *, actor: User) -> None:
    shift = _locked(shift, actor)
    tell([shift.user], "duty_set", by=actor, url=ROSTER)
    shift.delete()


def _write(
    shift: DutyShift,
    user: User,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    phone: str,
    note: str,
) -> None:
    there = Membership.objects.active().filter(
        user=user, office=shift.office_id, role__in=MAY_BE_ON_DUTY, user__is_active=True
    )
    if not there.exists():
        raise DomainError(_("Only somebody of the office can be on duty."))
    if ends_at <= starts_at:
        raise DomainError(_("The duty ends before it begins: check the times."))
    if ends_at - starts_at > LONGEST:
        raise DomainError(_("Nobody is on duty for longer than two weeks: check the days."))
    if not phone.strip():
        raise DomainError(_("Say how to reach them."))
    shift.user, shift.starts_at, shift.ends_at = user, starts_at, ends_at
    shift.phone, shift.note = phone.strip(), note.strip()
    shift.save()


def _locked(shift: DutyShift, actor: User) -> DutyShift:
    found = (
        DutyShift.objects.select_for_update(of=("self",))
        .select_related("user", "office")
        .get(pk=shift.pk)
    )
    if not may.can_change_shift(actor, found):
        raise DomainError(_("The head of the office keeps the roster."))
    return found
