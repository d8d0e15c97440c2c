"""The list of cases as a table: what each reader may see of each row, and nothing to sort by that they may not."""

from collections.abc import Iterable
from typing import Any

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.templatetags.dates import day
from core.templatetags.look import state
from offices.models import User

from ..enums import CaseStage, RiskLevel
from ..models import Case
from ..permissions import can_read_names, remember_depth

MOST_NAMED = 2
RISK_STATES: dict[str, str] = {RiskLevel.HIGH: "late", RiskLevel.MEDIUM: "soon"}


class CaseTable(tables.Table):
    """Needs rows of ``casework.filters.listed_cases`` with the rows of ``views.cases.strip_rows``."""

    names = tables.Column(
        gettext_lazy("Whose"),
        accessor="pk",
        order_by=("shown_name", "number"),
        attrs={"td": {"class": "name"}},
    )
    stage = tables.Column(gettext_lazy("Stage"), order_by=("shown_stage", "number"))
    risk_level = tables.Column(gettext_lazy("Risk"), order_by=("shown_risk", "number"))
    responsible = tables.Column(
        gettext_lazy("Responsible worker"),
        order_by=("responsible__surname", "responsible__given_name", "number"),
        attrs={"td": {"class": "roomy-only"}, "th": {"class": "roomy-only"}},
    )
    opened_at = tables.Column(
        gettext_lazy("Opened"),
        order_by=("opened_at", "number"),
        attrs={"td": {"class": "quiet nowrap wide-only"}, "th": {"class": "wide-only"}},
    )
    due = tables.Column(
        gettext_lazy("Due"),
        accessor="awaited_until",
        order_by=("awaited_until", "number"),
        empty_values=(),
        attrs={"td": {"class": "due due-short"}, "th": {"class": "due due-short"}},
    )

    class Meta:
        attrs = {"class": "table"}
        order_by = "-opened_at"
        per_page = 25

    def __init__(
        self,
        *args: Any,
        user: User,
        shows_offices: bool,
        without: Iterable[str] = (),
        **kwargs: Any,
    ) -> None:
        self.user, self.shows_offices = user, shows_offices
        super().__init__(*args, exclude=tuple(without), **kwargs)

    def render_responsible(self, value: User) -> str:
        return value.short_name

    def render_names(self, record: Case) -> SafeString:
        remember_depth(self.user, record)
        if not can_read_names(self.user, record):
            shown: str = format_html('<span class="quiet">{}</span>', _("Restricted case"))
        else:
            shown = _named(record)
        link = format_html('<a href="{}">{}</a>', record.get_absolute_url(), shown)
        marks = []
        if record.has_alert:
            marks.append(state("late", _("Safety alert")))
        if record.is_restricted:
            marks.append(state("sealed", pgettext("case", "Restricted")))
        quiet = (
            f"{record.number} · {record.office.short_name}" if self.shows_offices else record.number
        )
        return format_html(
            '{} {}<span class="row-number">{}</span>',
            link,
            format_html_join(" ", "{}", ((mark,) for mark in marks)),
            quiet,
        )

    def render_stage(self, record: Case) -> str:
        if record.reads_content:  # type: ignore[attr-defined]  # annotated
            return str(record.get_stage_display())
        return (
            pgettext("case", "Closed")
            if record.stage == CaseStage.CLOSED
            else pgettext("case", "Open")
        )

    def render_risk_level(self, record: Case) -> str | SafeString:
        if not record.reads_content:  # type: ignore[attr-defined]  # annotated
            return ""
        kind = RISK_STATES.get(record.risk_level, "")
        return (
            state(kind, record.get_risk_level_display())
            if kind
            else str(record.get_risk_level_display())
        )

    def render_opened_at(self, value: Any) -> str:
        return day(value)

    def render_due(self, record: Case) -> str | SafeString:
        until = record.awaited_until  # type: ignore[attr-defined]  # annotated
        if until is None:
            return ""
        return render_to_string(
            "casework/case_basis_due.html",
            {"case": record, "is_short": True},
        )


def _named(case: Case) -> str:
    """The children by name; of many the first ones and how many more."""
    people = [place.person.full_name for place in case.child_places.all()]
    more = len(people) - MOST_NAMED
    if more <= 1:
        return ", ".join(people)
    return _("%(names)s and %(count)d more") % {
        "names": ", ".join(people[:MOST_NAMED]),
        "count": more,
    }
