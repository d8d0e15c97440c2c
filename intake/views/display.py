"""The screen of the waiting room: numbers and windows, to whoever has its link."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from offices.reading import open_page, staff_page

from ..models import WaitingRoomDisplay
from ..reception_page import screen_of
from ..services import display as services
from .reception import office_of


@require_POST
@staff_page
def open_display(request: HttpRequest) -> HttpResponse:
    """To the office's screen; its link is made where there is none."""
    office, _offices = office_of(request)
    return HttpResponseRedirect(services.display_of(office, actor=request.user).get_absolute_url())


@require_POST
@staff_page
def renew_display(request: HttpRequest) -> HttpResponse:
    """A new link; the old one shows nothing any more."""
    office, _offices = office_of(request)
    services.renew_display(office, actor=request.user)
    messages.success(
        request, _("The screen has a new link: open it anew on the waiting room's computer.")
    )
    return HttpResponseRedirect(f"{reverse('reception:desk')}?office={office.code}")


@never_cache
@require_safe
@open_page
def display(request: HttpRequest, token: str) -> HttpResponse:
    """The whole screen. It asks for its numbers by itself and needs nobody to be signed in."""
    return TemplateResponse(request, "intake/display.html", _screen(token))


@never_cache
@require_safe
@open_page
def display_numbers(request: HttpRequest, token: str) -> HttpResponse:
    """What changes on it."""
    return TemplateResponse(request, "intake/display_numbers.html", _screen(token))


def _screen(token: str) -> dict[str, object]:
    rows = WaitingRoomDisplay.objects.select_related("office").filter(office__is_active=True)
    found = get_object_or_404(rows, token=token)
    return {"screen": screen_of(found.office), "display": found}
