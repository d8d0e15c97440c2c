"""The panels of a case's page: each slice and each upper app hangs its own under a tab, without touching the page.

Register in ``AppConfig.ready()``::

    register_panel("episodes", episodes_panel)

A panel is a function ``(request, case) -> Panel | None``. It is called only while its tab is shown, inside the page's
read-only transaction, and asks its own querysets what the reader may see; None means that it has nothing to show.
``case`` carries ``depth`` (casework.permissions.depth_of): panels are asked only from ``Depth.CONTENT`` on.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from offices.models import User

from .models import Case
from .permissions import Depth, depth_of


@dataclass(frozen=True)
class Panel:
    """A template and what it is given beside ``case`` and the request; it renders one ``<section>``."""

    template: str
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Tab:
    """A tab of the case's page, for readers from ``depth`` on."""

    code: str
    label: str | Promise
    depth: Depth = Depth.CONTENT


PanelFunction = Callable[[HttpRequest, Case], Panel | None]

TABS: dict[str, Tab] = {
    tab.code: tab
    for tab in (
        Tab("summary", _("Summary"), Depth.CARD),
        Tab("family", _("Family")),
        Tab("assessments", _("Assessments"), Depth.FULL),
        Tab("plan", _("Plan")),
        Tab("episodes", _("Help")),
        Tab("papers", _("Papers")),
        Tab("releases", _("Releases")),
        Tab("timeline", _("Timeline")),
        Tab("history", _("History"), Depth.FULL),
    )
}
_PANELS: dict[str, list[tuple[int, PanelFunction]]] = {}


def register_panel(tab: str, panel: PanelFunction, *, order: int = 100) -> None:
    """Hang ``panel`` under ``tab``; lower ``order`` stands higher. Raises KeyError for an unknown tab."""
    hung = _PANELS.setdefault(TABS[tab].code, [])
    if all(known is not panel for _, known in hung):
        hung.append((order, panel))
        hung.sort(key=lambda entry: entry[0])


def reader_of(request: HttpRequest) -> User:
    """Who looks: panels and the pages around them are shown only to people who are signed in."""
    return request.user  # type: ignore[return-value]  # nobody anonymous comes so far


def tabs_for(request: HttpRequest, case: Case) -> list[Tab]:
    """The tabs that the reader of this request is offered."""
    depth = depth_of(request.user, case)
    return [tab for tab in TABS.values() if depth >= tab.depth]


def rendered_panels(request: HttpRequest, case: Case, tab: str) -> list[SafeString]:
    """The panels of ``tab`` as HTML, in order; none for readers of the card alone."""
    if depth_of(request.user, case) < Depth.CONTENT:
        return []
    return [
        render_to_string(shown.template, {"case": case, **shown.context}, request)
        for shown in _asked(request, case, tab)
    ]


def _asked(request: HttpRequest, case: Case, tab: str) -> Iterable[Panel]:
    for _order, panel in _PANELS.get(tab, []):
        shown = panel(request, case)
        if shown is not None:
            yield shown
