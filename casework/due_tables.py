"""The list of what is due: its rows, with the children's names, and its table."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import django_tables2 as tables
from django.db.models import Prefetch
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.templatetags.dates import day
from core.templatetags.look import state
from offices.enums import Role
from offices.models import User
from offices.standing import standing
from offices.waiting import Urgency

from .models import Case, CaseChild, Task
from .tasks import Due

DONE_SHOWN = 500
_LOOKS = {Urgency.LATE: "late", Urgency.SOON: "soon", Urgency.IN_TIME: "in-time"}


@dataclass(frozen=True)
class DueRow:
    """One line: what, of which case and children, who does it, by when, and how it ended."""

    words: str
    url: str
    number: str
    children: str
    who: str
    on: dt.date
    at: dt.time | None = None
    urgency: str = ""
    ended: str = ""


def due_rows(dues: Iterable[Due], reader: User | None = None) -> tuple[list[DueRow], list[Case]]:
    """The lines of ``dues`` and their cases: three queries whatever there is, one where no ``reader`` asks for names.

    Children are named of cases whose content ``reader`` reads.
    """
    listed = list(dues)
    cases = {} if reader is None else _cases((due.case_id for due in listed), reader)
    people = User.objects.in_bulk({due.who_id for due in listed if due.who_id})
    rows = [
        DueRow(
            due.words,
            due.url,
            due.number,
            children_of(cases[due.case_id]) if due.case_id in cases else "",
            str(people[due.who_id]) if due.who_id in people else "",
            due.on,
            due.at,
            due.urgency,
        )
        for due in listed
    ]
    return rows, list(cases.values())


def done_rows(user: User, *, office: bool) -> tuple[list[DueRow], list[Case]]:
    """Free tasks that are settled, the newest first: one's own, or those of the offices that ``user`` heads."""
    own = standing(user)
    settled = Task.objects.visible_to(user).exclude(settled_at=None)
    chosen = (
        settled.filter(case__office_id__in=own.offices(Role.HEAD))
        if office
        else settled.filter(assigned_to__in=own.holders)
    )
    found = list(chosen.select_related("assigned_to").order_by("-settled_at")[:DONE_SHOWN])
    cases = _cases((task.case_id for task in found), user)
    rows = [
        DueRow(
            task.what,
            task.get_absolute_url(),
            cases[task.case_id].number,
            children_of(cases[task.case_id]),
            str(task.assigned_to),
            task.due_on,
            ended=str(task.get_status_display()),
        )
        for task in found
    ]
    return rows, list(cases.values())


def children_of(case: Case) -> str:
    return ", ".join(place.person.full_name for place in case.child_places.all())


def _cases(keys: Iterable[UUID], reader: User) -> dict[UUID, Case]:
    places = Prefetch("child_places", CaseChild.objects.select_related("person"))
    found = (
        Case.objects.content_visible_to(reader).filter(pk__in=set(keys)).prefetch_related(places)
    )
    return {case.pk: case for case in found}


class DueTable(tables.Table):
    """What is due, the earliest first."""

    words = tables.Column(
        verbose_name=_("What"),
        linkify=lambda record: record.url,
        orderable=False,
        attrs={"td": {"class": "name"}},
    )
    children = tables.Column(verbose_name=_("Children"), orderable=False)
    number = tables.Column(verbose_name=_("Case"), attrs={"td": {"class": "nowrap quiet"}})
    who = tables.Column(verbose_name=_("Who does it"), attrs={"td": {"class": "quiet"}})
    on = tables.Column(verbose_name=_("Due on"), attrs={"td": {"class": "due"}})

    class Meta:
        fields = ("words", "children", "number", "who", "on")
        row_attrs = {"class": lambda record: "is-mine" if record.urgency == Urgency.LATE else ""}

    def render_on(self, record: DueRow) -> SafeString:
        moment = f"{day(record.on)} {record.at:%H:%M}" if record.at else day(record.on)
        if record.ended:
            return format_html("{} · {}", moment, record.ended)
        urgency = Urgency(record.urgency)
        if urgency in (Urgency.LATE, Urgency.SOON):
            return format_html("{} {}", moment, state(_LOOKS[urgency], str(urgency.label)))
        return format_html("{}", moment)
