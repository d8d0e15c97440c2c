"""Builders of records for tests: each makes one thing with believable defaults; what a test is about it says itself."""

import datetime as dt
import itertools

from casework.enums import (
    BasisKind,
    BirthPrecision,
    CaseStage,
    EpisodeKind,
    EpisodeStatus,
    IdentifiedBy,
    MeetingKind,
    MeetingStatus,
    Relation,
    RiskLevel,
    Sex,
)
from casework.models import (
    Case,
    CaseChild,
    Child,
    Episode,
    Family,
    FamilyMember,
    Meeting,
    Person,
    PrivateNote,
    SafetyAlert,
)
from core import clock
from offices.enums import OfficeKind, OrganisationKind, Role
from offices.models import (
    District,
    Membership,
    Office,
    Organisation,
    StandardVersion,
    StandIn,
    User,
)

PASSWORD = "test-only-password-41"
_serial = itertools.count(1)


def make_standard(number="1", **fields):
    fields.setdefault("adopted_on", dt.date(2024, 1, 15))
    fields.setdefault("in_force_from", dt.date(2024, 2, 1))
    fields.setdefault("legal_basis_ky", "«Балдар жөнүндө» кодекси")
    fields.setdefault("legal_basis_ru", "Кодекс «О детях»")
    return StandardVersion.objects.get_or_create(number=number, defaults=fields)[0]


def make_office(code="lenin", kind=OfficeKind.DISTRICT, **fields):
    found = Office.objects.filter(code=code).first()
    if found:
        return found
    n = next(_serial)
    district = None
    if kind == OfficeKind.DISTRICT:
        district = District.objects.get_or_create(
            code=code, defaults={"name_ky": f"{code} району", "name_ru": f"{code} район"}
        )[0]
    fields.setdefault("index", f"{n:02d}")
    fields.setdefault("name_ky", f"{code} башкармалыгы")
    fields.setdefault("name_ru", f"Управление {code}")
    return Office.objects.create(code=code, kind=kind, district=district, **fields)


def make_centre(**fields):
    return make_office("centre", OfficeKind.CENTRE, **fields)


def make_user(role=None, office=None, username=None, **fields):
    """A person with one membership in force since 2024 (none where no role is given)."""
    n = next(_serial)
    password = fields.pop("password", PASSWORD)
    fields.setdefault("surname", f"Кызматкеров{n}")
    fields.setdefault("given_name", "Бакыт")
    user = User(username=username or f"user{n}", **fields)
    user.set_password(password)
    user.save()
    if role:
        make_membership(user, role, office or make_office())
    return user


def make_membership(user, role, office, **fields):
    fields.setdefault("starts_on", dt.date(2024, 1, 1))
    return Membership.objects.create(user=user, role=role, office=office, **fields)


def make_stand_in(membership, user, **fields):
    fields.setdefault("starts_on", clock.today())
    fields.setdefault("ends_on", clock.today())
    return StandIn.objects.create(membership=membership, user=user, **fields)


def make_caseworker(office=None, **fields):
    return make_user(Role.CASEWORKER, office, **fields)


def make_head(office=None, **fields):
    return make_user(Role.HEAD, office, **fields)


def make_psychologist(office=None, **fields):
    return make_user(Role.PSYCHOLOGIST, office or make_centre(), **fields)


def make_organisation(kind=OrganisationKind.EDUCATION, **fields):
    n = next(_serial)
    fields.setdefault("name_ky", f"№ {n} мектеп")
    fields.setdefault("name_ru", f"Школа № {n}")
    return Organisation.objects.create(kind=kind, **fields)


def make_person(surname="Асанбек уулу", given_name="Үсөн", **fields):
    fields.setdefault("sex", Sex.MALE)
    if fields.get("birth_on"):
        fields.setdefault("birth_precision", BirthPrecision.EXACT)
    return Person.objects.create(surname=surname, given_name=given_name, **fields)


def make_child(surname="Асанбек уулу", given_name="Үсөн", **fields):
    fields.setdefault("birth_on", dt.date(2017, 3, 14))
    person = make_person(surname, given_name, **fields)
    Child.objects.create(person=person)
    return person


def make_family(*children, mother=None):
    family = Family.objects.create()
    for child in children:
        FamilyMember.objects.create(family=family, person=child, relation=Relation.CHILD)
    if mother:
        FamilyMember.objects.create(family=family, person=mother, relation=Relation.MOTHER)
    return family


def make_case(office=None, responsible=None, *, child=None, mother=None, **fields):
    """A case of one child; its office is the responsible worker's where only they are named."""
    if office is None and responsible is not None:
        office = responsible.memberships.first().office
    office = office or make_office()
    responsible = responsible or make_caseworker(office)
    child = child or make_child()
    n = next(_serial)
    fields.setdefault("number", f"T-{n:04d}/26")
    fields.setdefault("identified_by", IdentifiedBy.EDUCATION)
    fields.setdefault("basis_kind", BasisKind.APPLICATION)
    fields.setdefault("risk_level", RiskLevel.HIGH)
    fields.setdefault("stage", CaseStage.OPENED)
    case = Case.objects.create(
        office=office,
        family=fields.pop("family", None) or make_family(child, mother=mother),
        standard=make_standard(),
        responsible=responsible,
        opened_at=fields.pop("opened_at", clock.now()),
        opened_by=responsible,
        **fields,
    )
    CaseChild.objects.create(case=case, person=child)
    return case


def make_episode(case=None, specialist=None, **fields):
    """A psychological episode in progress with ``specialist``, for the first child of ``case``.

    In the states before acceptance ``specialist`` is only whom the requester would like.
    """
    case = case or make_case()
    specialist = specialist or make_psychologist()
    fields.setdefault("kind", EpisodeKind.PSYCHOLOGICAL)
    fields.setdefault("status", EpisodeStatus.ACTIVE)
    if fields["status"] in (EpisodeStatus.REQUESTED, EpisodeStatus.RETURNED):
        fields["asked_specialist"], fields["specialist"] = specialist, None
    if fields["status"] == EpisodeStatus.RETURNED:
        fields.setdefault("return_reason", "Бош адис жок")
    if fields["status"] == EpisodeStatus.COMPLETED:
        fields.setdefault("completed_on", clock.today())
    if fields["status"] == EpisodeStatus.ENDED:
        fields.setdefault("ended_on", clock.today())
        fields.setdefault("end_reason", "Үй-бүлө көчүп кетти")
    fields.setdefault("person", case.child_places.first().person)
    fields.setdefault("office", specialist.memberships.first().office)
    fields.setdefault("specialist", specialist)
    fields.setdefault("requested_by", case.responsible)
    fields.setdefault("requested_at", clock.now())
    return Episode.objects.create(case=case, **fields)


def make_meeting(episode=None, *, minutes=30, **fields):
    """A session held an hour ago for ``minutes``; other states by ``status`` with the times that belong to them."""
    episode = episode or make_episode()
    fields.setdefault("kind", MeetingKind.SESSION)
    status = fields.setdefault("status", MeetingStatus.HELD)
    hour_ago = (clock.now() - dt.timedelta(hours=1)).replace(second=0, microsecond=0)
    if status in (MeetingStatus.PLANNED, MeetingStatus.MISSED, MeetingStatus.CANCELLED):
        fields.setdefault("planned_at", clock.now() + dt.timedelta(days=1))
    else:
        began = fields.setdefault("began_at", hour_ago)
        if status != MeetingStatus.RUNNING:
            fields.setdefault("ended_at", began + dt.timedelta(minutes=minutes))
        if fields["kind"] == MeetingKind.CONSULTATION:
            fields.setdefault("standard", make_standard())
            fields.setdefault("limit_minutes", fields["standard"].consultation_minutes)
            fields.setdefault("amber_minutes", fields["standard"].consultation_amber_minutes)
    if status in (MeetingStatus.MISSED, MeetingStatus.CANCELLED):
        fields.setdefault("missed_reason", "Бала ооруп калды")
    fields.setdefault("specialist", episode.specialist)
    fields.setdefault("recorded_by", fields["specialist"])
    return Meeting.objects.create(episode=episode, **fields)


def make_private_note(episode, text="На вопросы об отчиме замолкает.", **fields):
    fields.setdefault("author", episode.specialist)
    return PrivateNote.objects.create(episode=episode, text=text, **fields)


def make_safety_alert(case, raised_by=None, text="Баланын коопсуздугуна коркунуч бар", **fields):
    return SafetyAlert.objects.create(
        case=case,
        raised_by=raised_by or case.responsible,
        raised_at=clock.now(),
        text=text,
        **fields,
    )
