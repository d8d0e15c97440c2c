"""How the list of applications is narrowed and counted."""

from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from offices.models import User

from .enums import ApplicationStatus
from .models import Application
from .models.applications import UNDECIDED

_LABELS = {
    "undecided": pgettext_lazy("applications", "To decide"),
    "eligible": pgettext_lazy("applications", "Case to open"),
    "proposed": pgettext_lazy("applications", "Refusal proposed"),
    "opened": pgettext_lazy("applications", "Case opened"),
    "refused": pgettext_lazy("applications", "Refused"),
    "withdrawn": pgettext_lazy("applications", "Withdrawn"),
    "all": pgettext_lazy("applications", "All"),
}
_STATUSES: dict[str, tuple[str, ...]] = {
    "undecided": UNDECIDED,
    **{code: (code,) for code in ("eligible", "proposed", "opened", "refused", "withdrawn")},
    "all": tuple(ApplicationStatus.values),
}
DEFAULT_VIEW = "undecided"
VIEWS = {code: Q(status__in=statuses) for code, statuses in _STATUSES.items()}


def listed(user: User) -> "QuerySet[Application]":
    """Every application the reader may know of, with what a line shows."""
    rows = Application.objects.visible_to(user).with_depth_for(user)
    return rows.select_related("office", "case")


def chips(rows: "QuerySet[Application]", view: str) -> list[dict[str, Any]]:
    """How many there are behind each chip, in one query; a final state that nothing has is not offered."""
    found = rows.order_by().values_list("status").annotate(number=Count("pk"))
    by_status = dict(found)
    entries = []
    for code, label in _LABELS.items():
        number = sum(by_status.get(status, 0) for status in _STATUSES[code])
        if number or code in (view, DEFAULT_VIEW, "all"):
            url = f"{reverse('applications:list')}?view={code}"
            entries.append(
                {"url": url, "label": label, "count": number, "is_current": code == view}
            )
    return entries
