"""The help tab of a case: its episodes as far as the reader may know of them."""

from django.http import HttpRequest

from .enums import EpisodeStatus
from .episode_permissions import can_request_episode
from .episode_tables import STATE_LOOKS
from .models import Case, Episode
from .panels import Panel, register_panel


def hang_panel() -> None:
    register_panel("episodes", episodes_panel, order=10)


def episodes_panel(request: HttpRequest, case: Case) -> Panel:
    """The case's episodes, the newest first; a specialist sees their own."""
    episodes = (
        Episode.objects.content_visible_to(request.user)
        .filter(case=case)
        .select_related("person", "office", "specialist")
    )
    rows = [(episode, STATE_LOOKS[EpisodeStatus(episode.status)]) for episode in episodes]
    return Panel(
        "casework/episode_panel.html",
        {"rows": rows, "may_ask": can_request_episode(request.user, case)},
    )
