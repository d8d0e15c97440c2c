"""Answers when something went wrong before a view was reached."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import REASON_BAD_ORIGIN, REASON_BAD_REFERER
from django.shortcuts import render
from django.utils.translation import gettext as _

from core.interrupted import page_of

from ..reading import open_page
from ..session import is_by_script, keep_typed

# Another site sent it: nothing of it is kept.
_FOREIGN = (REASON_BAD_ORIGIN.split("%")[0], REASON_BAD_REFERER.split("%")[0])


@open_page
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came with an old token, as after signing in again: its page comes back with what was typed and a fresh one.

    403 in words where nothing could be kept, 403 JSON for a script.
    """
    if is_by_script(request):
        return JsonResponse({"error": "old token"}, status=403)
    former = getattr(request, "former_user", None)
    owner: Any = request.user if request.user.is_authenticated else former
    if owner is None or reason.startswith(_FOREIGN) or not keep_typed(request, owner):
        return render(request, "403_csrf.html", {"page": page_of(request)}, status=403)
    if former is not None:
        return redirect_to_login(page_of(request))
    messages.warning(
        request, _("The page was old. What you typed is here: look it over and save again.")
    )
    return HttpResponseRedirect(page_of(request))
