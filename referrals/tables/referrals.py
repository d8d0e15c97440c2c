"""Lists of referrals: the incoming ones and the outgoing ones."""

import datetime as dt
from typing import Any
from uuid import UUID

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.templatetags.dates import day
from core.templatetags.look import state

from ..enums import OutgoingStatus
from ..models import IncomingReferral, OutgoingReferral
from ..uptake import Taken

STATE_KINDS = {
    OutgoingStatus.ASKED: "soon",
    OutgoingStatus.DECLINED: "sealed",
    OutgoingStatus.RELEASED: "mine",
    OutgoingStatus.SENT: "",
    OutgoingStatus.REPLIED: "in-time",
    OutgoingStatus.CLOSED: "",
}
MOST_NAMED = 2


class IncomingTable(tables.Table):
    """Needs rows with their organisation, case and people; ``taken`` are their applications by id."""

    whose = tables.Column(
        gettext_lazy("Whom it names"),
        accessor="pk",
        orderable=False,
        attrs={"td": {"class": "name"}},
    )
    sender = tables.Column(
        gettext_lazy("Who referred"),
        order_by=("organisation__name_ky", "sender_text", "pk"),
        empty_values=(),
    )
    uptake = tables.Column(
        gettext_lazy("What became of it"), accessor="pk", orderable=False, empty_values=()
    )
    received_on = tables.Column(
        gettext_lazy("Received on"),
        order_by=("received_on", "registered_at", "pk"),
        attrs={"td": {"class": "due"}},
    )

    class Meta:
        attrs = {"class": "table"}
        order_by = "-received_on"
        empty_text = gettext_lazy("No referrals here. A paper by which a school or another body refers a family is registered with the button above.")  # fmt: skip
        row_attrs = {"class": lambda record, table: "is-mine" if table.stands_out(record) else ""}

    def __init__(self, rows: Any, *, taken: dict[UUID, Taken], **kwargs: Any) -> None:
        self.taken = taken
        super().__init__(rows, order_by_field="sort", **kwargs)

    def stands_out(self, record: IncomingReferral) -> bool:
        """Nothing has been made of it yet."""
        is_open = record.case_id is None and record.settled_at is None
        return is_open and record.pk not in self.taken

    def render_whose(self, record: IncomingReferral) -> SafeString:
        people = [p.full_name for p in record.people.all() if p.is_child and p.full_name]
        shown = ", ".join(people[:MOST_NAMED]) or _("nobody by name")
        if len(people) > MOST_NAMED:
            shown = _("%(names)s and %(count)d more") % {
                "names": shown,
                "count": len(people) - MOST_NAMED,
            }
        return format_html(
            '<a href="{}">{}</a><span class="row-number">{}</span>',
            record.get_absolute_url(),
            shown,
            record.number,
        )

    def render_sender(self, record: IncomingReferral) -> str:
        return record.sender

    def render_uptake(self, record: IncomingReferral) -> SafeString | str:
        if record.case is not None:
            return format_html("{} {}", _("Case"), record.case.number)
        if taken := self.taken.get(record.pk):
            return format_html("{} {}", taken.words, taken.number)
        if record.settled_at is not None:
            return _("No application needed")
        return state("mine", _("No application yet"))

    def render_received_on(self, value: dt.date) -> str:
        return day(value)


class OutgoingTable(tables.Table):
    """Needs rows with their case, organisation and people."""

    whose = tables.Column(
        gettext_lazy("About whom"), accessor="pk", orderable=False, attrs={"td": {"class": "name"}}
    )
    to_whom = tables.Column(
        gettext_lazy("To whom"),
        order_by=("organisation__name_ky", "recipient_text", "pk"),
        empty_values=(),
    )
    status = tables.Column(gettext_lazy("State"), order_by=("status", "-requested_at", "pk"))
    requested_at = tables.Column(
        gettext_lazy("Asked"),
        order_by=("requested_at", "pk"),
        attrs={"td": {"class": "quiet nowrap wide-only"}, "th": {"class": "wide-only"}},
    )
    due = tables.Column(
        gettext_lazy("Reply due on"),
        accessor="reply_due_on",
        order_by=("reply_due_on", "pk"),
        empty_values=(),
        attrs={"td": {"class": "due due-short"}, "th": {"class": "due due-short"}},
    )

    class Meta:
        attrs = {"class": "table"}
        order_by = "-requested_at"
        empty_text = gettext_lazy("No referrals here. One is asked for on the page of a case, under Papers.")  # fmt: skip

    def __init__(self, rows: Any, *, today: dt.date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(rows, order_by_field="sort", **kwargs)

    def render_whose(self, record: OutgoingReferral) -> SafeString:
        people = ", ".join(person.full_name for person in record.people.all())
        quiet = " · ".join(part for part in (record.number, record.case.number) if part)
        return format_html(
            '<a href="{}">{}</a><span class="row-number">{}</span>',
            record.get_absolute_url(),
            people,
            quiet,
        )

    def render_to_whom(self, record: OutgoingReferral) -> str:
        return record.to_whom

    def render_status(self, record: OutgoingReferral) -> SafeString:
        kind = STATE_KINDS[OutgoingStatus(record.status)]
        return state(kind, record.get_status_display())

    def render_requested_at(self, value: dt.datetime) -> str:
        return day(value)

    def render_due(self, record: OutgoingReferral) -> str | SafeString:
        due = record.reply_due_on
        if due is None or record.status != OutgoingStatus.SENT:
            return ""
        if record.is_overdue(self.today):
            return state("late", _("Overdue since %(day)s") % {"day": day(due)})
        return day(due)
