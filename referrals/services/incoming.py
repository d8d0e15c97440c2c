"""State changes of an incoming referral: registered, corrected, settled without an application, led to a case."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from casework.models import Case
from casework.services.new_case import KnownAdult, KnownChild, KnownPerson
from core import clock
from core.errors import DomainError
from core.saving import claim_version
from offices.models import Office, Organisation, User
from offices.standing import standing
from papers.attachment_lists import add_files
from papers.models import Attachment, Journal
from papers.numbers import take_number

from ..models import IncomingFile, IncomingReferral, ReferredPerson
from ..models.incoming import KEEPING_ROLES
from ..permissions import can_correct_referral, can_settle_referral


@dataclass(frozen=True)
class ReferralFacts:
    """What the paper says. Its sender is an organisation of the list, or its kind and name in words."""

    sender_kind: str
    received_on: dt.date
    organisation: Organisation | None = None
    sender_text: str = ""
    basis_kind: str = ""
    document_number: str = ""
    document_on: dt.date | None = None
    signatory: str = ""
    request: str = ""
    address_text: str = ""
    received_how: str = ""


@transaction.atomic
def register_referral(
    facts: ReferralFacts,
    *,
    office: Office,
    children: Iterable[KnownChild] = (),
    adults: Iterable[KnownAdult] = (),
    scans: Iterable[Attachment] = (),
    actor: User,
) -> IncomingReferral:
    """Enter the paper in the office's journal of incoming referrals, with whom it names. The number is taken last."""
    if office.pk not in standing(actor).offices(*KEEPING_ROLES):
        raise PermissionDenied
    _check(facts)
    now = clock.now()
    referral = IncomingReferral(
        office=office, registered_at=now, registered_by=actor, **_columns(facts)
    )
    referral.number = take_number(office, Journal.INCOMING, on=clock.local(now).date())
    referral.save()
    _name_people(referral, children, adults)
    add_files(IncomingFile, referral, scans, actor=actor)
    return referral


@transaction.atomic
def correct_referral(
    referral: IncomingReferral,
    facts: ReferralFacts,
    *,
    children: Iterable[KnownChild],
    adults: Iterable[KnownAdult],
    seen: int | None,
    actor: User,
) -> IncomingReferral:
    """Mend what was typed; number, office and day of registration stay. ``seen`` is the version the form was opened on."""
    found = _locked(referral, actor)
    if not can_correct_referral(actor, found):
        raise PermissionDenied
    claim_version(found, seen)
    _check(facts)
    for name, value in _columns(facts).items():
        setattr(found, name, value)
    found.save()
    for person in found.people.all():
        person.delete()
    _name_people(found, children, adults)
    return found


@transaction.atomic
def settle_referral(referral: IncomingReferral, *, reason: str, actor: User) -> IncomingReferral:
    """Nothing is to be made of it: it belongs to a case that is open already, or to somebody else; with the reason."""
    found = _locked(referral, actor)
    if found.settled_at is not None or found.case_id is not None:
        raise DomainError(_("This referral is settled already."))
    if not can_settle_referral(actor, found):
        raise PermissionDenied
    if not reason.strip():
        raise DomainError(_("Say why no application is needed."))
    found.settled_at, found.settled_by, found.settled_reason = clock.now(), actor, reason.strip()
    found.version += 1
    found.save()
    return found


@transaction.atomic
def reopen_referral(referral: IncomingReferral, *, actor: User) -> IncomingReferral:
    """Take the word back that none is needed; the referral stands out again."""
    found = _locked(referral, actor)
    if found.settled_at is None:
        raise DomainError(_("This referral is not settled."))
    if not can_correct_referral(actor, found):
        raise PermissionDenied
    found.settled_at, found.settled_by, found.settled_reason = None, None, ""
    found.version += 1
    found.save()
    return found


@transaction.atomic
def note_case(referral: IncomingReferral, case: Case, *, actor: User) -> IncomingReferral:
    """The referral has led to ``case``, whose restriction and conflicts count for it from now on, and for its answers."""
    found = IncomingReferral.objects.select_for_update().get(pk=referral.pk)
    if found.office_id != case.office_id:
        raise DomainError(_("The case is of another office than the referral."))
    found.case = case
    found.version += 1
    found.save()
    for feedback in found.feedback.filter(release__isnull=False).select_related("release"):
        release = feedback.release
        if release is not None:
            release.case = case
            release.save()
    return found


def _locked(referral: IncomingReferral, actor: User) -> IncomingReferral:
    rows = IncomingReferral.objects.visible_to(actor).select_for_update(of=("self",))
    found = rows.select_related("office").filter(pk=referral.pk).first()
    if found is None:
        raise PermissionDenied
    return found


def _check(facts: ReferralFacts) -> None:
    if facts.organisation is None and not facts.sender_text.strip():
        raise DomainError(_("Say who referred: choose the organisation or name it."))
    if facts.received_on > clock.today():
        raise DomainError(_("A referral cannot have come on a day that is still to come."))


def _columns(facts: ReferralFacts) -> dict[str, object]:
    found = {field.name: getattr(facts, field.name) for field in fields(facts)}
    return {n: v.strip() if isinstance(v, str) else v for n, v in found.items()}


def _name_people(
    referral: IncomingReferral, children: Iterable[KnownChild], adults: Iterable[KnownAdult]
) -> None:
    for place, child in enumerate(children):
        ReferredPerson.objects.create(
            referral=referral,
            is_child=True,
            place=place,
            description=child.description,
            is_concerned=child.is_concerned,
            school=child.school,
            school_text=child.school_text,
            school_class=child.school_class,
            **_of_person(child),
        )
    for place, adult in enumerate(adults):
        phone = adult.phones[0] if adult.phones else None
        ReferredPerson.objects.create(
            referral=referral,
            is_child=False,
            place=place,
            relation=adult.relation,
            lives_together=adult.lives_together is not False,
            is_carer=adult.is_carer,
            phone=phone.number if phone else "",
            phone_is_safe=phone.is_safe if phone else True,
            safe_hours=phone.safe_hours if phone else "",
            **_of_person(adult),
        )


def _of_person(known: KnownPerson) -> dict[str, object]:
    same = ("surname", "given_name", "patronymic", "sex", "pin", "language")
    return {**{name: getattr(known, name) for name in same}, **known.birth.fields}
