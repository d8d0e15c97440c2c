"""The list of episodes."""

from typing import Any

import django_tables2 as tables
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.templatetags.dates import day
from core.templatetags.look import state

from .enums import EpisodeStatus
from .models import Episode

# How a state looks: what waits is somebody's now, what came back is late, the rest is calm.
STATE_LOOKS = {
    EpisodeStatus.REQUESTED: "soon",
    EpisodeStatus.RETURNED: "late",
    EpisodeStatus.ACTIVE: "",
    EpisodeStatus.COMPLETED: "in-time",
    EpisodeStatus.ENDED: "sealed",
}


class EpisodeTable(tables.Table):
    """For whom, what, by whom, in which state; each line leads to its page."""

    person = tables.Column(
        verbose_name=_("For whom"),
        linkify=lambda record: record.get_absolute_url(),
        order_by=("person__sort_key",),
        attrs={"td": {"class": "name"}},
    )
    case = tables.Column(
        verbose_name=_("Case"), order_by=("case__number",), attrs={"td": {"class": "nowrap"}}
    )
    office = tables.Column(
        verbose_name=_("Kind of help"),
        order_by=("kind", "office__index"),
        attrs={"td": {"class": "quiet"}},
    )
    specialist = tables.Column(verbose_name=_("Specialist"), order_by=("specialist__surname",))
    requested_at = tables.Column(verbose_name=_("Asked on"))
    status = tables.Column(verbose_name=_("State"))

    class Meta:
        model = Episode
        fields = ("person", "case", "office", "specialist", "requested_at", "status")
        empty_text = _("No help has been asked for or given here yet.")

    def render_person(self, record: Episode) -> str:
        return record.person.full_name

    def render_office(self, record: Episode) -> str:
        return f"{record.get_kind_display()} · {record.office.name}"

    def render_requested_at(self, value: Any) -> str:
        return day(value)

    def render_status(self, record: Episode) -> SafeString:
        return state(STATE_LOOKS[EpisodeStatus(record.status)], record.get_status_display())
