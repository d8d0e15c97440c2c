"""Consents: recorded as they were given, confirmed in writing later, withdrawn; or the ground without one."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.models import User

from .. import people_permissions as may
from ..history import claim
from ..models import Case, Consent, FamilyMember, Person
from .people import refuse_unless, save_checked

CONSENT_FIELDS = (
    "given_by",
    "capacity",
    "to_help",
    "to_data",
    "scope",
    "given_on",
    "written_on",
    "ground_without",
)


@transaction.atomic
def record_consent(person: Person, case: Case, facts: Mapping[str, Any], *, actor: User) -> Consent:
    """A consent for ``person`` in ``case``: ``given_on`` with who and in what capacity, or ``ground_without``."""
    refuse_unless(may.can_record_consent(actor, case))
    if not _belongs(person, case):
        raise DomainError(_("This person does not belong to the case."))
    consent = Consent(person=person, case=case, recorded_by=actor)
    _write(consent, facts)
    save_checked(consent)
    return consent


def _belongs(person: Person, case: Case) -> bool:
    if case.child_places.filter(person=person).exists():
        return True
    return FamilyMember.objects.filter(person=person, family=case.family_id).exists()


@transaction.atomic
def change_consent(
    consent: Consent, facts: Mapping[str, Any], *, actor: User, seen: int | None
) -> Consent:
    """Correct what was recorded; the history keeps what stood before."""
    now = _locked(consent)
    refuse_unless(may.can_change_consent(actor, now))
    claim(now, seen, actor=actor)
    _write(now, facts)
    save_checked(now)
    return now


@transaction.atomic
def confirm_in_writing(consent: Consent, *, on: dt.date, actor: User, seen: int | None) -> Consent:
    """The oral consent was put on paper on that day."""
    now = _locked(consent)
    refuse_unless(may.can_withdraw_consent(actor, now))
    claim(now, seen, actor=actor)
    if now.is_ground:
        raise DomainError(_("There is no consent here to put in writing: only a ground."))
    if now.withdrawn_on is not None:
        raise DomainError(_("This consent has been withdrawn."))
    _write(now, {"written_on": on})
    save_checked(now)
    return now


@transaction.atomic
def withdraw_consent(
    consent: Consent, *, on: dt.date, note: str = "", actor: User, seen: int | None
) -> Consent:
    """Whoever gave it took it back on that day; nothing that was done before is undone."""
    now = _locked(consent)
    refuse_unless(may.can_withdraw_consent(actor, now))
    claim(now, seen, actor=actor)
    if now.withdrawn_on is not None:
        raise DomainError(_("This consent has been withdrawn already."))
    if on > clock.today() or (now.given_on and on < now.given_on):
        raise DomainError(_("A consent is withdrawn after it was given, and not in the future."))
    now.withdrawn_on, now.withdrawal_note = on, note
    save_checked(now)
    return now


def _locked(consent: Consent) -> Consent:
    return (
        Consent.objects.select_for_update(of=("self",))
        .select_related("case", "person")
        .get(pk=consent.pk)
    )


def _write(consent: Consent, facts: Mapping[str, Any]) -> None:
    for field in CONSENT_FIELDS:
        if field in facts:
            setattr(consent, field, facts[field])
    consent.is_written = consent.written_on is not None
    if consent.given_on is None:
        _check_ground(consent)
    else:
        _check_given(consent)


def _check_ground(consent: Consent) -> None:
    if not consent.ground_without.strip():
        raise DomainError(_("Say who consented and when, or on what ground no consent is needed."))
    consent.given_by, consent.capacity, consent.written_on = None, "", None
    consent.is_written = False


def _check_given(consent: Consent) -> None:
    if consent.given_on and consent.given_on > clock.today():
        raise DomainError(_("A consent cannot be given in the future."))
    if not consent.capacity:
        raise DomainError(_("Say in what capacity the consent was given."))
    if consent.written_on and consent.given_on and consent.written_on < consent.given_on:
        raise DomainError(_("The paper cannot be older than the word: check both days."))
    if not (consent.to_help or consent.to_data):
        raise DomainError(_("Say to what the consent is given."))
    consent.ground_without = ""
