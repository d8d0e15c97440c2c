"""A complaint that tells of danger to a child is at once a signal at intake; this room knows intake only by this registry.

Intake hangs its receiver in ``IntakeConfig.ready()``. Until one hangs there the heads of the office are told all the same.
"""

import re
from typing import Protocol

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from offices.enums import OfficeKind, Role
from offices.models import District, Membership, Office, User
from offices.notices import tell
from offices.standing import people_in

from .models import Complaint

NOTICE = "complaint_danger"
WORDS = _("A paper that came in tells of a child in danger: act at once")

# Whose work the board of calls is (intake.standing): an office without any of them has nobody who looks at it.
BOARD_ROLES = (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)


class Receiver(Protocol):
    """Takes a signal in: whose intake, what, where; never who complained, which stays in the complaint."""

    def __call__(self, *, office: Office, what: str, where: str, actor: User) -> object: ...


_RECEIVERS: list[Receiver] = []


def register_receiver(receiver: Receiver) -> None:
    if receiver not in _RECEIVERS:
        _RECEIVERS.append(receiver)


def concerned_office(complaint: Complaint) -> Office:
    """Whose intake acts: the first of these where somebody holds the board today.

    The office complained of; that of the district that the words name as the child's place, or the address; the one
    that has the paper; the Centre; any other. The city's department holds no board.
    """
    offices = {office.pk: office for office in Office.objects.filter(is_active=True).order_by("index")}  # fmt: skip
    held = set(Membership.objects.active().filter(role__in=BOARD_ROLES, user__is_active=True).values_list("office", flat=True))  # fmt: skip
    districts = named_districts(complaint.danger_where, complaint.complainant_address)
    wanted = [complaint.about_office_id]
    wanted += [pk for code in districts for pk, office in offices.items() if office.district_id == code]  # fmt: skip
    wanted.append(complaint.received_office_id)
    wanted += [pk for pk, office in offices.items() if office.kind == OfficeKind.CENTRE]
    wanted += offices
    found = next((pk for pk in wanted if pk in held and pk in offices), None)
    return complaint.received_office if found is None else offices[found]


def named_districts(*texts: str) -> list[int]:
    """The districts that the texts name («Октябрь району», «в Октябрьском районе»), in the order of the texts.

    A street that is called like a district names none.
    """
    districts = list(District.objects.all())
    found = []
    for text in texts:
        for district in districts:
            if any(_names(name, text) for name in (district.name_ky, district.name_ru)):
                found.append(district.pk)
    return found


def _names(name: str, text: str) -> bool:
    """Whatever its ending: «Октябрьский район» in «Октябрьского р-на»."""
    words = name.casefold().split()
    stems = [re.escape(word[: max(3, len(word) - 4)]) + r"\w*" for word in words[:-1] or words]
    return re.search(r"\b" + r"\s+".join(stems) + r"\s+(район|р-н)", text.casefold()) is not None


def signal(complaint: Complaint, *, actor: User) -> None:
    """Hand the danger to intake, tell who holds its board and the leadership; whoever may read the complaint gets the way
    to it."""
    office = concerned_office(complaint)
    for receiver in _RECEIVERS:
        receiver(
            office=office,
            what=complaint.danger_what,
            where=complaint.danger_where,
            actor=actor,
        )
    people = people_in(office.pk, Role.OPERATOR, Role.HEAD)
    leaders = User.objects.filter(is_active=True, memberships__in=_leading(complaint)).distinct()
    readers, others = [], []
    for person in dict.fromkeys([*people, *leaders]):
        sees = Complaint.objects.visible_to(person).filter(pk=complaint.pk).exists()
        if sees:
            readers.append(person)
        elif person in people:
            others.append(person)
    tell(readers, NOTICE, by=actor, number=complaint.number, url=complaint.get_absolute_url())
    tell(others, NOTICE, by=actor)


def _leading(complaint: Complaint) -> "QuerySet[Membership]":
    """The city's heads and those of the office complained of, as far as they may see it."""
    active = Membership.objects.active()
    heads = Q(role=Role.HEAD, office=complaint.about_office_id)
    return active.filter(Q(role=Role.CITY_HEAD) | heads)
