"""The list of calls as a table."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from core.templatetags.dates import moment
from core.templatetags.look import state
from offices.models import User

from ..enums import CallNature
from ..models import HotlineCall
from ..standing import call_offices

LONGEST = 90


class CallTable(tables.Table):
    """Needs rows with office, topic and joined_to."""

    number = tables.Column(pgettext_lazy("call", "Where"), attrs={"td": {"class": "name"}})
    received_at = tables.Column(
        pgettext_lazy("call", "Received"), attrs={"td": {"class": "nowrap"}}
    )
    topic = tables.Column(gettext_lazy("Topic"), default="", order_by=("topic__order", "number"))
    ended = tables.Column(
        gettext_lazy("How it ended"),
        accessor="outcome",
        empty_values=(),
        order_by=("outcome", "number"),
    )

    class Meta:
        attrs = {"class": "table"}
        order_by = "-received_at"
        empty_text = gettext_lazy("No calls here yet. A call is written down while it is spoken.")

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        self.shows_office = len(call_offices(reader)) > 1
        super().__init__(*args, **kwargs)

    def render_number(self, record: HotlineCall) -> SafeString:
        place = record.where or record.what
        if record.nature != CallNature.REAL and not place:
            place = str(record.get_nature_display())
        place = place if len(place) <= LONGEST else place[: LONGEST - 1] + "…"
        office = f" · {record.office.short_name}" if self.shows_office else ""
        return format_html(
            '<a href="{}">{}</a><span class="row-number">{}{}</span>',
            record.get_absolute_url(),
            place,
            record.number,
            office,
        )

    def render_received_at(self, value: Any) -> str:
        return moment(value)

    def render_ended(self, record: HotlineCall) -> str | SafeString:
        if record.nature != CallNature.REAL:
            return state("calm", str(record.get_nature_display()))
        if record.joined_to is not None:
            return _("Joined to %(number)s") % {"number": record.joined_to.number}
        if record.ended_at is None:
            return state("mine", pgettext("call", "Open"))
        return str(record.get_outcome_display())
