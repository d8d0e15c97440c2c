"""The manager's morning: what is open and who holds it, and the last twelve months in figures; a constant number of queries."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.db.models import Case, DateField, F, Q, QuerySet, When
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core import clock
from core.templatetags.clocks import clock as clock_words
from core.workdays import Calendar, days_left
from offices.models import Office, User

from .complaint_page import clock_of
from .enums import OPEN_STATES, AnswerStatus, ComplaintState, Subject
from .leadership import stand_ins_for
from .models import Complaint
from .morning_figures import (
    Figures,
    Registered,
    WorkedDays,
    figures_of,
    first_month,
    months_until,
)
from .permissions import answer_of

# More open complaints than this are not listed; the register has all.
SHOWN = 150


@dataclass(frozen=True)
class OpenLine:
    """One open complaint: no name of who complained, for the sheet lies on a desk."""

    complaint: Complaint
    about: str
    holder: str
    stands_in: str
    step: str
    due_on: dt.date | None
    state: str
    left: str
    is_provisional: bool


@dataclass(frozen=True)
class Counted:
    """A line of a table of figures."""

    label: str
    figures: Figures


def morning_of(user: User, calendar: Calendar) -> dict[str, Any]:
    """Everything that the page is given."""
    today = clock.today()
    rows = list(open_complaints(user))
    away = stand_ins_for({row.considered_by_id for row in rows if row.considered_by_id})
    lines = [_line(row, calendar, away) for row in rows]
    registered = list(_registered(user, today))
    worked = WorkedDays(first_month(today), today, calendar)
    count = partial(figures_of, worked=worked, today=today)
    return {
        "today": today,
        "lines": lines[:SHOWN],
        "tiles": _tiles(rows, today),
        "open_count": len(rows),
        "holders": _holders(lines),
        "whole": count(registered),
        "months": _by_month(registered, today, count),
        "offices": _by_office(registered, count),
        "subjects": _by_subject(registered, count),
        "since": first_month(today),
    }


def open_complaints(user: User) -> "QuerySet[Complaint]":
    """Those that wait for registration or for an answer, by the day that counts now."""
    waiting = Q(state=ComplaintState.RECEIVED)
    seen = Complaint.objects.visible_to(user).filter(waiting | Q(state__in=OPEN_STATES))
    counts_now = Case(
        When(waiting, then=F("registration_due_on")),
        default=F("answer_due_on"),
        output_field=DateField(),
    )
    related = ("about_office", "received_office", "considered_by", "answer")
    return seen.select_related(*related).order_by(counts_now, "received_at", "pk")


def _line(complaint: Complaint, calendar: Calendar, away: dict[UUID, str]) -> OpenLine:
    holder, step = holder_of(complaint)
    person = complaint.considered_by
    is_theirs = person is not None and holder == person.short_name
    shown = clock_of(complaint, calendar)
    words = (
        clock_words(
            shown.due,
            amber=shown.amber,
            days_left=days_left(clock.today(), shown.due, calendar),
        )
        if shown
        else {"state": "", "words": ""}
    )
    return OpenLine(
        complaint=complaint,
        about=complaint.about_office.short_name if complaint.about_office else "",
        holder=holder,
        stands_in=away.get(person.pk, "") if person is not None and is_theirs else "",
        step=step,
        due_on=complaint.due_on,
        state=words["state"],
        left=words["words"],
        is_provisional=complaint.is_provisional,
    )


def holder_of(complaint: Complaint) -> tuple[str, str]:
    """Who has it in their hands now, and what they are to do."""
    if complaint.waits_for_registration:
        return _registrar(complaint), pgettext("complaint", "to register it")
    answer = answer_of(complaint)
    if complaint.considered_by is None:
        return _leadership(complaint), pgettext("complaint", "to say who considers it")
    if answer is not None and answer.status == AnswerStatus.SIGNED:
        return _registrar(complaint), pgettext("complaint", "to send the answer")
    if answer is not None and answer.status == AnswerStatus.APPROVED:
        return _leadership(complaint), pgettext("complaint", "to sign the answer")
    if answer is not None and answer.submitted_at is not None:
        return _leadership(complaint), pgettext("complaint", "to approve the answer")
    return complaint.considered_by.short_name, pgettext("complaint", "to answer it")


def _registrar(complaint: Complaint) -> str:
    return _("Registrar: %(office)s") % {"office": complaint.received_office.short_name}


def _leadership(complaint: Complaint) -> str:
    office = complaint.about_office or complaint.received_office
    return _("Leadership: %(office)s") % {"office": office.short_name}


def _tiles(rows: list[Complaint], today: dt.date) -> list[dict[str, Any]]:
    """The few numbers of the first look, each leading to its lines in the register."""
    soon = [r for r in rows if r.is_open and r.answer_soon_on and r.answer_due_on]
    S = ComplaintState
    found = [
        ("work", "", pgettext("complaints", "Open"), len(rows)),
        ("late", "late", pgettext("complaints", "Past due"), sum(r.is_overdue(today) for r in rows)),
        (
            "soon",
            "soon",
            pgettext("complaints", "Due soon"),
            sum(r.answer_soon_on <= today <= r.answer_due_on for r in soon),  # type: ignore[operator]  # both are set
        ),
        ("register", "", pgettext("complaints", "To register"), sum(r.state == S.RECEIVED for r in rows)),
        (
            "unset",
            "",
            pgettext("complaints", "Nobody considers them yet"),
            sum(r.state == S.REGISTERED for r in rows),
        ),
    ]  # fmt: skip
    names = ("code", "kind", "label", "count")
    return [dict(zip(names, tile, strict=True)) for tile in found]


def _holders(lines: list[OpenLine]) -> list[tuple[str, int, int]]:
    """Who holds how many, and how many of them past their day; the most burdened first."""
    held = Counter(line.holder for line in lines)
    late = Counter(line.holder for line in lines if line.state == "late")
    return [(who, n, late[who]) for who, n in sorted(held.items(), key=lambda h: (-late[h[0]], -h[1], h[0]))]  # fmt: skip


def _registered(user: User, today: dt.date) -> Iterable[Registered]:
    seen = Complaint.objects.visible_to(user)
    rows = seen.filter(registered_on__gte=first_month(today), registered_on__lte=today)
    for on, kept_at, due, answer_due, sent_on, state, office_id, subject in rows.order_by().values_list(
        "registered_on", "kept_at", "registration_due_on", "answer_due_on", "answer__sent_on",
        "state", "about_office", "subject",
    ):  # fmt: skip
        if on is None or answer_due is None:
            continue
        kept_on = clock.local(kept_at).date() if kept_at else on
        yield Registered(
            registered_on=on,
            settled_on=min(on, kept_on),
            registration_due_on=due,
            answer_due_on=answer_due,
            sent_on=sent_on,
            is_open=state in OPEN_STATES,
            office_id=office_id,
            subject=subject,
        )


def _grouped(
    rows: Iterable[Registered], key: Callable[[Registered], Hashable]
) -> dict[Any, list[Registered]]:
    found: dict[Any, list[Registered]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _by_month(
    rows: list[Registered], today: dt.date, count: Callable[[Iterable[Registered]], Figures]
) -> list[Counted]:
    """By the month of registration, empty months too."""
    found = _grouped(rows, lambda row: row.registered_on.replace(day=1))
    return [Counted(f"{m:%m.%Y}", count(found.get(m, []))) for m in months_until(today)]


def _by_office(
    rows: list[Registered], count: Callable[[Iterable[Registered]], Figures]
) -> list[Counted]:
    found = _grouped(rows, lambda row: row.office_id)
    offices = Office.objects.filter(pk__in=[pk for pk in found if pk]).order_by("index")
    return [Counted(office.short_name, count(found[office.pk])) for office in offices]


def _by_subject(
    rows: list[Registered], count: Callable[[Iterable[Registered]], Figures]
) -> list[Counted]:
    """The most frequent first; those without a subject last."""
    found = _grouped(rows, lambda row: row.subject)
    order = sorted(found, key=lambda code: (code == "", -len(found[code]), code))
    names = {code: str(label) for code, label in Subject.choices}
    return [Counted(names.get(code) or _("Not said"), count(found[code])) for code in order]
