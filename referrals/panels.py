"""Where referrals stand on other pages: a case's papers, an episode's page; and where a release of one leads."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from casework.enums import ReleaseForm
from casework.episode_sections import Section, register_section
from casework.models import Case, Episode, Release
from casework.panels import Panel, register_panel
from casework.permissions import can_read_case
from casework.release_sources import register_source
from offices.reading import note_read

from .enums import OutgoingStatus
from .models import IncomingReferral, OutgoingReferral
from .permissions import can_ask_outgoing
from .tables.referrals import STATE_KINDS


def hang_panels() -> None:
    register_panel("papers", referrals_panel, order=40)
    register_section(referrals_section, order=70)
    register_source(ReleaseForm.REFERRAL, _outgoing_of)
    register_source(ReleaseForm.FEEDBACK, _incoming_of)


def referrals_panel(request: HttpRequest, case: Case) -> Panel:
    """What was referred to other bodies, as far as the reader may see it, and what the case came in by."""
    found = OutgoingReferral.objects.visible_to(request.user).filter(case=case)
    incoming = list(
        IncomingReferral.objects.visible_to(request.user)
        .filter(case=case)
        .select_related("organisation")
    )
    note_read(request, *incoming)
    asks = can_ask_outgoing(request.user, case)
    context = {
        "rows": _rows(request, found),
        "incoming": incoming,
        "ask_url": reverse("referrals:ask_outgoing", args=[case.pk]) if asks else "",
    }
    return Panel("referrals/outgoing_panel.html", context)


def referrals_section(request: HttpRequest, episode: Episode) -> Section | None:
    """Referrals asked for out of this help, and where one is asked for."""
    found = OutgoingReferral.objects.visible_to(request.user).filter(episode=episode)
    rows = _rows(request, found)
    asks = can_read_case(request.user, episode.case) and can_ask_outgoing(
        request.user, episode.case
    )
    if not rows and not asks:
        return None
    url = reverse("referrals:ask_outgoing", args=[episode.case_id]) + f"?episode={episode.pk}"
    context = {"rows": rows, "incoming": [], "ask_url": url if asks else ""}
    return Section("referrals/outgoing_panel.html", context)


def _rows(
    request: HttpRequest, found: QuerySet[OutgoingReferral]
) -> list[tuple[OutgoingReferral, str]]:
    rows = list(found.select_related("organisation", "requested_by"))
    note_read(request, *rows)
    return [(row, STATE_KINDS[OutgoingStatus(row.status)]) for row in rows]


def _outgoing_of(release: Release) -> str:
    return release.outgoing_referral.get_absolute_url()


def _incoming_of(release: Release) -> str:
    return release.referral_feedback.get_absolute_url()
