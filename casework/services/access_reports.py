"""A person's own access report: made by the head, who says why it is safe to give; a release like any other (clause 11)."""

import datetime as dt
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.models import User
from papers.models import Journal, PaperKind
from papers.numbers import take_number
from papers.services import issue_paper

from ..access_lines import lines_about, told
from ..access_papers import TEMPLATE, access_paper
from ..enums import Capacity, ReleaseForm, ReleaseStatus
from ..hidden import hidden_facts_of, mentioned_in
from ..keeping_enums import Naming
from ..keeping_permissions import can_make_access_report
from ..models import AccessReport, Case, LegalGround, Person, Release
from .cases import locked, refuse_unless


@dataclass(frozen=True)
class Asked:
    """What the head chose. ``naming``: by a reader's key, how they are named; who is not in it by position alone."""

    person: Person
    made_for: Person
    capacity: str
    since: dt.date
    until: dt.date
    ground: LegalGround
    is_safe_because: str
    names_staff: bool = False
    naming: dict[str, str] = field(default_factory=dict)


def people_of(case: Case) -> QuerySet[Person]:
    """For whom a report may be made: whoever belongs to the family, or is a child of the case."""
    members = Q(family_memberships__family=case.family_id) | Q(case_places__case=case)
    return Person.objects.filter(members).distinct().order_by("sort_key")


@transaction.atomic
def make_access_report(case: Case, asked: Asked, *, actor: User) -> AccessReport:
    """Lay out the report, number it among the outgoing papers, and write it into the register of releases as granted."""
    case = locked(case)
    refuse_unless(can_make_access_report(actor, case))
    _check(case, asked)
    lines = [
        told(line, asked.naming.get(line.reader.key, Naming.POSITION), with_name=asked.names_staff)
        for line in lines_about(case, asked.person, asked.since, asked.until)
    ]
    at, day = clock.now(), clock.today()
    release = Release(
        case=case,
        form=ReleaseForm.ACCESS,
        recipient_text=f"{asked.made_for.full_name}, {Capacity(asked.capacity).label}"[:300],
        ground=asked.ground,
        purpose=_purpose(asked),
        requested_by=actor,
        requested_at=at,
        status=ReleaseStatus.GRANTED,
        decided_by=actor,
        decided_at=at,
        decision_reason=asked.is_safe_because.strip(),
    )
    number = take_number(case.office, Journal.OUTGOING, on=day)
    release.number = take_number(case.office, Journal.RELEASE, on=day)
    release.paper = issue_paper(
        PaperKind.ACCESS_REPORT,
        office=case.office,
        number=number,
        on=day,
        by=actor,
        template=TEMPLATE,
        paper=access_paper(
            case,
            asked.person,
            for_whom=asked.made_for.full_name,
            capacity_in=_in_both(asked.capacity),
            since=asked.since,
            until=asked.until,
            lines=lines,
            number=number,
            head=actor,
            on=day,
        ),
    )
    release.save()
    return AccessReport.objects.create(
        case=case,
        person=asked.person,
        made_for=asked.made_for,
        capacity=asked.capacity,
        since=asked.since,
        until=asked.until,
        is_safe_because=asked.is_safe_because.strip(),
        names_staff=asked.names_staff,
        lines=lines,
        number=number,
        made_by=actor,
        made_at=at,
        paper=release.paper,
        release=release,
    )


def _check(case: Case, asked: Asked) -> None:
    if not asked.is_safe_because.strip():
        raise DomainError(_("Say in words why it is safe to give the report to this person."))
    if not case.child_places.filter(person=asked.person).exists():
        raise DomainError(_("Choose a child of this case."))
    if not people_of(case).filter(pk=asked.made_for.pk).exists():
        raise DomainError(_("The report is made for somebody of the family."))
    if not asked.since <= asked.until <= clock.today():
        raise DomainError(_("The days run from the first to the last one, today at the latest."))
    if mentioned_in([asked.made_for.full_name], hidden_facts_of(case)):
        raise DomainError(_("The text spells out what is hidden from somebody. Take it out."))


def _purpose(asked: Asked) -> str:
    days = f"{asked.since:%d.%m.%Y}–{asked.until:%d.%m.%Y}"
    return f"{_('Report of access to a file')}: {asked.person.full_name}, {days}"[:500]


def _in_both(capacity: str) -> dict[str, str]:
    said = {}
    for language in ("ky", "ru"):
        with translation.override(language):
            said[language] = str(Capacity(capacity).label).lower()
    return said
