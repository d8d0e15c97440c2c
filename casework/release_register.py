"""The register of releases: its headings, its lines, its file. An auditor's lines carry no names and no content."""

from collections.abc import Iterable
from typing import Any

import django_tables2 as tables
from django.db.models import Count, F, Q
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.templatetags.dates import day, when
from core.templatetags.look import number, state
from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .enums import ReleaseForm, ReleaseStatus
from .models import Release

STATE_KINDS = {
    ReleaseStatus.REQUESTED: "soon",
    ReleaseStatus.GRANTED: "in-time",
    ReleaseStatus.REFUSED: "sealed",
}


def _headings(user: User) -> dict[str, tuple[str, Q]]:
    """Heading by code: its words, and which of the registered releases stand under it."""
    asked = Q(status=ReleaseStatus.REQUESTED)
    ready = Q(form=ReleaseForm.FULL) | Q(extract_signed_at__isnull=False)
    found = {"": (pgettext("releases", "All"), Q())}
    if standing(user).has(Role.HEAD):
        led = Q(case__office_id__in=standing(user).offices(Role.HEAD))
        found["decide"] = (_("To decide"), asked & ready & led)
    if standing(user).has(Role.PSYCHOLOGIST):
        unwritten = Q(form=ReleaseForm.EXTRACT, extract_signed_at=None)
        mine = Q(conclusion__author=user) | Q(conclusion__episode__specialist=user)
        found["extract"] = (_("Extracts to write"), asked & unwritten & mine)
    return found | {
        "waiting": (_("Waiting for a decision"), asked),
        "hand_out": (
            _("To hand out"),
            Q(status=ReleaseStatus.GRANTED, handed_on=None, conclusion__isnull=False),
        ),
        "granted": (pgettext("releases", "Granted"), Q(status=ReleaseStatus.GRANTED)),
        "refused": (pgettext("releases", "Refused"), Q(status=ReleaseStatus.REFUSED)),
    }


def register_rows(user: User, chosen: str) -> Any:
    """The lines under the chosen heading, with the rows that a line shows."""
    headings = _headings(user)
    condition = (headings.get(chosen) or headings[""])[1]
    rows = Release.objects.registered_for(user).filter(condition)
    return rows.select_related("case", "ground", "recipient", "requested_by", "conclusion")


def register_chips(user: User, chosen: str) -> Iterable[dict[str, Any]]:
    """The headings as chips with their counts: one query."""
    headings = _headings(user)
    codes = {code: f"count_{place}" for place, code in enumerate(headings)}
    counts = Release.objects.registered_for(user).aggregate(
        **{codes[c]: Count("pk", filter=q or None) for c, (_words, q) in headings.items()}
    )
    current = chosen if chosen in headings else ""
    return [
        {
            "url": f"?state={code}" if code else "?",
            "label": words,
            "count": counts[codes[code]],
            "is_current": code == current,
        }
        for code, (words, _q) in headings.items()
    ]


def reads_names(user: User) -> bool:
    """Whether the lines say to whom and lead on: not for an auditor who is nothing else."""
    return standing(user).has(Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD)


class ReleaseTable(tables.Table):
    """The register's lines: number, whose case, to whom, what, on what ground, in what state."""

    number = tables.Column(
        verbose_name=gettext_lazy("Number"),
        empty_values=(),
        order_by=("decided_at", "requested_at", "pk"),
        attrs={"td": {"class": "name"}},
    )
    case = tables.Column(
        verbose_name=gettext_lazy("Case"),
        accessor="case__number",
        attrs={"td": {"class": "quiet nowrap"}},
    )
    to_whom = tables.Column(verbose_name=gettext_lazy("To whom"), orderable=False, empty_values=())
    form = tables.Column(verbose_name=gettext_lazy("What"), order_by=("form", "pk"))
    ground = tables.Column(
        verbose_name=gettext_lazy("Legal ground"), order_by=("ground__order", "pk")
    )
    status = tables.Column(verbose_name=gettext_lazy("State"), order_by=("status", "pk"))
    asked = tables.Column(
        verbose_name=gettext_lazy("Asked"),
        accessor="requested_at",
        order_by=("requested_at", "pk"),
        attrs={"td": {"class": "due"}},
    )

    class Meta:
        empty_text = gettext_lazy("No releases here. A release is asked for on the page of an issued conclusion.")  # fmt: skip
        attrs = {"class": "table"}

    def __init__(self, rows: Any, *, names: bool, **kwargs: Any) -> None:
        self.names = names
        exclude = () if names else ("to_whom",)
        super().__init__(rows, exclude=exclude, order_by="-asked", order_by_field="sort", **kwargs)

    def render_number(self, record: Release) -> SafeString | str:
        shown = number(record.number) if record.number else _("request")
        if not self.names:
            return shown
        url = record.get_absolute_url()
        return format_html('<a href="{}">{}</a>', url, record.number or _("request"))

    def render_to_whom(self, record: Release) -> str:
        return record.to_whom

    def render_status(self, record: Release) -> SafeString:
        kind = STATE_KINDS[ReleaseStatus(record.status)]
        return state(kind, record.get_status_display())

    def render_asked(self, record: Release) -> str:
        return when(record.requested_at)


def register_sheet(user: User, chosen: str) -> tuple[list[str], list[list[str]]]:
    """The register of the offices that ``user`` heads as a spreadsheet's heads and rows, oldest first."""
    heads = [
        _("Number"), _("Case"), _("What"), _("To whom"), _("Request number"), _("Request date"),
        _("Legal ground"), _("What for, exactly what"), _("Asked"), _("Who asked"), _("State"),
        _("Decided on"), _("Who decided"), _("Reason of the decision"), _("Handed out on"), _("Who took it"),
    ]  # fmt: skip
    led = standing(user).offices(Role.HEAD)
    rows = register_rows(user, chosen).filter(office_id__in=led)
    ordered = rows.select_related("decided_by", "case").order_by(
        F("decided_at").asc(nulls_last=True), "requested_at", "pk"
    )
    return heads, [_sheet_row(release) for release in ordered]


def _sheet_row(release: Release) -> list[str]:
    return [
        release.number,
        release.case.number if release.case else "",
        str(release.get_form_display()),
        release.to_whom,
        release.request_number,
        day(release.request_on),
        str(release.ground),
        release.purpose,
        day(release.requested_at),
        release.requested_by.full_name,
        str(release.get_status_display()),
        day(release.decided_at),
        release.decided_by.full_name if release.decided_by else "",
        release.decision_reason,
        day(release.handed_on),
        release.handed_to,
    ]
