"""The read log as heads and auditors read it: by case number, without names or content (clause 11)."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from casework.models import Case, CaseConflict
from core import clock
from offices.enums import Role
from offices.models import ReadLog, User
from offices.standing import standing

_MARK = "case:"
# What the namespace of a page's name is called.
_PLACES = {
    "cases": _("Case"),
    "families": _("Family"),
    "children": _("Child"),
    "persons": _("Person"),
    "conclusions": _("Conclusion"),
    "episodes": _("Help"),
    "releases": _("Release of information"),
    "referrals": _("Referral"),
    "organisations": _("Organisation"),
    "complaints": _("Complaint"),
    "calls": _("Calls"),
    "search": _("Search"),
    "papers": _("Paper"),
    "reports": _("My day"),
}


def can_read_log(user: User) -> bool:
    return standing(user).has(Role.AUDITOR, Role.HEAD)


def readable_log(user: User) -> QuerySet[ReadLog]:
    """All rows for an auditor; for a head those of the own office, but for cases that they are shut out of."""
    own = standing(user)
    if own.has(Role.AUDITOR):
        return ReadLog.objects.all()
    led = own.offices(Role.HEAD)
    if not led:
        return ReadLog.objects.none()
    shut = CaseConflict.objects.filter(user=user, ended_at=None).values_list("case_id", flat=True)
    marks = [f"{_MARK}{pk}" for pk in shut]
    rows = ReadLog.objects.filter(offices__overlap=sorted(led))
    return rows.exclude(subjects__overlap=marks) if marks else rows


def readers_in(rows: QuerySet[ReadLog]) -> QuerySet[User]:
    """Whoever stands in ``rows``, for the choice of a filter."""
    return User.objects.filter(pk__in=rows.order_by().values("user"))


def narrowed(
    rows: QuerySet[ReadLog],
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    reader: User | None = None,
    kind: str = "",
    number: str = "",
) -> QuerySet[ReadLog]:
    """``rows`` within the filters; days are Bishkek's and both count. An unknown number finds nothing."""
    if since:
        rows = rows.filter(at__gte=clock.midnight(since))
    if until:
        rows = rows.filter(at__lt=clock.midnight(until + dt.timedelta(days=1)))
    if reader:
        rows = rows.filter(user=reader)
    if kind:
        rows = rows.filter(kind=kind)
    if number:
        found = Case.objects.filter(number=number.strip()).values_list("pk", flat=True).first()
        rows = rows.about(f"{_MARK}{found}") if found else rows.none()  # type: ignore[attr-defined]  # our queryset
    return rows


def with_case_numbers(rows: Iterable[ReadLog]) -> list[ReadLog]:
    """The rows, each with ``case_numbers`` of the cases it is about: one query for all of them."""
    rows = list(rows)
    wanted = {UUID(m.removeprefix(_MARK)) for row in rows for m in row.subjects if _is_case(m)}
    numbers = dict(Case.objects.filter(pk__in=wanted).values_list("pk", "number"))
    for row in rows:
        pks = [UUID(m.removeprefix(_MARK)) for m in row.subjects if _is_case(m)]
        row.case_numbers = [numbers[pk] for pk in pks if pk in numbers]  # type: ignore[attr-defined]  # for the table
    return rows


def cases_of(rows: Iterable[ReadLog]) -> list[Case]:
    """The cases that ``rows`` are about, without their content: what an export of them is logged with."""
    wanted = {UUID(m.removeprefix(_MARK)) for row in rows for m in row.subjects if _is_case(m)}
    return list(Case.objects.filter(pk__in=wanted).only("pk", "office_id"))


def page_in_words(name: str) -> str:
    """What a page's URL name is called; the name itself where nobody said."""
    return str(_PLACES.get(name.partition(":")[0], name))


def _is_case(mark: str) -> bool:
    return mark.startswith(_MARK)
