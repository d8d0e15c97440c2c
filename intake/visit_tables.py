"""The list of visits."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.templatetags.dates import moment
from core.templatetags.look import state

from .enums import VisitOutcome
from .models import Visit

# How an outcome looks: what is planned is somebody's, a shut door is not a success, the rest is calm.
OUTCOME_LOOKS = {
    VisitOutcome.PLANNED: "soon",
    VisitOutcome.MET: "in-time",
    VisitOutcome.CANCELLED: "sealed",
}


class VisitTable(tables.Table):
    """Needs rows with ``shown_children``: the names that the reader may read; and ``staff`` prefetched."""

    purpose = tables.Column(
        verbose_name=_("Visit"),
        linkify=lambda record: record.get_absolute_url(),
        attrs={"td": {"class": "name"}},
        orderable=False,
    )
    at = tables.Column(
        verbose_name=_("When"), accessor="pk", order_by=("when",), attrs={"td": {"class": "nowrap"}}
    )
    place = tables.Column(
        verbose_name=_("Address"), orderable=False, attrs={"td": {"class": "words"}}
    )
    staff = tables.Column(verbose_name=_("Who went"), accessor="pk", orderable=False)
    outcome = tables.Column(verbose_name=_("How it went"), order_by=("outcome",))
    number = tables.Column(
        verbose_name=_("Act"), order_by=("number",), attrs={"td": {"class": "quiet nowrap"}}
    )

    class Meta:
        order_by = "-at"
        empty_text = _("No visit has been planned or written up yet.")

    def render_purpose(self, record: Visit) -> str | SafeString:
        names = ", ".join(getattr(record, "shown_children", []))
        words = names or record.children_text or str(_("Before there is a case"))
        return format_html(
            '{}<span class="row-number">{}</span>', words, record.get_purpose_display()
        )

    def render_at(self, record: Visit) -> str:
        return moment(record.at)

    def render_staff(self, record: Visit) -> str:
        return ", ".join(user.short_name for user in record.staff.all())

    def render_outcome(self, record: Visit) -> str | SafeString:
        look = OUTCOME_LOOKS.get(VisitOutcome(record.outcome), "late")
        return state(look, record.get_outcome_display())

    def render_number(self, value: Any) -> str:
        return str(value)
