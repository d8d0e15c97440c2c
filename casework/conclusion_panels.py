"""Where conclusions and releases stand on other pages: an episode's, a case's papers and releases."""

from django.db.models import QuerySet
from django.http import HttpRequest

from .conclusion_page import state_kind
from .conclusion_permissions import can_begin_conclusion
from .enums import EpisodeKind, ReleaseStatus
from .episode_permissions import can_read_episode_content
from .episode_sections import Section, register_section
from .models import Case, Conclusion, Episode, Release
from .panels import Panel, register_panel
from .release_register import STATE_KINDS


def hang_panels() -> None:
    register_section(conclusions_section, order=50)
    register_panel("papers", conclusions_panel, order=10)
    register_panel("releases", releases_panel, order=10)


def conclusions_section(request: HttpRequest, episode: Episode) -> Section | None:
    """The conclusions of a psychological episode, and where the specialist begins one."""
    if episode.kind != EpisodeKind.PSYCHOLOGICAL:
        return None
    rows = _rows(Conclusion.objects.visible_to(request.user).filter(episode=episode))
    if not rows and not can_read_episode_content(request.user, episode):
        return None
    may_begin = can_begin_conclusion(request.user, episode)
    has_draft = any(c.is_draft for c, _kind in rows)
    return Section(
        "casework/conclusion_section.html",
        {"rows": rows, "may_begin": may_begin and not has_draft, "shows_person": False},
    )


def conclusions_panel(request: HttpRequest, case: Case) -> Panel | None:
    """The conclusions of the case as far as the reader may read them; drafts stay with their author."""
    found = Conclusion.objects.visible_to(request.user).filter(episode__case=case)
    context = {"rows": _rows(found), "may_begin": False, "shows_person": True}
    return Panel("casework/conclusion_section.html", context)


def releases_panel(request: HttpRequest, case: Case) -> Panel | None:
    """What went out of the case, to whom, on what ground; requests too."""
    releases = (
        Release.objects.visible_to(request.user)
        .filter(case=case)
        .select_related("recipient", "ground", "conclusion", "requested_by")
    )
    rows = [(release, STATE_KINDS[ReleaseStatus(release.status)]) for release in releases]
    return Panel("casework/release_panel.html", {"rows": rows})


def _rows(conclusions: QuerySet[Conclusion]) -> list[tuple[Conclusion, str]]:
    found = conclusions.select_related("author", "episode__person", "replaces")
    return [(conclusion, state_kind(conclusion)) for conclusion in found]
