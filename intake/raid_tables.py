"""The list of raids."""

from typing import Any

import django_tables2 as tables
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.templatetags.dates import day
from core.templatetags.look import state

from .models import Raid


class RaidTable(tables.Table):
    """Needs rows annotated with ``found`` and ``waiting``: findings, and those without an application yet."""

    place = tables.Column(
        verbose_name=_("Where"),
        linkify=lambda record: record.get_absolute_url(),
        attrs={"td": {"class": "name"}},
    )
    number = tables.Column(verbose_name=_("Number"), attrs={"td": {"class": "quiet nowrap"}})
    held_on = tables.Column(verbose_name=_("Day"))
    led_by = tables.Column(verbose_name=_("Who led it"), order_by=("led_by__surname",))
    found = tables.Column(verbose_name=_("Families found"), attrs={"td": {"class": "amount"}})
    waiting = tables.Column(
        verbose_name=_("Without an application"), empty_values=(), attrs={"td": {"class": "due"}}
    )

    class Meta:
        order_by = "-held_on"
        empty_text = _("No raid has been written down yet.")

    def render_held_on(self, value: Any) -> str:
        return day(value)

    def render_led_by(self, record: Raid) -> str:
        return record.led_by.short_name

    def render_waiting(self, value: int | None) -> str | SafeString:
        return state("soon", str(value)) if value else ""
