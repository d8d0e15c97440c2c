"""The own account: who one is here, and what happened to the account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from ..account_sections import rendered_account_sections
from ..models import Membership, SecurityEvent, StandIn
from ..reading import staff_page
from ..second_factor import has_second_factor

EVENTS_SHOWN = 20


@staff_page
def show_account(request: HttpRequest) -> HttpResponse:
    """Own memberships, ways to sign in, and the latest events of the account."""
    events = SecurityEvent.objects.filter(user=request.user).select_related("by")
    stand_ins = StandIn.objects.active().filter(user=request.user)
    context = {
        "memberships": Membership.objects.active()
        .filter(user=request.user)
        .select_related("office"),
        "standing_in": stand_ins.select_related("membership__user"),
        "factors": has_second_factor(request.user),
        "sections": rendered_account_sections(request),
        "events": [_line(event) for event in events[:EVENTS_SHOWN]],
    }
    return TemplateResponse(request, "offices/account.html", context)


def _line(event: SecurityEvent) -> dict[str, Any]:
    """An event as a line of the timeline; who did it only where it was somebody else."""
    by = event.by if event.by_id != event.user_id else None
    return {
        "at": event.at,
        "title": event.get_kind_display(),
        "by": by.full_name if by else "",
        "text": event.address or "",
        "url": "",
        "icon": "",
    }
