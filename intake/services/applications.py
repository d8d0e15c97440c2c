"""An application's beginning: registered, put right, its awaited document come, withdrawn by who applied.

Each function locks the application, checks permission and state, and refuses with a ``DomainError`` in words.
"""

from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casework.enums import BasisKind, Relation
from casework.services.cases import last_change
from casework.services.conflicts import end_written_conflict, write_conflict
from casework.services.new_case import (
    Basis,
    KnownAddress,
    KnownAdult,
    KnownChild,
    KnownPerson,
    KnownPhone,
)
from casework.services.opening import check_basis, lay_basis, lay_identification
from core import clock
from core.errors import DomainError
from core.saving import claim_version
from offices.enums import Role
from offices.models import StandardVersion, User
from offices.notices import tell
from offices.standing import people_in, standing
from papers.models import Journal
from papers.numbers import take_number

from .. import application_permissions as may
from ..enums import ApplicationStatus
from ..models import Application, ApplicationConflict, ApplicationPerson
from ..models.applications import WHO_HAVE_APPLICATIONS
from ..sources import Source, refuse_second
from .new_application import Applicant, AppliedAdult, AppliedChild, NewApplication

ADDRESS_PARTS = ("district", "settlement", "street", "street_kind", "house", "flat")


@transaction.atomic
def register_application(
    new: NewApplication, *, actor: User, source: Source | None = None, again: bool = False
) -> Application:
    """Register what is known under the next number of the office, and tell those who decide.

    ``source`` is the call, finding, visitor or referral it began with; a second application from one is refused unless
    ``again`` says that it is meant. Nothing is demanded but how the family was found and the basis (clause 12).
    """
    if new.office.pk not in standing(actor).offices(*WHO_HAVE_APPLICATIONS):
        raise DomainError(_("Applications are registered by those who work in the office."))
    check_basis(new.basis, new.office)
    if source is not None and not again:
        refuse_second(source)
    on = clock.today()
    application = Application(
        office=new.office,
        standard=StandardVersion.objects.in_force(on),
        registered_at=clock.now(),
        registered_on=on,
        registered_by=actor,
    )
    if source is not None:
        setattr(application, source.kind.field, source.record)
    _lay(application, new, actor)
    _keep_people(application, new)
    application.number = take_number(new.office, Journal.APPLICATION, on=on)
    application.save()
    _tell_registered(application, actor)
    return application


@transaction.atomic
def change_application(
    application: Application, new: NewApplication, *, actor: User, seen_version: int | None
) -> Application:
    """Put right what the application says, as long as nothing final has come of it."""
    application = locked(application)
    refuse_unless(may.can_change_application(actor, application))
    check_basis(new.basis, application.office)
    claim_version(application, seen_version, changed_by=last_change(application))
    kept_scan = new.basis.scan or application.basis_scan
    _lay(application, replace(new, basis=replace(new.basis, scan=kept_scan)), actor)
    application.save()
    _keep_people(application, new)
    return application


@transaction.atomic
def receive_application_basis(
    application: Application, basis: Basis, *, actor: User, seen_version: int | None
) -> Application:
    """The awaited document has come, or what is written of the one at hand is put right."""
    application = locked(application)
    refuse_unless(may.can_receive_application_basis(actor, application))
    if basis.kind == BasisKind.AWAITED:
        raise DomainError(_("Choose the kind of the document that has come."))
    check_basis(basis, application.office)
    claim_version(application, seen_version, changed_by=last_change(application))
    was_awaited = application.is_basis_awaited
    lay_basis(application, replace(basis, scan=basis.scan or application.basis_scan), actor)
    if was_awaited:
        application.basis_received_at = clock.now()
    application.save()
    return application


@transaction.atomic
def withdraw_application(application: Application, words: str, *, actor: User) -> Application:
    """Who applied takes it back: written down as that, never as a refusal. They can apply again any day."""
    application = locked(application)
    refuse_unless(may.can_withdraw_application(actor, application))
    if not words.strip():
        raise DomainError(_("Say who withdrew it and how."))
    application.status = ApplicationStatus.WITHDRAWN
    application.withdrawn_by, application.withdrawn_words = actor, words.strip()[:500]
    application.closed_on = clock.today()
    application.version += 1
    application.save()
    return application


@transaction.atomic
def declare_application_conflict(
    application: Application, user: User, reason: str, *, actor: User
) -> ApplicationConflict:
    """Shut ``user`` out of the application (clause 10): oneself, or a worker of the office by its head."""
    application = locked(application)
    refuse_unless(may.can_see_application(actor, application))
    if user != actor:
        refuse_unless(may.can_lead_application(actor, application))
    conflict: ApplicationConflict = write_conflict(application, user, reason, actor=actor)
    heads = [h for h in people_in(application.office_id, Role.HEAD) if h != user]
    _tell(heads, "application_conflict", application, actor)
    return conflict


@transaction.atomic
def end_application_conflict(
    conflict_id: UUID, application: Application, *, actor: User
) -> ApplicationConflict:
    """The tie is no more, or was declared by mistake: the head lets the worker in again."""
    application = locked(application)
    refuse_unless(may.can_end_application_conflict(actor, application))
    conflict: ApplicationConflict = end_written_conflict(application, conflict_id)
    return conflict


def locked(application: Application) -> Application:
    """The application as it stands now, its row locked until the transaction ends."""
    rows = Application.objects.select_for_update(of=("self",)).select_related("office")
    return rows.get(pk=application.pk)


def refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise DomainError(
            _("This cannot be done with the application now, or not by you. Look at it again.")
        )


def _lay(application: Application, new: NewApplication, actor: User) -> None:
    """Write what is said of the whole onto the application, unsaved."""
    lay_identification(application, new.identification)
    lay_basis(application, new.basis, actor)
    application.reason = new.reason
    for name, value in vars(new.applicant).items():
        setattr(application, f"applicant_{name}", value)
    place = new.actual_address
    for part in ADDRESS_PARTS:
        setattr(application, part, getattr(place, part))
    application.address_text = place.text
    application.registered_text = new.registered_address.text


def _keep_people(application: Application, new: NewApplication) -> None:
    """The rows as they are said now; who is said no more is left out and stays in the record."""
    rows = {row.pk: row for row in application.people.all()}
    said: list[KnownPerson] = [*new.children, *new.adults]
    for place, known in enumerate(said):
        row = rows.pop(getattr(known, "row", None) or 0, None)
        row = row or ApplicationPerson(application=application)
        for name, value in _fields_of(known).items():
            setattr(row, name, value)
        row.place, row.is_left_out = place, False
        row.save()
    for row in rows.values():
        if not row.is_left_out:
            row.is_left_out = True
            row.save()


def _fields_of(known: KnownPerson) -> dict[str, Any]:
    plain = (
        "surname", "given_name", "patronymic", "description", "sex", "pin", "language",
        "citizenship", "communication_needs",
    )  # fmt: skip
    own: tuple[str, ...] = ()
    if isinstance(known, KnownChild):
        own = ("school", "school_text", "school_class", "attendance", "birth_certificate")
        own += ("is_concerned",)
    elif isinstance(known, KnownAdult):
        own = ("relation_text", "lives_together", "is_carer")
    relation = known.relation if isinstance(known, KnownAdult) else Relation.CHILD
    return {
        **{name: getattr(known, name) for name in (*plain, *own)},
        **known.birth.fields,
        "person": known.record,
        "relation": relation,
        "is_applicant": getattr(known, "is_applicant", False),
        "phones": [asdict(phone) for phone in known.phones],
    }


def known_person(row: ApplicationPerson) -> AppliedChild | AppliedAdult:
    """What :func:`register_application` kept of one person, in the words of ``KnownPerson``."""
    same = {
        name: getattr(row, name)
        for name in (
            "surname", "given_name", "patronymic", "description", "sex", "pin", "language",
            "citizenship", "communication_needs",
        )
    }  # fmt: skip
    phones = tuple(KnownPhone(**phone) for phone in row.phones)
    same |= {"record": row.person, "birth": row.birth, "phones": phones, "row": row.pk}
    if row.is_child:
        return AppliedChild(
            **same,
            is_concerned=row.is_concerned,
            school=row.school,
            school_text=row.school_text,
            school_class=row.school_class,
            attendance=row.attendance,
            birth_certificate=row.birth_certificate,
        )
    return AppliedAdult(
        **same,
        relation=row.relation,
        relation_text=row.relation_text,
        lives_together=row.lives_together,
        is_carer=row.is_carer,
        is_applicant=row.is_applicant,
    )


def applicant_of(application: Application) -> Applicant:
    names = Applicant.__dataclass_fields__
    return Applicant(**{name: getattr(application, f"applicant_{name}") for name in names})


def actual_address_of(application: Application) -> KnownAddress:
    parts = {part: getattr(application, part) for part in ADDRESS_PARTS}
    return KnownAddress(text=application.address_text, **parts)


def _tell_registered(application: Application, actor: User) -> None:
    deciding = people_in(application.office_id, Role.CASEWORKER, Role.HEAD)
    _tell(deciding, "application_registered", application, actor)
    if application.is_basis_awaited and application.basis_allowed_by:
        _tell([application.basis_allowed_by], "application_word_named", application, actor)


def _tell(people: list[User], kind: str, application: Application, by: User) -> None:
    shut = set(application.conflicts.filter(ended_at=None).values_list("user", flat=True))
    told = [user for user in people if user.pk not in shut]
    tell(told, kind, by=by, number=application.number, url=application.get_absolute_url())
