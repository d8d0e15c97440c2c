"""All that a reader may see of one person, in as many queries for a long file as for a short one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from core import clock
from offices.enums import Role
from offices.models import User
from offices.standing import standing

from . import people_permissions as may
from .enums import ConclusionStatus
from .keeping_enums import MergeStatus
from .merged import brought_together_with, other_records, record_keys
from .models import (
    Address,
    Assessment,
    Case,
    CaseChild,
    Conclusion,
    Consent,
    Episode,
    Family,
    FamilyMember,
    HiddenFact,
    Person,
    PersonMerge,
    Phone,
    Plan,
    SafetyAlert,
)
from .permissions import Depth, depth_of, remember_depth
from .warnings import OF_AGE, about_pin


@dataclass
class PersonPage:
    """What the page of ``person`` shows to its reader; ``full`` is the deeper of the two depths of reading.

    ``records`` are the other records of the same person (casework.merged) that the reader sees: what hangs on them
    stands here too. ``merges`` is for heads: what has been proposed or agreed about the record.
    """

    person: Person
    full: bool
    cases: list[Case]
    phones: list[Phone]
    phones_beside: list[Phone]
    addresses: list[Address]
    consents: list[Consent]
    places: list[FamilyMember]
    alerts: list[SafetyAlert] = field(default_factory=list)
    episodes: list[Episode] = field(default_factory=list)
    conclusions: list[Conclusion] = field(default_factory=list)
    assessments: list[Assessment] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    pin_twins: list[Person] = field(default_factory=list)
    pin_known_elsewhere: bool = False
    records: list[Person] = field(default_factory=list)
    merges: list[PersonMerge] = field(default_factory=list)
    can_merge: bool = False

    @property
    def may_be_child(self) -> bool:
        """Whether the person has no child's page and is not known to be of age."""
        age = self.person.age_on(clock.today())
        return not hasattr(self.person, "child") and (age is None or age < OF_AGE)

    @property
    def seen_people(self) -> set[UUID]:
        """The others of the families that the reader sees: whose names may lead to their pages."""
        return {member.person_id for place in self.places for member in place.__dict__["beside"]}

    @property
    def readable_cases(self) -> list[Case]:
        return [case for case in self.cases if case.__dict__.get("readable")]


def people_for(user: User) -> QuerySet[Person]:
    """The entrance to every page of a person, with the depth settled and the child's record beside."""
    return (
        Person.objects.visible_to(user)
        .with_depth_for(user)
        .select_related("child__school", "child__representative")
    )


def cases_of(person: Person, user: User) -> list[Case]:
    """The cases of the person that ``user`` may know to be theirs, the newest first, each with its depth settled."""
    keys = record_keys(person)
    children = CaseChild.objects.filter(case=OuterRef("pk"), person__in=keys)
    members = FamilyMember.objects.filter(family=OuterRef("family"), person__in=keys)
    found = (
        Case.objects.named_for(user)
        .filter(Q(Exists(children)) | Q(Exists(members)))
        .with_depth_for(user)
        .select_related("office", "responsible")
    )
    cases = [remember_depth(user, case) for case in found]
    for case in cases:
        case.__dict__["readable"] = depth_of(user, case) >= Depth.CONTENT
    return cases


def person_page(person: Person, cases: list[Case], user: User) -> PersonPage:
    """Gather the page of ``person`` (from ``people_for``) whose ``cases`` are known already."""
    full, keys = may.reads_person_fully(user, person), record_keys(person)
    readable = [case for case in cases if case.__dict__["readable"]]
    places = _places(person, user)
    own, beside = _phones(person, places)
    page = PersonPage(
        person=person,
        full=full,
        cases=cases,
        phones=own,
        phones_beside=beside,
        addresses=list(Address.objects.filter(person__in=keys).select_related("district", "mtu")),
        consents=_consents(person, readable, user),
        places=places,
        alerts=_alerts(readable),
        episodes=list(
            Episode.objects.visible_to(user)
            .filter(person__in=keys)
            .select_related("office", "specialist", "case")
        ),
        conclusions=list(
            Conclusion.objects.visible_to(user)
            .filter(episode__person__in=keys)
            .exclude(status=ConclusionStatus.DRAFT)
            .select_related("author", "episode")
        ),
    )
    if hasattr(person, "child"):
        _find_plans(page, user)
    page.records = other_records(person)
    _tell_heads_of_merges(page, user)
    mark_hidden([*own, *beside, *page.addresses], user)
    page.remarks = about_pin(person.pin, person.sex, person.birth)
    if full and person.pin:
        _find_pin_twins(page, user)
    return page


def _phones(person: Person, places: list[FamilyMember]) -> tuple[list[Phone], list[Phone]]:
    """The person's own phones; and for a child those of the others of the family now, each with ``relation``."""
    beside: dict[UUID, str] = {}
    if hasattr(person, "child"):
        for place in places:
            members = place.__dict__["beside"] if place.to_on is None else []
            beside |= {m.person_id: m.relation_shown for m in members if m.to_on is None}
    keys = record_keys(person)
    found = Phone.objects.filter(person__in=[*keys, *beside]).select_related("person__child")
    own = [phone for phone in found if phone.person_id in keys]
    others = [p for p in found if p.person_id not in keys and p.is_current]
    for phone in others:
        phone.__dict__["relation"] = beside[phone.person_id]
    return own, others


def _find_plans(page: PersonPage, user: User) -> None:
    """Finished assessments and approved plans of the child, as far as ``user`` may read them."""
    rows = Assessment.objects.visible_to(user).fixed().filter(person__in=record_keys(page.person))
    page.assessments = list(rows.select_related("case"))
    plans = Plan.objects.visible_to(user).in_force().filter(person__in=record_keys(page.person))
    page.plans = list(plans.select_related("case"))


def _consents(person: Person, readable: list[Case], user: User) -> list[Consent]:
    """Those of the cases that the reader reads."""
    if not readable:
        return []
    found = Consent.objects.filter(person__in=record_keys(person), case__in=readable)
    found = found.select_related("given_by", "recorded_by")
    return settle_consents(found, readable, user)


def settle_consents(found: Iterable[Consent], readable: list[Case], user: User) -> list[Consent]:
    """``found``, each with its case at hand and ``may_change`` settled without asking again."""
    at_hand = {case.pk: case for case in readable}
    settled = list(found)
    for consent in settled:
        consent.case = at_hand[consent.case_id]
        consent.__dict__["may_change"] = may.can_change_consent(user, consent)
    return settled


def _alerts(readable: list[Case]) -> list[SafetyAlert]:
    """The dangers in force in the cases that the reader reads."""
    if not readable:
        return []
    alerts = SafetyAlert.objects.filter(case__in=readable, lifted_at=None)
    return list(alerts.select_related("raised_by", "person", "case"))


def _places(person: Person, user: User) -> list[FamilyMember]:
    """The person's places in families that the reader may see, each with ``beside``: the other members of that family."""
    keys = record_keys(person)
    families = Family.objects.visible_to(user).filter(members__person__in=keys)
    members = list(
        FamilyMember.objects.filter(family__in=families)
        .select_related("person__child", "family")
        .order_by(F("to_on").desc(nulls_first=True), "person__sort_key")
    )
    mine = [m for m in members if m.person_id in keys]
    for place in mine:
        place.__dict__["beside"] = [
            m for m in members if m.family_id == place.family_id and m.person_id not in keys
        ]
    return mine


def mark_hidden(things: list[Phone | Address], user: User) -> None:
    """Set ``hidden`` on each: the hiding in force, or None. One query for all.

    It carries ``persons``, those from whom it is hidden whom the reader may see, and ``is_all_seen``: whether that is
    all of them. Where it is not, another office hides it too: then the reader learns neither why nor from whom else.
    """
    phones = [t.pk for t in things if isinstance(t, Phone)]
    addresses = [t.pk for t in things if isinstance(t, Address)]
    is_seen = Exists(Person.objects.visible_to(user).filter(pk=OuterRef("person")))
    from_whom = (
        HiddenFact.hidden_from.through.objects.filter(hiddenfact__lifted_at=None)
        .filter(Q(hiddenfact__phone__in=phones) | Q(hiddenfact__address__in=addresses))
        .annotate(is_seen=is_seen)
        .select_related("hiddenfact", "person")
        .order_by("person__sort_key")
    )
    by_thing: dict[UUID, HiddenFact] = {}
    for row in from_whom:
        fact = by_thing.setdefault(
            row.hiddenfact.phone_id or row.hiddenfact.address_id, row.hiddenfact
        )
        persons = fact.__dict__.setdefault("persons", [])
        fact.__dict__["is_all_seen"] = fact.__dict__.get("is_all_seen", True) and row.is_seen
        if row.is_seen:
            persons.append(row.person)
    for thing in things:
        thing.__dict__["hidden"] = by_thing.get(thing.pk)


def _find_pin_twins(page: PersonPage, user: User) -> None:
    """Other records with the same PIN: named where the reader may see them, else only that there are some.

    Whoever reads in full is a social worker or a head, to whom intake's guard may say so much (design.md §1).
    """
    same = Person.objects.filter(pin=page.person.pin).exclude(pk=page.person.pk)
    same = same.exclude(pk__in=brought_together_with(page.person))
    mine = Exists(Person.objects.visible_to(user).filter(pk=OuterRef("pk")))
    for person in same.annotate(is_mine=mine).select_related("child")[:10]:
        if person.is_mine:
            page.pin_twins.append(person)
        else:
            page.pin_known_elsewhere = True


def _tell_heads_of_merges(page: PersonPage, user: User) -> None:
    """What has been proposed or agreed about the record, and whether more may be: for heads alone, one query."""
    led = standing(user).offices(Role.HEAD)
    if not led:
        return
    keys = record_keys(page.person)
    about = Q(ours__in=keys) | Q(theirs__in=keys)
    stands = [MergeStatus.PROPOSED, MergeStatus.AGREED]
    page.merges = list(PersonMerge.objects.visible_to(user).filter(about, status__in=stands))
    page.can_merge = page.full and any(case.office_id in led for case in page.readable_cases)


def relatives_of(person: Person, user: User, *, and_self: bool = False) -> QuerySet[Person]:
    """Those who share, or shared, a family with the person that the reader may see."""
    families = Family.objects.visible_to(user).filter(members__person=person)
    members = FamilyMember.objects.filter(family__in=families).values("person")
    found = Person.objects.filter(Q(pk__in=members) | Q(pk=person.pk))
    return found if and_self else found.exclude(pk=person.pk)
