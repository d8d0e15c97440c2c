"""Where summaries are met: among a case's releases, on my day, and what people are told."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from offices.enums import Role
from offices.models import User
from offices.notices import register_kind
from offices.standing import standing
from offices.waiting import register_feed, saying
from offices.waiting_lines import Lines, lines_kept

from .enums import ReleaseForm, ReleaseStatus
from .models import Case, CaseSummary, Release
from .panels import Panel, reader_of, register_panel
from .release_register import STATE_KINDS
from .release_sources import register_source
from .summary_permissions import can_ask_summary


def register() -> None:
    register_panel("releases", summaries_panel, order=20)
    register_feed(summaries_waiting_for)
    register_source(ReleaseForm.SUMMARY, _page_of)
    register_kind("summary_asked", _("A case summary waits for your decision"))
    register_kind("summary_granted", _("A case summary was released"))
    register_kind("summary_refused", _("A case summary was not released"))


def summaries_panel(request: HttpRequest, case: Case) -> Panel | None:
    """Requests that are not in the register yet, and the way to ask for a summary."""
    if not can_ask_summary(reader_of(request), case):
        return None
    found = CaseSummary.objects.visible_to(reader_of(request)).filter(case=case)
    rows = found.exclude(status=ReleaseStatus.GRANTED).select_related(
        "recipient", "ground", "requested_by"
    )
    shown = [(summary, STATE_KINDS[ReleaseStatus(summary.status)]) for summary in rows]
    return Panel("casework/summary_panel.html", {"rows": shown})


@lines_kept
def summaries_waiting_for(user: User) -> Iterable[Lines]:
    """The requests that wait for a head's decision."""
    if standing(user).has(Role.HEAD):
        words = _("A case summary waits for your decision")
        say = saying(words, "summaries:decide", rail="releases:register")
        yield Lines(CaseSummary.objects.to_decide_by(user), say, at="requested_at")


def _page_of(release: Release) -> str:
    found = CaseSummary.objects.filter(release=release).first()
    return found.get_absolute_url() if found else ""
