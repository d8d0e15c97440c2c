"""State changes of raids: written down with their number, families found added, settled where no application follows."""

import datetime as dt
from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from casework.births import Birth
from casework.enums import Sex
from casework.history import claim
from casework.services.new_case import KnownAddress
from core import clock
from core.errors import DomainError
from offices.models import Office, Organisation, User
from papers.models import Journal
from papers.numbers import take_number

from .. import raid_permissions as may
from ..models import FoundPerson, Raid, RaidFinding


@dataclass(frozen=True)
class RaidFacts:
    """A raid as it is written down: one day, one place, who led it and who went along."""

    held_on: dt.date
    place: str
    led_by: User
    organisations: tuple[Organisation, ...] = ()
    organisations_text: str = ""
    staff: tuple[User, ...] = ()
    account: str = ""


@dataclass(frozen=True)
class Found:
    """Somebody who was found, as far as known on the spot."""

    is_child: bool
    surname: str = ""
    given_name: str = ""
    patronymic: str = ""
    description: str = ""
    sex: str = Sex.UNKNOWN
    birth: Birth = field(default_factory=Birth)
    language: str = ""
    relation: str = ""
    phone: str = ""
    phone_is_safe: bool | None = None


@dataclass(frozen=True)
class FindingFacts:
    """A family that was found: its people, its place, what was seen and done."""

    people: tuple[Found, ...] = ()
    address: KnownAddress = field(default_factory=KnownAddress)
    description: str = ""
    seen: str = ""
    done: str = ""

    def __bool__(self) -> bool:
        return bool(self.people or self.address or self.description or self.seen)


@transaction.atomic
def record_raid(office: Office, facts: RaidFacts, *, actor: User) -> Raid:
    """Write a raid down; it gets its number of the office's journal."""
    if not may.can_record_raid(actor, office):
        raise PermissionDenied
    _check(facts)
    raid = Raid(office=office, recorded_by=actor)
    _put(raid, facts)
    raid.number = take_number(office, Journal.RAID, on=facts.held_on)
    raid.save()
    _put_people(raid, facts)
    return raid


@transaction.atomic
def change_raid(raid: Raid, facts: RaidFacts, *, seen: int | None, actor: User) -> Raid:
    """Mend or add; the number stays."""
    raid = _locked(raid, actor)
    claim(raid, seen, actor=actor)
    _check(facts)
    _put(raid, facts)
    raid.save()
    _put_people(raid, facts)
    return raid


@transaction.atomic
def add_finding(raid: Raid, facts: FindingFacts, *, actor: User) -> RaidFinding:
    """A family found in the raid."""
    raid = _locked(raid, actor)
    finding = RaidFinding(raid=raid, recorded_by=actor)
    return _put_finding(finding, facts)


@transaction.atomic
def change_finding(
    finding: RaidFinding, facts: FindingFacts, *, seen: int | None, actor: User
) -> RaidFinding:
    finding = _locked_finding(finding, actor)
    claim(finding, seen, actor=actor)
    finding.people.all().delete()
    return _put_finding(finding, facts)


@transaction.atomic
def settle_finding(finding: RaidFinding, *, reason: str, actor: User) -> RaidFinding:
    """No application follows, and why: the family is known, went away, another body took over."""
    finding = _locked_finding(finding, actor)
    if not may.can_settle_finding(actor, finding):
        raise DomainError(_("It has been said already why no application follows."))
    if not reason.strip():
        raise DomainError(_("Say why, in a few words."))
    finding.settled_reason, finding.settled_by = reason.strip(), actor
    finding.settled_at = clock.now()
    finding.version += 1
    finding.save()
    return finding


def _check(facts: RaidFacts) -> None:
    if facts.held_on > clock.today():
        raise DomainError(_("A raid is written down when it has been: this day is still to come."))


def _put(raid: Raid, facts: RaidFacts) -> None:
    raid.held_on, raid.place, raid.led_by = facts.held_on, facts.place, facts.led_by
    raid.organisations_text, raid.account = facts.organisations_text, facts.account


def _put_people(raid: Raid, facts: RaidFacts) -> None:
    raid.organisations.set(facts.organisations)
    raid.staff.set(facts.staff)


def _put_finding(finding: RaidFinding, facts: FindingFacts) -> RaidFinding:
    if not facts:
        raise DomainError(_("Say who or what was found: a few words are enough."))
    address = facts.address
    finding.district, finding.settlement = address.district, address.settlement
    finding.street, finding.street_kind = address.street, address.street_kind
    finding.house, finding.flat, finding.address_text = address.house, address.flat, address.text
    finding.description, finding.seen, finding.done = facts.description, facts.seen, facts.done
    finding.save()
    for place, person in enumerate(facts.people):
        FoundPerson.objects.create(
            finding=finding,
            place=place,
            is_child=person.is_child,
            surname=person.surname,
            given_name=person.given_name,
            patronymic=person.patronymic,
            description=person.description,
            sex=person.sex,
            language=person.language,
            relation=person.relation,
            phone=person.phone,
            phone_is_safe=person.phone_is_safe,
            **person.birth.fields,
        )
    return finding


def _locked(raid: Raid, actor: User) -> Raid:
    found = (
        Raid.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("office")
        .filter(pk=raid.pk)
        .first()
    )
    if found is None or not may.can_change_raid(actor, found):
        raise PermissionDenied
    return found


def _locked_finding(finding: RaidFinding, actor: User) -> RaidFinding:
    found = (
        RaidFinding.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("raid__office")
        .filter(pk=finding.pk)
        .first()
    )
    if found is None or not may.can_change_finding(actor, found):
        raise PermissionDenied
    return found
