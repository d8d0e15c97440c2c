"""Tables of the registers that reports show."""

from typing import Any

import django_tables2 as tables
from django.utils.translation import gettext_lazy as _

from core.templatetags.dates import moment

from .reading import page_in_words

_QUIET = {"td": {"class": "quiet"}}


class ReadingTable(tables.Table):
    """Who read what: case numbers and kinds of pages, never whose case it is."""

    at = tables.Column(verbose_name=_("When"), attrs={"td": {"class": "nowrap"}})
    user = tables.Column(
        verbose_name=_("Who"), attrs={"td": {"class": "name"}}, order_by=("user__surname", "-at")
    )
    page = tables.Column(verbose_name=_("Page"))
    kind = tables.Column(verbose_name=_("What"))
    numbers = tables.Column(verbose_name=_("Case"), orderable=False, empty_values=())
    reason = tables.Column(verbose_name=_("Why"), orderable=False, attrs=_QUIET)
    address = tables.Column(verbose_name=_("From where"), orderable=False, attrs=_QUIET)

    class Meta:
        order_by = "-at"
        empty_text = _("Nobody has read anything within these limits.")

    def render_at(self, value: Any) -> str:
        return moment(value)

    def render_page(self, value: str) -> str:
        return page_in_words(value)

    def render_numbers(self, record: Any) -> str:
        return ", ".join(record.case_numbers)

    def render_kind(self, record: Any) -> str:
        return str(record.get_kind_display())


class SecurityTable(tables.Table):
    """What happened to accounts."""

    at = tables.Column(verbose_name=_("When"), attrs={"td": {"class": "nowrap"}})
    user = tables.Column(
        verbose_name=_("Whose account"), attrs={"td": {"class": "name"}}, default="—"
    )
    kind = tables.Column(verbose_name=_("What"))
    by = tables.Column(verbose_name=_("By whom"), attrs=_QUIET, default="—", orderable=False)
    address = tables.Column(verbose_name=_("From where"), orderable=False, attrs=_QUIET)

    class Meta:
        order_by = "-at"
        empty_text = _("Nothing happened within these limits.")

    def render_at(self, value: Any) -> str:
        return moment(value)
