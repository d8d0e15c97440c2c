"""The timeline under a case's tab and on a child's page, filtered by kind."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import pgettext

from .happenings import KINDS, Asked, chips, timeline
from .models import Case
from .panels import Panel, reader_of, register_panel


def hang_panel() -> None:
    register_panel("timeline", timeline_panel, order=10)


def timeline_panel(request: HttpRequest, case: Case) -> Panel:
    return Panel("casework/timeline_panel.html", told(request, Asked([case])))


def told(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What the template of a timeline is given; ``kind`` in the address narrows it, an unknown one does not."""
    everything = timeline(reader_of(request), asked)
    kind = request.GET.get("kind", "")
    chosen = kind if kind in KINDS else ""
    return {
        "told": [entry for entry in everything if chosen in ("", entry.kind)],
        "chips": chips(everything, chosen, request.path, pgettext("happenings", "All")),
    }
