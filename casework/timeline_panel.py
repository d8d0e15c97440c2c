"""The timeline under a case's tab and on a child's page, filtered by kind."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import pgettext

from core import clock

from .happenings import KINDS, LONGEST, Asked, chips, timeline
from .models import Case
from .panels import Panel, reader_of, register_panel


def hang_panel() -> None:
    register_panel("timeline", timeline_panel, order=10)


def timeline_panel(request: HttpRequest, case: Case) -> Panel:
    return Panel("casework/timeline_panel.html", told(request, Asked([case])))


def told(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What the template of a timeline is given; ``kind`` in the address narrows it, an unknown one does not.

    The newest ``LONGEST`` are shown, and said to be not all; with ``all`` in the address everything.
    """
    everything = timeline(reader_of(request), asked)
    kind = request.GET.get("kind", "")
    chosen = kind if kind in KINDS else ""
    chosen_ones = [entry for entry in everything if chosen in ("", entry.kind)]
    shown = chosen_ones if "all" in request.GET else chosen_ones[:LONGEST]
    return {
        "told": shown,
        "count": len(chosen_ones),
        "is_cut": len(shown) < len(chosen_ones),
        "all_url": f"{request.path}?kind={chosen}&all=1",
        "on": clock.today(),
        "chips": chips(everything, chosen, request.path, pgettext("happenings", "All")),
    }
