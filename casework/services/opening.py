"""Opening a case: one function for the caseworker's screen, intake's decision and the demo city."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import Membership, Office, StandardVersion, User
from offices.notices import tell
from offices.standing import people_in, standing
from papers.models import Journal
from papers.numbers import take_number

from ..enums import AddressKind, BasisKind, Relation
from ..models import Address, Case, CaseChild, Child, Family, FamilyMember, Person, Phone
from ..models.beginnings import Beginning
from .deadlines import start_deadlines
from .new_case import (
    Basis,
    Identification,
    KnownAddress,
    KnownAdult,
    KnownChild,
    KnownPerson,
    NewCase,
)

# Bases that say themselves whose they are; every other paper comes from somebody who must be named.
SPEAKS_FOR_ITSELF = {BasisKind.APPLICATION, BasisKind.AWAITED}
# No rule says how long; a day further off than this is a slip of the finger.
LONGEST_WAIT = dt.timedelta(days=366)


@transaction.atomic
def open_case(new: NewCase, *, actor: User) -> Case:
    """Open the case of ``new`` and tell the heads; ``actor`` answers for it until the head assigns somebody.

    One child known by a description is enough (clauses 12 and 14). The number is taken as late as the rows allow.
    Raises ``DomainError`` where the actor may not, no child is concerned, or the basis does not hold.
    """
    check_opening(new, actor=actor)
    children = [(known, _recorded(known)) for known in new.children]
    adults = [(known, _recorded(known)) for known in new.adults]
    family = _family_of([person for known, person in children if known.is_concerned], actor)
    for known, person in [*children, *adults]:
        _join(family, person, known)
        _settle_at(person, known, new)
    case = _numbered_case(new, family, actor)
    for known, person in children:
        if known.is_concerned:
            CaseChild.objects.create(case=case, person=person)
    case.categories.set(new.categories)
    start_deadlines(case)
    _tell_opened(case, actor)
    return case


def check_opening(new: NewCase, *, actor: User) -> None:
    """Raises ``DomainError`` with what stands in the way."""
    if new.office.pk not in standing(actor).offices(Role.CASEWORKER, Role.HEAD):
        raise DomainError(_("Cases are opened by a social worker or the head of the office."))
    if not any(child.is_concerned for child in new.children):
        raise DomainError(_("Say which child the case concerns: a description is enough."))
    for child in new.children:
        if not (child.record or child.surname or child.given_name or child.description):
            raise DomainError(_("Give each child a name, or a description where no name is known."))
    if new.responsible is not None and new.responsible != actor:
        _check_may_be_responsible(new, actor)
    check_basis(new.basis, new.office)


def check_basis(basis: Basis, office: Office) -> None:
    """Clause 12: one document of its kinds; or awaited, by the word of a head of the office until a day."""
    if basis.kind != BasisKind.AWAITED:
        named = basis.organisation is not None or basis.text
        if basis.kind not in SPEAKS_FOR_ITSELF and not named:
            raise DomainError(
                _("Say from whom the document is: choose the organisation or name it.")
            )
        return
    today = clock.today()
    if basis.awaited_until is None or not today <= basis.awaited_until <= today + LONGEST_WAIT:
        raise DomainError(
            _("Say until which day the document is awaited: from today, within a year.")
        )
    if basis.allowed_by is None or basis.allowed_by not in people_in(office.pk, Role.HEAD):
        raise DomainError(
            _("Help without a document starts only by the word of the head: say who gave it.")
        )
    if basis.word_on is not None and basis.word_on > today:
        raise DomainError(_("The head's word cannot be of a day to come."))


def _check_may_be_responsible(new: NewCase, actor: User) -> None:
    leads = new.office.pk in standing(actor).offices(Role.HEAD)
    if not leads or new.responsible not in people_in(new.office.pk, Role.CASEWORKER, Role.HEAD):
        raise DomainError(_("Only the head assigns a case, and to a worker of the office."))


def _recorded(known: KnownPerson) -> Person:
    """The person's record: the known one as it stands, else a new one; a child has a child's record either way."""
    person = known.record or Person.objects.create(
        surname=known.surname,
        given_name=known.given_name,
        patronymic=known.patronymic,
        description=known.description,
        sex=known.sex,
        pin=known.pin,
        language=known.language,
        citizenship=known.citizenship,
        communication_needs=known.communication_needs,
        **known.birth.fields,
    )
    if isinstance(known, KnownChild) and not Child.objects.filter(person=person).exists():
        Child.objects.create(
            person=person,
            school=known.school,
            school_text=known.school_text,
            school_class=known.school_class,
            attendance=known.attendance,
            birth_certificate=known.birth_certificate,
        )
    return person


def _family_of(concerned: Iterable[Person], actor: User) -> Family:
    """The family in which the actor already knows one of the children, else a new one."""
    known = Family.objects.visible_to(actor).filter(
        members__person__in=list(concerned), members__to_on=None, members__relation=Relation.CHILD
    )
    return known.order_by("-created_at").first() or Family.objects.create()


def _join(family: Family, person: Person, known: KnownPerson) -> None:
    """Put the person in the family, where they are not there already."""
    if FamilyMember.objects.filter(family=family, person=person, to_on=None).exists():
        return
    if isinstance(known, KnownAdult):
        FamilyMember.objects.create(
            family=family,
            person=person,
            relation=known.relation,
            relation_text=known.relation_text,
            lives_together=known.lives_together,
            is_carer=known.is_carer,
        )
    else:
        FamilyMember.objects.create(
            family=family, person=person, relation=Relation.CHILD, lives_together=True
        )


def _settle_at(person: Person, known: KnownPerson, new: NewCase) -> None:
    """Add the phones, and the addresses to whoever lives there; what the record says already is not said twice."""
    kept = set(person.phones.values_list("number", flat=True)) if known.record else set()
    for phone in known.phones:
        if phone.number not in kept:
            Phone.objects.create(person=person, **vars(phone))
    if isinstance(known, KnownAdult) and known.lives_together is False:
        return
    _house(person, AddressKind.ACTUAL, new.actual_address)
    _house(person, AddressKind.REGISTERED, new.registered_address)


def _house(person: Person, kind: str, place: KnownAddress) -> None:
    if place:
        Address.objects.get_or_create(person=person, kind=kind, until_on=None, **vars(place))


def _numbered_case(new: NewCase, family: Family, actor: User) -> Case:
    on = clock.today()
    responsible = new.responsible or actor
    case = Case(
        office=new.office,
        family=family,
        standard=StandardVersion.objects.in_force(on),
        reason=new.reason,
        risk_level=new.risk_level,
        is_restricted=any(category.is_restricted for category in new.categories),
        responsible=responsible,
        assigned_at=clock.now() if new.responsible else None,
        opened_at=clock.now(),
        opened_by=actor,
    )
    lay_identification(case, new.identification)
    lay_basis(case, new.basis, actor)
    case.number = take_number(new.office, Journal.CASE, on=on)
    case.save()
    return case


def lay_identification(record: Beginning, identification: Identification) -> None:
    """Write how the family was identified onto the case or application, unsaved."""
    record.identified_by = identification.kind
    record.identified_organisation = identification.organisation
    record.identified_text = identification.text
    record.identified_number = identification.number
    record.identified_on = identification.on


def lay_basis(record: Beginning, basis: Basis, actor: User) -> None:
    """Write ``basis`` onto the case or application, unsaved. A head who writes it gives and confirms the word in one."""
    record.basis_kind = basis.kind
    record.basis_organisation = basis.organisation
    record.basis_text = basis.text
    record.basis_number = basis.number
    record.basis_on = basis.on
    record.basis_signatory = basis.signatory
    record.basis_scan = basis.scan
    if basis.kind == BasisKind.AWAITED:
        record.basis_awaited_until = basis.awaited_until
        record.basis_allowed_by = basis.allowed_by
        record.basis_word_on = basis.word_on or clock.today()
        record.basis_word_confirmed_at = clock.now() if basis.allowed_by == actor else None


def identification_of(record: Beginning) -> Identification:
    """What :func:`lay_identification` wrote."""
    return Identification(
        record.identified_by,
        record.identified_organisation,
        record.identified_text,
        record.identified_number,
        record.identified_on,
    )


def basis_of(record: Beginning) -> Basis:
    """What :func:`lay_basis` wrote, so that it is carried on and not typed again."""
    return Basis(
        record.basis_kind,
        record.basis_organisation,
        record.basis_text,
        record.basis_number,
        record.basis_on,
        record.basis_signatory,
        record.basis_scan,
        record.basis_awaited_until,
        record.basis_allowed_by,
        record.basis_word_on,
    )


def _tell_opened(case: Case, actor: User) -> None:
    heads = people_in(case.office_id, Role.HEAD)
    url = case.get_absolute_url()
    tell(heads, "case_opened", by=actor, number=case.number, url=url)
    if case.basis_kind == BasisKind.AWAITED and case.basis_allowed_by is not None:
        tell([case.basis_allowed_by], "basis_word_named", by=actor, number=case.number, url=url)
    if case.responsible != actor:
        tell([case.responsible], "case_assigned", by=actor, number=case.number, url=url)


def office_choices(actor: User, *roles: str) -> list[Office]:
    """The offices in which ``actor`` holds one of ``roles`` (default: those who open cases); first where they work first."""
    held = standing(actor).offices(*(roles or (Role.CASEWORKER, Role.HEAD)))
    first = Membership.objects.active().filter(user=actor).values_list("office_id", flat=True)
    order = {pk: place for place, pk in enumerate(first)}
    return sorted(Office.objects.filter(pk__in=held), key=lambda o: (order.get(o.pk, 99), o.index))
