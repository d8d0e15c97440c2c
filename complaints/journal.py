"""The journal of complaints of a period: counted, on paper, as a spreadsheet. No address and no phone stands in it."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from casework.exports import workbook
from core import clock
from core.templatetags.dates import day
from offices.models import Office, User
from papers.letterhead import letterhead_of
from papers.registers import Column, Register

from .book import shortened
from .enums import AppealOutcome, ComplaintState
from .models import Complaint
from .permissions import answer_of

COLUMNS = (
    Column("Номери", "Номер", 8),
    Column("Түштү, катталды", "Поступила, зарегистрирована", 12),
    Column("Даттануучу", "Заявитель", 11),
    Column("Кайсы мекеме жөнүндө", "О каком учреждении", 8),
    Column("Дооматтар", "Претензии", 13),
    Column("Ким карайт", "Кто рассматривает", 10),
    Column("Эмне аныкталды", "Что установлено", 10),
    Column("Жооптун мөөнөтү, абалы", "Срок ответа, состояние", 10),
    Column("Жооптун №, күнү", "№ и дата ответа", 9),
    Column("Жоопко даттануу", "Обжалование", 9),
)


def journal_rows(user: User, chosen: dict[str, Any]) -> "QuerySet[Complaint]":
    """Registered complaints that ``user`` sees, of the period and office that the form says, in the journal's order."""
    rows = Complaint.objects.visible_to(user).filter(registered_on__isnull=False)
    if chosen.get("first"):
        rows = rows.filter(registered_on__gte=chosen["first"])
    if chosen.get("last"):
        rows = rows.filter(registered_on__lte=chosen["last"])
    if chosen.get("office"):
        rows = rows.filter(about_office=chosen["office"])
    related = ("about_office", "considered_by", "answer", "registered_by", "received_office")
    ordered = rows.select_related(*related).prefetch_related("points", "appeals")
    return ordered.order_by("registered_at", "number")


def counted(rows: Sequence[Complaint]) -> list[tuple[str, int]]:
    """How many in each state, in the order of the states, then the two clocks; what there is none of is left out."""
    states = Counter(row.state for row in rows)
    today = clock.today()
    found = [(str(label), states[code]) for code, label in ComplaintState.choices]
    found += [
        (_("Registered late"), sum(registered_late(row) for row in rows)),
        (_("Answered late or past due"), sum(answered_late(row, today) for row in rows)),
    ]
    return [(label, number) for label, number in found if number]


def registered_late(row: Complaint) -> bool:
    """Neither registered nor kept in the book by its day."""
    kept = clock.local(row.kept_at).date() if row.kept_at else None
    days = [found for found in (row.registered_on, kept) if found is not None]
    return bool(days) and min(days) > row.registration_due_on


def answered_late(row: Complaint, today: dt.date) -> bool:
    """Sent after its day, or open past it."""
    answer = answer_of(row)
    if answer is not None and answer.sent_on is not None and row.answer_due_on is not None:
        return answer.sent_on > row.answer_due_on
    return row.is_overdue(today)


def journal_workbook(rows: Sequence[Complaint]) -> bytes:
    heads = [
        _("Number"), _("Received"), _("To be registered by"), _("Registered on"), _("Full name"),
        _("About which office"), _("What it is about in the main"), _("What is claimed, point by point"),
        _("Who considers it"), _("Findings"), _("To be answered by"), _("State"),
        _("Outgoing number"), _("Sent on"), _("Appeal"),
    ]  # fmt: skip
    return workbook(_("Complaints"), heads, (_cells(row) for row in rows))


def _cells(row: Complaint) -> list[Any]:
    answer = answer_of(row)
    return [
        row.number,
        row.received_at,
        row.registration_due_on,
        row.registered_on,
        row.complainant_name,
        str(row.about_office or ""),
        str(row.get_subject_display()) if row.subject else "",
        "; ".join(point.text for point in row.points.all()),
        row.considered_by.full_name if row.considered_by else "",
        findings_of(row),
        row.answer_due_on,
        _state(row),
        answer.number if answer else "",
        answer.sent_on if answer and answer.sent_on else "",
        appeals_of(row),
    ]


def journal_register(
    rows: Sequence[Complaint], office: Office, chosen: dict[str, Any], *, by: User
) -> Register:
    """The register in Kyrgyz, its heads and totals in Russian too."""
    with translation.override("ky"):
        lines = [_line(row) for row in rows]
        about_ky, totals_ky = _about(chosen), _totals(rows)
    with translation.override("ru"):
        about_ru, totals_ru = _about(chosen), _totals(rows)
    return Register(
        office=letterhead_of(office),
        title_ky="Даттануулардын журналы",
        title_ru="Журнал жалоб",
        about_ky=about_ky,
        about_ru=about_ru,
        columns=COLUMNS,
        rows=lines,
        totals_ky=totals_ky,
        totals_ru=totals_ru,
        printed_on=clock.today(),
        printed_by=by.full_name,
    )


def _line(row: Complaint) -> list[str]:
    answer = answer_of(row)
    sent = f"{answer.number} {day(answer.sent_on)}" if answer and answer.sent_on else "—"
    word = _("late")
    late = f" ({word})" if registered_late(row) else ""
    return [
        row.number,
        f"{day(row.received_at)}, {day(row.registered_on)}{late}",
        row.complainant_name,
        row.about_office.short_name if row.about_office else "—",
        "; ".join(f"{point.position}) {shortened(point.text, 110)}" for point in row.points.all()),
        row.considered_by.short_name if row.considered_by else "—",
        findings_of(row) or "—",
        f"{day(row.answer_due_on)}; {_state(row)}",
        sent,
        appeals_of(row) or "—",
    ]


def findings_of(row: Complaint) -> str:
    """What was found of each point, by its number."""
    points = [point for point in row.points.all() if point.finding]
    return "; ".join(f"{point.position}) {point.get_finding_display()}" for point in points)


def appeals_of(row: Complaint) -> str:
    return "; ".join(_appeal(step) for step in row.appeals.all())


def _appeal(step: Any) -> str:
    """Where, when, and how it was decided once it is."""
    said = f"{step.get_body_display()}, {day(step.filed_on)}"
    is_decided = step.outcome != AppealOutcome.PENDING
    return f"{said}: {step.get_outcome_display()}" if is_decided else said


def _state(row: Complaint) -> str:
    said = str(row.get_state_display())
    late = _("late")
    return f"{said}, {late}" if answered_late(row, clock.today()) else said


def _about(chosen: dict[str, Any]) -> list[str]:
    edges = {name: day(chosen[name]) if chosen.get(name) else "…" for name in ("first", "last")}
    lines = [_("Period: %(first)s – %(last)s") % edges]
    if chosen.get("office"):
        lines.append(_("About: %(office)s") % {"office": chosen["office"].name})
    return lines


def _totals(rows: Sequence[Complaint]) -> list[str]:
    parts = "; ".join(f"{label}: {number}" for label, number in counted(rows))
    return [_("Total: %(number)d") % {"number": len(rows)}, parts]
