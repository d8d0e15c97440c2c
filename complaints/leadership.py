"""Whose leadership a complaint goes to, and who of its people may consider it (clauses 10 and 17)."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from offices.enums import OfficeKind, Role
from offices.models import Membership, Office, StandIn, User
from offices.standing import standing

from .enums import Level
from .models import Complaint

# Who can be given a complaint to consider.
CONSIDERING_ROLES = (
    Role.CASEWORKER,
    Role.PSYCHOLOGIST,
    Role.LAWYER,
    Role.REGISTRAR,
    Role.HEAD,
    Role.CITY_HEAD,
)


def level_of(office: Office | None, person: User | None) -> str:
    """About a worker or an office: its head and the city. About a head, or the city's department: the city. About the
    city's head: City Hall."""
    if person is not None:
        acts_as = _acts_as(person)
        if Role.CITY_HEAD in acts_as:
            return Level.CITY_HALL
        if Role.HEAD in acts_as:
            return Level.CITY
    if office is not None and office.kind == OfficeKind.CITY:
        return Level.CITY
    return Level.OFFICE


def _acts_as(person: User) -> set[str]:
    """The roles somebody has today, those of whom they stand in for too."""
    active = Membership.objects.active()
    covered = StandIn.objects.active().filter(user=person).values("membership")
    return set(active.filter(Q(user=person) | Q(pk__in=covered)).values_list("role", flat=True))


def city_office() -> Office:
    """The city's department. ``Office.DoesNotExist`` before it is entered."""
    return Office.objects.filter(kind=OfficeKind.CITY, is_active=True).order_by("index")[:1].get()


def forwarded_to(complaint: Complaint) -> list[Office | None]:
    """The offices whose leadership gets it on registration; None is City Hall."""
    if complaint.level == Level.CITY_HALL:
        return [None]
    offices: list[Office | None] = [city_office()]
    if complaint.level == Level.OFFICE and complaint.about_office is not None:
        offices.append(complaint.about_office)
    return offices


def may_be_given(complaint: Complaint, actor: User) -> list[User]:
    """Whom ``actor`` may choose: never whom it is about, nor a worker of theirs, nor who declared a conflict.

    A head chooses in the own office; the city's head there and in the city's department.
    """
    at = Q()
    if complaint.level == Level.OFFICE and complaint.about_office_id:
        at |= Q(office=complaint.about_office_id)
    if standing(actor).has(Role.CITY_HEAD):
        at |= Q(office__kind=OfficeKind.CITY)
    if not at or complaint.level == Level.CITY_HALL:
        return []
    places = Membership.objects.active().filter(at, role__in=CONSIDERING_ROLES)
    found = User.objects.filter(is_active=True, memberships__in=places)
    found = found.exclude(memberships__in=_below(complaint))
    shut = complaint.conflicts.filter(ended_at=None).values("user")
    people = found.exclude(pk__in=shut).distinct()
    if complaint.about_person_id:
        people = people.exclude(pk=complaint.about_person_id)
    return [person for person in people.order_by("surname", "given_name") if _sees_clients(person)]


def _below(complaint: Complaint) -> "QuerySet[Membership]":
    """The places under whom it is about: of a head all of the own office; of who acts as one today all but the heads'."""
    active = Membership.objects.active()
    places = Q(pk__in=[])
    if complaint.level == Level.CITY and not _is_city(complaint.about_office):
        places |= Q(office=complaint.about_office_id)
    if complaint.about_person is not None:
        headed = standing(complaint.about_person).offices(Role.HEAD)
        places |= Q(office__in=headed) & ~Q(role__in=(Role.HEAD, Role.CITY_HEAD))
    return active.filter(places)


def _is_city(office: Office | None) -> bool:
    return office is not None and office.kind == OfficeKind.CITY


def stand_ins_for(people: Iterable[User | UUID]) -> dict[UUID, str]:
    """Who stands in today for each of ``people`` that is away, by name: one query."""
    held = StandIn.objects.active().filter(membership__user__in=people)
    found: dict[UUID, list[str]] = {}
    for one in held.select_related("user", "membership").order_by("pk"):
        names = found.setdefault(one.membership.user_id, [])
        if one.user.short_name not in names:
            names.append(one.user.short_name)
    return {pk: ", ".join(names) for pk, names in found.items()}


def _sees_clients(person: User) -> bool:
    """Who keeps accounts or audits has no part in it, whatever other membership somebody gave them."""
    return standing(person).has(*CONSIDERING_ROLES)


def answering_office(complaint: Complaint, signer: User) -> Office:
    """On whose letterhead the answer goes: the signer's, the office's own head before the city."""
    office = complaint.about_office
    heads_it = office is not None and office.pk in standing(signer).offices(Role.HEAD)
    if office is not None and heads_it and complaint.level == Level.OFFICE:
        return office
    return city_office()
