"""What casework itself puts into the register of dates: hearings and other accompaniments, meetings, orders, documents, tasks."""

import datetime as dt
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Concat, TruncDate, TruncTime
from django.urls import reverse
from django.utils.translation import gettext as _

from offices.models import User

from .accompaniment_enums import AccompanimentKind
from .enums import CaseStage, EpisodeStatus, MeetingKind, MeetingStatus
from .models import Accompaniment, Case, Episode, Meeting, ProtectionOrder, Task
from .tasks import Due, Source, as_due, register_source

WEEK = dt.timedelta(days=7)


def accompaniments_due(user: User) -> QuerySet[Any]:
    rows = Accompaniment.objects.visible_to(user).planned()
    return as_due(rows, "accompaniment", on=F("on"), at=F("at"), who="specialist", detail=F("kind"))


def accompaniments_of_specialists(user: User) -> QuerySet[Any]:
    """For the head of the office whose specialist goes, where the case is another office's: the kind, the day, the time."""
    led = Episode.objects.led_by(user).exclude(case__office=F("office"))
    rows = Accompaniment.objects.planned().filter(episodes__in=led)
    about = Concat(
        F("kind"), Value(" "), Cast("episodes__id", CharField()), output_field=CharField()
    )
    due = as_due(rows, "of_specialist", on=F("on"), at=F("at"), who="specialist", detail=about)
    return due.annotate(line_office=F("episodes__office_id"))


def of_specialist_words(due: Due) -> str:
    kind = due.detail.split(" ")[0]
    if due.is_late:
        return _("Not written down by the specialist: how it went")
    return (
        _("Hearing in court")
        if kind == AccompanimentKind.COURT
        else str(AccompanimentKind(kind).label)
    )


def of_specialist_url(due: Due) -> str:
    return reverse("episodes:episode", args=[due.detail.split(" ")[1]])


def accompaniment_words(due: Due) -> str:
    if not due.is_late:
        return accompaniment_kind(due)
    if due.detail == AccompanimentKind.COURT:
        return _("How did the hearing go? Write it down")
    return _("How did the accompaniment go? Write it down")


def accompaniment_kind(due: Due) -> str:
    if due.detail == AccompanimentKind.COURT:
        return _("Hearing in court")
    return str(AccompanimentKind(due.detail).label)


def meeting_kind(due: Due) -> str:
    return str(MeetingKind(due.detail).label)


def basis_words(due: Due) -> str:
    return _("The basis document is awaited")


def task_kind(due: Due) -> str:
    return _("Task")


def meetings_due(user: User) -> QuerySet[Any]:
    rows = Meeting.objects.visible_to(user).filter(
        status=MeetingStatus.PLANNED, episode__status=EpisodeStatus.ACTIVE
    )
    return as_due(
        rows,
        "meeting",
        on=TruncDate("planned_at"),
        at=TruncTime("planned_at"),
        who="specialist",
        case="episode__case",
        detail=F("kind"),
    )


def orders_due(user: User) -> QuerySet[Any]:
    """For the lawyer, while the help goes on."""
    rows = ProtectionOrder.objects.filter(episode__status=EpisodeStatus.ACTIVE)
    return _orders(rows, user, "order", "episode__specialist")


def orders_due_in_cases(user: User) -> QuerySet[Any]:
    """The same for the case's responsible worker, also once the help is over."""
    return _orders(
        ProtectionOrder.objects.all(), user, "order_of_case", "episode__case__responsible"
    )


def _orders(rows: Any, user: User, source: str, who: str) -> QuerySet[Any]:
    found = rows.visible_to(user).in_force().filter(expires_on__isnull=False)
    return as_due(found, source, on=F("expires_on"), who=who, case="episode__case")


def order_words(due: Due) -> str:
    if due.is_late:
        return _("A protection order has expired: say what became of it")
    return _("A protection order expires")


def bases_due(user: User) -> QuerySet[Any]:
    rows = Case.objects.full_visible_to(user).awaiting_basis()
    dated = rows.filter(basis_awaited_until__isnull=False)
    return as_due(dated, "basis", on=F("basis_awaited_until"), who="responsible", case="")


def tasks_due(user: User) -> QuerySet[Any]:
    rows = Task.objects.visible_to(user).open().exclude(case__stage=CaseStage.CLOSED)
    return as_due(rows, "task", on=F("due_on"), who="assigned_to", detail=F("what"))


def _page(name: str) -> Any:
    return lambda due: reverse(name, args=[due.pk])


def register_sources() -> None:
    order = _page("legal:order")
    for source in (
        Source(
            "accompaniment",
            accompaniments_due,
            accompaniment_words,
            _page("accompaniments:accompaniment"),
            soon=WEEK,
            kind=accompaniment_kind,
        ),
        Source(
            "of_specialist",
            accompaniments_of_specialists,
            of_specialist_words,
            of_specialist_url,
            has_own_lines=True,
            kind=of_specialist_words,
        ),
        Source(
            "meeting",
            meetings_due,
            meeting_kind,
            _page("episodes:meeting"),
            has_own_lines=True,
            kind=meeting_kind,
        ),
        Source("order", orders_due, order_words, order, soon=WEEK, kind=order_words),
        Source(
            "order_of_case", orders_due_in_cases, order_words, order, soon=WEEK, kind=order_words
        ),
        Source(
            "basis",
            bases_due,
            basis_words,
            _page("cases:receive_basis"),
            has_own_lines=True,
            kind=basis_words,
        ),
        Source("task", tasks_due, lambda due: due.detail, _page("tasks:task"), kind=task_kind),
    ):
        register_source(source)
