"""How far the families found in raids have come: an application, a reason why none follows, or still waiting."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.models import Address
from offices.enums import Role
from offices.models import User
from offices.standing import standing
from offices.waiting import Urgency, Waiting
from offices.waiting_lines import Found, Lines, lines_kept

from . import raid_permissions as may
from .models import Application, Raid, RaidFinding
from .models.raids import RaidQuerySet
from .sections import RAIL


def counted(raids: RaidQuerySet, user: User) -> RaidQuerySet:
    """Each raid with ``found`` and ``waiting``: the findings that ``user`` may read, and those of which nothing has come."""
    mine = RaidFinding.objects.visible_to(user)
    return raids.annotate(
        found=Count("findings", filter=Q(findings__in=mine), distinct=True),
        waiting=Count("findings", filter=Q(findings__in=mine.waiting()), distinct=True),
    )


@dataclass(frozen=True)
class FindingState:
    """One finding as the raid's page shows it."""

    finding: RaidFinding
    is_waiting: bool
    applications: list[Application]
    may_change: bool
    may_settle: bool

    @property
    def title(self) -> str:
        """Who was found: the children with their ages, else what was said of them, else the adults."""
        people = list(self.finding.people.all())
        children = [
            ", ".join(part for part in (person.full_name, person.age_in_words) if part)
            for person in people
            if person.is_child
        ]
        named = children or [person.full_name for person in people]
        parts = [*named, *([self.finding.description] if self.finding.description else [])]
        return "; ".join(parts) or str(_("Somebody who is not described"))

    @property
    def address(self) -> str:
        return line_of(self.finding)


def line_of(finding: RaidFinding) -> str:
    """Where the family was found, in one line, as an envelope has it."""
    known = finding.address
    fields = ("district", "settlement", "street", "street_kind", "house", "flat", "text")
    return Address(**{name: getattr(known, name) for name in fields}).line


def states_of(findings: Iterable[RaidFinding], user: User) -> list[FindingState]:
    return [
        FindingState(
            finding,
            is_waiting=finding.settled_at is None and not finding.applications.all(),
            applications=list(finding.applications.all()),
            may_change=may.can_change_finding(user, finding),
            may_settle=may.can_settle_finding(user, finding),
        )
        for finding in findings
    ]


@lines_kept
def findings_waiting_for(user: User) -> Iterable[Lines]:
    """Raids that one led, or whose office one heads, with families of which nothing has come yet."""
    own = standing(user)
    concerned = Q(led_by=user.pk) | Q(office_id__in=own.offices(Role.HEAD))
    raids = counted(Raid.objects.visible_to(user).filter(concerned), user)
    rows = raids.filter(waiting__gt=0)  # type: ignore[misc]  # annotated
    yield Lines(rows, _without_application, on="held_on", number="number", detail="waiting")


def _without_application(found: Found) -> Waiting:
    return Waiting(
        _("Families found in a raid are without an application"),
        reverse("raids:raid", args=[found.pk]),
        urgency=Urgency.SOON,
        count=int(found.detail),
        number=found.number,
        rail=RAIL,
    )
