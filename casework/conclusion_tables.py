"""Lists of conclusions."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from core.templatetags.dates import day, when
from core.templatetags.look import number, state

from .conclusion_page import state_kind
from .models import Conclusion


class ConclusionTable(tables.Table):
    """The desk's lines: whose, in what state, under which number, when last touched."""

    person = tables.Column(
        verbose_name=_("Child"),
        accessor="episode__person",
        order_by=("episode__person__sort_key", "pk"),
        attrs={"td": {"class": "name"}},
    )
    case = tables.Column(
        verbose_name=_("Case"),
        accessor="episode__case__number",
        attrs={"td": {"class": "quiet nowrap"}},
    )
    status = tables.Column(verbose_name=_("State"), order_by=("status", "-kept_at", "pk"))
    number = tables.Column(verbose_name=_("Number"), order_by=("number", "pk"), empty_values=())
    author = tables.Column(
        verbose_name=_("Psychologist"),
        order_by=("author__surname", "pk"),
        attrs={"td": {"class": "quiet"}},
    )
    touched = tables.Column(
        verbose_name=_("Last step"),
        accessor="kept_at",
        order_by=("kept_at", "pk"),
        attrs={"td": {"class": "due"}},
    )

    class Meta:
        empty_text = _("No conclusions here. A conclusion is begun on the page of a child's psychological help.")  # fmt: skip
        attrs = {"class": "table"}

    def __init__(self, rows: Any, *, shows_author: bool, **kwargs: Any) -> None:
        exclude = () if shows_author else ("author",)
        super().__init__(
            rows, exclude=exclude, order_by="-touched", order_by_field="sort", **kwargs
        )

    def render_person(self, record: Conclusion) -> SafeString:
        person = record.episode.person
        return format_html('<a href="{}">{}</a>', record.get_absolute_url(), person.full_name)

    def render_status(self, record: Conclusion) -> SafeString:
        return state(state_kind(record), record.get_status_display())

    def render_number(self, record: Conclusion) -> SafeString | str:
        if not record.number or record.signed_at is None:
            return "—"
        return format_html(
            '{} <span class="quiet">{}</span>', number(record.number), day(record.signed_at)
        )

    def render_touched(self, record: Conclusion) -> str:
        moments = (record.countersigned_at, record.returned_at, record.signed_at, record.kept_at)
        return when(next(at for at in moments if at))
