"""The own account: who one is here, and what happened to the account."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from ..models import Membership, SecurityEvent
from ..reading import staff_page

EVENTS_SHOWN = 20


@staff_page
def show_account(request: HttpRequest) -> HttpResponse:
    """Own memberships, ways to sign in, and the latest events of the account."""
    context = {
        "memberships": Membership.objects.active()
        .filter(user=request.user)
        .select_related("office"),
        "events": SecurityEvent.objects.filter(user=request.user).select_related("by")[
            :EVENTS_SHOWN
        ],
    }
    return TemplateResponse(request, "offices/account.html", context)
