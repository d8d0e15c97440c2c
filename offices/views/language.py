"""The other language, one click away on every page."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from core.language import CODES

from ..reading import open_page


@open_page
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """POST ``language`` and ``next`` (an address of this site): keeps the choice in a cookie and goes back there."""
    response = HttpResponseRedirect(_local(request, request.POST.get("next", "")))
    chosen = request.POST.get("language", "")
    if chosen in CODES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            samesite=settings.LANGUAGE_COOKIE_SAMESITE,
        )
    return response


def _local(request: HttpRequest, url: str) -> str:
    """``url`` where it is an address of this site, else the first page."""
    safe = url_has_allowed_host_and_scheme(
        url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return url if safe and url.startswith("/") else "/"
