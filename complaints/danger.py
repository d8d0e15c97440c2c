"""A complaint that tells of danger to a child is at once a signal at intake; this room knows intake only by this registry.

Intake hangs its receiver in ``IntakeConfig.ready()``. Until one hangs there the heads of the office are told all the same.
"""

from typing import Protocol

from django.utils.translation import gettext_lazy as _

from offices.enums import Role
from offices.models import Office, User
from offices.notices import tell
from offices.standing import people_in

from .models import Complaint

NOTICE = "complaint_danger"
WORDS = _("A paper that came in tells of a child in danger: act at once")


class Receiver(Protocol):
    """Takes a signal in: whose intake, what, where; never who complained, which stays in the complaint."""

    def __call__(self, *, office: Office, what: str, where: str, actor: User) -> object: ...


_RECEIVERS: list[Receiver] = []


def register_receiver(receiver: Receiver) -> None:
    if receiver not in _RECEIVERS:
        _RECEIVERS.append(receiver)


def concerned_office(complaint: Complaint) -> Office:
    """Whose intake acts: the office complained of works in the child's district, else the one that has the paper."""
    office = complaint.about_office
    return office if office is not None and office.district_id else complaint.received_office


def signal(complaint: Complaint, *, actor: User) -> None:
    """Hand the danger to intake and tell the heads; whoever may read the complaint gets the way to it."""
    office = concerned_office(complaint)
    for receiver in _RECEIVERS:
        receiver(
            office=office,
            what=complaint.danger_what,
            where=complaint.danger_where,
            actor=actor,
        )
    heads = people_in(office.pk, Role.HEAD, Role.CITY_HEAD)
    readers = [head for head in heads if Complaint.objects.visible_to(head).filter(pk=complaint.pk).exists()]  # fmt: skip
    tell(readers, NOTICE, by=actor, number=complaint.number, url=complaint.get_absolute_url())
    tell([head for head in heads if head not in readers], NOTICE, by=actor)
