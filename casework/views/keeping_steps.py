"""What the small steps of keeping share: carried out or refused in words, then back."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from core.errors import DomainError


def done(
    request: HttpRequest, act: Callable[[], object], back: str, words: str = ""
) -> HttpResponse:
    """Carry out ``act``; whatever becomes of it is said on the page at ``back``."""
    try:
        act()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        if words:
            messages.success(request, words)
    return HttpResponseRedirect(back)
