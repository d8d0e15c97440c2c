"""Lists of applications."""

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core import clock
from core.templatetags.dates import day
from core.templatetags.look import state
from offices.models import User
from offices.standing import standing

from .application_page import STATES, applicant_named, children_named
from .enums import ApplicationStatus
from .models import Application
from .models.applications import WHO_HAVE_APPLICATIONS


class ApplicationTable(tables.Table):
    """Whose, in what state, by whom it came, how long it waits."""

    children = tables.Column(
        verbose_name=gettext_lazy("Children"),
        accessor="pk",
        orderable=False,
        attrs={"td": {"class": "name"}},
    )
    status = tables.Column(verbose_name=gettext_lazy("State"), order_by=("status", "registered_at"))
    applicant = tables.Column(
        verbose_name=gettext_lazy("Applicant"),
        accessor="pk",
        orderable=False,
        attrs={"td": {"class": "quiet"}},
    )
    registered_at = tables.Column(
        verbose_name=gettext_lazy("Registered on"),
        order_by=("registered_at", "pk"),
        attrs={"td": {"class": "due"}},
    )

    class Meta:
        empty_text = gettext_lazy("No applications here. One is registered when a family asks for help or a channel brings it.")  # fmt: skip
        attrs = {"class": "table"}
        row_attrs = {"class": lambda record: "is-mine" if record.is_undecided else ""}

    def __init__(self, rows: Any, *, user: User, **kwargs: Any) -> None:
        self.shows_offices = len(standing(user).offices(*WHO_HAVE_APPLICATIONS)) > 1
        super().__init__(rows, order_by="registered_at", order_by_field="sort", **kwargs)

    def render_children(self, record: Application) -> SafeString:
        reads = record.reads_content  # type: ignore[attr-defined]  # annotated
        name = children_named(record) if reads else _("In the case")
        quiet = (
            f"{record.number} · {record.office.short_name}" if self.shows_offices else record.number
        )
        return format_html(
            '<a href="{}">{}</a><span class="row-number">{}</span>',
            record.get_absolute_url(),
            name,
            quiet,
        )

    def render_status(self, record: Application) -> SafeString:
        return state(STATES[ApplicationStatus(record.status)], record.get_status_display())

    def render_applicant(self, record: Application) -> str:
        if not record.reads_content:  # type: ignore[attr-defined]  # annotated
            return ""
        return applicant_named(record) or str(record.get_identified_by_display())

    def render_registered_at(self, record: Application) -> SafeString:
        if not record.is_pending:
            return format_html("{}", day(record.registered_on))
        return format_html("{} · {}", day(record.registered_on), age_in_words(record))


def age_in_words(application: Application) -> str:
    """«бүгүн», «3 күндөн бери»: how long it waits."""
    days = application.days_waiting(clock.today())
    if days <= 0:
        return _("today")
    return ngettext("waits %(n)d day", "waits %(n)d days", days) % {"n": days}
