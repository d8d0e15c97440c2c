"""The register of complaints: its headings with their counts, its lines."""

from collections.abc import Iterable
from typing import Any

import django_tables2 as tables
from django.db.models import Count, Q
from django.db.models.functions import Coalesce
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core import clock
from core.templatetags.dates import day
from core.templatetags.look import state
from core.workdays import Calendar
from offices.models import User

from .complaint_page import STATE_KINDS, clock_of
from .enums import OPEN_STATES, ComplaintState
from .models import Complaint

WORK = "work"
# What is done with is looked up by its day; all else by what is due first.
_DONE = ("answered", "incomplete", "all")


def headings() -> dict[str, tuple[str, Q]]:
    """Heading by code: its words, and which complaints stand under it."""
    today = clock.today()
    S = ComplaintState
    waiting, running = Q(state=S.RECEIVED), Q(state__in=OPEN_STATES)
    late = Q(running, answer_due_on__lt=today) | Q(waiting, registration_due_on__lt=today)
    return {
        WORK: (pgettext("complaints", "In work"), waiting | running),
        "register": (pgettext("complaints", "To register"), waiting),
        "late": (pgettext("complaints", "Past due"), late),
        "soon": (
            pgettext("complaints", "Due soon"),
            Q(running, answer_soon_on__lte=today, answer_due_on__gte=today),
        ),
        "unset": (pgettext("complaints", "Nobody considers them yet"), Q(state=S.REGISTERED)),
        "send": (pgettext("complaints", "Answer to send"), Q(running, answer__status="signed")),
        "answered": (pgettext("complaints", "Answered"), Q(state=S.ANSWERED)),
        "incomplete": (pgettext("complaints", "Incomplete"), Q(state=S.INCOMPLETE)),
        "all": (pgettext("complaints", "All"), Q()),
    }


def listed(user: User, chosen: str, number: str = "") -> Any:
    """The lines under the chosen heading, or those with the sought number, whatever their state."""
    rows = Complaint.objects.visible_to(user)
    if number.strip():
        sought = number.strip()
        rows = rows.filter(Q(number__icontains=sought) | Q(book_number__icontains=sought))
    else:
        known = headings()
        rows = rows.filter((known.get(chosen) or known[WORK])[1])
    counts_now = rows.annotate(due=Coalesce("answer_due_on", "registration_due_on"))
    return counts_now.select_related("about_office", "considered_by", "answer")


def first_order(chosen: str, number: str = "") -> str:
    """In which order the lines stand until the reader asks for another."""
    return "-received" if chosen in _DONE or number.strip() else "due"


def register_chips(user: User, chosen: str) -> Iterable[dict[str, Any]]:
    """The headings as chips with their counts: one query."""
    known = headings()
    names = {code: f"count_{code}" for code in known}
    counts = Complaint.objects.visible_to(user).aggregate(
        **{names[c]: Count("pk", filter=q or None) for c, (_words, q) in known.items()}
    )
    current = chosen if chosen in known else WORK
    return [
        {
            "url": f"?state={code}",
            "label": words,
            "count": counts[names[code]],
            "is_current": code == current,
        }
        for code, (words, _q) in known.items()
    ]


class ComplaintTable(tables.Table):
    """Number, whose, about which office, in what state, who has it, how long there is."""

    number = tables.Column(
        verbose_name=gettext_lazy("Number"),
        empty_values=(),
        order_by=("number", "received_at", "pk"),
        attrs={"td": {"class": "name"}},
    )
    about = tables.Column(
        verbose_name=gettext_lazy("About which office"),
        accessor="about_office__short_name",
        order_by=("about_office__index", "pk"),
        default="—",
    )
    received = tables.Column(
        verbose_name=gettext_lazy("Received"),
        accessor="received_at",
        order_by=("received_at", "pk"),
        attrs={"td": {"class": "quiet nowrap"}},
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), order_by=("state", "pk"))
    holder = tables.Column(
        verbose_name=gettext_lazy("Who considers it"),
        accessor="considered_by",
        order_by=("considered_by__surname", "pk"),
        default="—",
    )
    due = tables.Column(
        verbose_name=gettext_lazy("Due"),
        empty_values=(),
        order_by=("due", "pk"),
        attrs={"td": {"class": "due"}},
    )

    class Meta:
        empty_text = gettext_lazy("No complaints here.")
        attrs = {"class": "table"}

    def __init__(self, rows: Any, *, calendar: Calendar, order: str, **kwargs: Any) -> None:
        self.calendar = calendar
        super().__init__(rows, order_by=order, order_by_field="sort", **kwargs)

    def render_number(self, record: Complaint) -> SafeString:
        shown = record.number or record.book_number or _("not registered")
        name = record.complainant_name or _("name not known")
        return format_html(
            '<a href="{}">{}</a><span class="row-number row-name">{}</span>',
            record.get_absolute_url(),
            shown,
            name,
        )

    def render_received(self, record: Complaint) -> str:
        return day(record.received_at)

    def render_state(self, record: Complaint) -> SafeString:
        return state(STATE_KINDS[record.state], record.get_state_display())

    def render_holder(self, value: User) -> str:
        return value.short_name

    def render_due(self, record: Complaint) -> SafeString | str:
        found = clock_of(record, self.calendar)
        return render_to_string("complaints/clock.html", {"one": found}) if found else ""
