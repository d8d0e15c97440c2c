"""Tables of the registers of keeping: openings of the sealed door, transfers."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.templatetags.dates import moment
from core.templatetags.look import state

from ..keeping_enums import OfferStatus

_QUIET = {"td": {"class": "quiet"}}
STATES = {
    OfferStatus.OFFERED: "soon",
    OfferStatus.ACCEPTED: "in-time",
    OfferStatus.REFUSED: "sealed",
    OfferStatus.WITHDRAWN: "calm",
}


class SealedTable(tables.Table):
    """By case number; who opened, when, why, and how it was shut."""

    number = tables.Column(
        gettext_lazy("Case"), accessor="case__number", attrs={"td": {"class": "name nowrap"}}
    )
    opened_at = tables.Column(gettext_lazy("Opened"), attrs={"td": {"class": "nowrap"}})
    user = tables.Column(gettext_lazy("Who"), order_by=("user__surname", "-opened_at"))
    office = tables.Column(
        gettext_lazy("Office of the case"), accessor="case__office", attrs=_QUIET
    )
    reason = tables.Column(gettext_lazy("Why"), orderable=False)
    shut = tables.Column(gettext_lazy("Shut"), orderable=False, empty_values=(), attrs=_QUIET)

    class Meta:
        attrs = {"class": "table"}
        order_by = "-opened_at"
        empty_text = gettext_lazy("Nobody has opened the sealed door.")

    def render_opened_at(self, value: Any) -> str:
        return moment(value)

    def render_shut(self, record: Any) -> str | SafeString:
        if record.is_open:
            return state("late", _("Open"))
        how = _("early") if record.ended_at else _("by the clock")
        return f"{moment(record.shut_at)}, {how}"


class TransferTable(tables.Table):
    """Offers of cases between offices, and where those that went have gone."""

    number = tables.Column(
        gettext_lazy("Case"), accessor="case__number", attrs={"td": {"class": "name nowrap"}}
    )
    from_office = tables.Column(gettext_lazy("From which office"))
    to_office = tables.Column(gettext_lazy("To which office"))
    status = tables.Column(gettext_lazy("State"))
    offered_at = tables.Column(pgettext_lazy("offer", "Offered"), attrs={"td": {"class": "due"}})

    class Meta:
        attrs = {"class": "table"}
        order_by = "-offered_at"
        empty_text = gettext_lazy("No case has been offered to or by another office.")

    def render_number(self, record: Any, value: str) -> SafeString:
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), value)

    def render_from_office(self, value: Any) -> str:
        return str(value.short_name)

    def render_to_office(self, value: Any) -> str:
        return str(value.short_name)

    def render_status(self, record: Any) -> SafeString:
        return state(STATES[OfferStatus(record.status)], record.get_status_display())

    def render_offered_at(self, value: Any) -> str:
        return moment(value)
