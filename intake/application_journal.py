"""The journal of applications of a period: counted, on paper, as a spreadsheet. No address and no phone stands in it."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from casework.exports import workbook
from core import clock
from core.templatetags.dates import day
from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing
from papers.letterhead import letterhead_of
from papers.registers import Column, Register

from .application_page import applicant_named, with_people
from .enums import ApplicationStatus
from .models import Application

COLUMNS = (
    Column("Номери", "Номер", 10),
    Column("Күнү", "Дата", 8),
    Column("Арыз ээси", "Заявитель", 15),
    Column("Балдар", "Дети", 18),
    Column("Кантип аныкталды", "Как выявлена", 12),
    Column("Негиз", "Основание", 15),
    Column("Чечим", "Решение", 12),
    Column("Иш же билдирме №", "№ дела или уведомления", 10),
)


def journal_rows(user: User, chosen: dict[str, Any]) -> "QuerySet[Application]":
    """Those of the offices that ``user`` leads, of the period and kinds that the form says, in the order of the journal."""
    led = standing(user).offices(Role.HEAD)
    rows = Application.objects.content_visible_to(user).filter(office_id__in=led)
    rows = rows.registered_between(chosen.get("first"), chosen.get("last"))
    for field in ("status", "basis_kind", "identified_by"):
        if chosen.get(field):
            rows = rows.filter(**{field: chosen[field]})
    if chosen.get("office"):
        rows = rows.filter(office=chosen["office"])
    rows = rows.select_related("office", "case", "notice", "registered_by")
    return with_people(rows.order_by("registered_at", "number"))


def counted(rows: Iterable[Application]) -> list[tuple[str, int]]:
    """How many there are in each state, in the order of the states; what there is none of is left out."""
    found = Counter(row.status for row in rows)
    return [(str(label), found[code]) for code, label in ApplicationStatus.choices if found[code]]


def journal_workbook(rows: Iterable[Application]) -> bytes:
    heads = [
        _("Number"), _("Registered on"), _("Office"), _("Applicant"), _("Children"),
        _("How identified"), _("Basis document"), _("State"), _("Case"), _("Notice of refusal"),
        _("Registered by"),
    ]  # fmt: skip
    return workbook(_("Applications"), heads, (_cells(row) for row in rows))


def _cells(row: Application) -> list[Any]:
    return [
        row.number,
        row.registered_on,
        str(row.office),
        applicant_named(row),
        _children(row),
        str(row.get_identified_by_display()),
        _basis(row),
        str(row.get_status_display()),
        row.case.number if row.case else "",
        row.notice.number if row.notice else "",
        row.registered_by.full_name,
    ]


def journal_register(
    rows: list[Application], office: Office, chosen: dict[str, Any], *, by: User
) -> Register:
    """The register in Kyrgyz, its heads and totals in Russian too."""
    with translation.override("ky"):
        lines = [_line(row) for row in rows]
        totals_ky = _totals(rows)
        about_ky = [_period(chosen)]
    with translation.override("ru"):
        totals_ru = _totals(rows)
        about_ru = [_period(chosen)]
    return Register(
        office=letterhead_of(office),
        title_ky="Арыздардын журналы",
        title_ru="Журнал заявлений",
        about_ky=about_ky,
        about_ru=about_ru,
        columns=COLUMNS,
        rows=lines,
        totals_ky=totals_ky,
        totals_ru=totals_ru,
        printed_on=clock.today(),
        printed_by=by.full_name,
    )


def _line(row: Application) -> list[str]:
    outcome = row.case.number if row.case else row.notice.number if row.notice else ""
    return [
        row.number,
        day(row.registered_on),
        applicant_named(row) or "—",
        _children(row),
        str(row.get_identified_by_display()),
        _basis(row),
        str(row.get_status_display()),
        outcome,
    ]


def _children(row: Application) -> str:
    people = row.named  # type: ignore[attr-defined]  # prefetched
    return ", ".join(person.full_name for person in people if person.is_child) or "—"


def _basis(row: Application) -> str:
    said = str(row.get_basis_kind_display())
    return f"{said}, № {row.basis_number}" if row.basis_number else said


def _period(chosen: dict[str, Any]) -> str:
    first, last = chosen.get("first"), chosen.get("last")
    return _("Period: %(first)s – %(last)s") % {"first": _edge(first), "last": _edge(last)}


def _edge(edge: dt.date | None) -> str:
    return day(edge) if edge else "…"


def _totals(rows: list[Application]) -> list[str]:
    parts = "; ".join(f"{label}: {number}" for label, number in counted(rows))
    return [_("Total: %(number)d") % {"number": len(rows)}, parts]
