"""Drafts: what is typed is on the server within seconds, and comes back after a crash, a timeout or a power cut."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from core import clock

from .models import Draft

# Fields that are never part of a draft, whatever a page sends.
NEVER_KEPT = {
    "csrfmiddlewaretoken",
    "password",
    "private_note",
    "submission_key",
    "add_row",
    "kept_as",
}
LARGEST_BYTES = 512 * 1024
LONGEST_KEY = 120


def find_draft(user: Any, key: str) -> Draft | None:
    """The draft that ``user`` left under ``key``; the caller has checked that the form itself is theirs."""
    return Draft.objects.filter(user=user, key=key).first()


def typed_into(draft: Draft) -> QueryDict:
    """The draft as the data of a form: every field with all its values."""
    typed = QueryDict(mutable=True)
    for name, values in draft.payload.items():
        typed.setlist(name, values)
    return typed


def discard_draft(user: Any, key: str) -> None:
    Draft.objects.filter(user=user, key=key).delete()


def keep_draft(user: Any, key: str, payload: dict[str, list[str]]) -> Draft:
    """Store ``payload`` (field → values) as ``user``'s draft under ``key``, in place of the one before."""
    kept = {name: values for name, values in payload.items() if name not in NEVER_KEPT}
    draft, _ = Draft.objects.update_or_create(
        user=user, key=key, defaults={"payload": kept, "saved_at": clock.now()}
    )
    return draft


@require_POST
@login_required
def save_draft(request: HttpRequest) -> HttpResponse:
    """POST ``key`` and ``payload`` (JSON: field → list of texts); answers {"saved_at": "14:32"}, or 400."""
    key, raw = request.POST.get("key", ""), request.POST.get("payload", "")
    try:
        payload = read_payload(raw)
    except ValueError:
        return JsonResponse({"error": "payload"}, status=400)
    if not key or len(key) > LONGEST_KEY or "\0" in key:
        return JsonResponse({"error": "key"}, status=400)
    if request.POST.get("discard"):
        discard_draft(request.user, key)
        return _discarded(request)
    draft = keep_draft(request.user, key, payload)
    return JsonResponse({"saved_at": timezone.localtime(draft.saved_at).strftime("%H:%M")})


def _discarded(request: HttpRequest) -> HttpResponse:
    """Back to the form (``next``, on this host) that begins anew; JSON for a script."""
    url = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()):
        return HttpResponseRedirect(url)
    return JsonResponse({"saved_at": ""})


@require_GET
@never_cache
def fresh_token(request: HttpRequest) -> HttpResponse:
    """For a page that was open while its reader signed in again: {"csrf": …, "person": …}; 401 where nobody is in."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "signed out"}, status=401)
    return JsonResponse({"csrf": get_token(request), "person": str(request.user.pk)})


@require_GET
@login_required
def signed_in(request: HttpRequest) -> HttpResponse:
    """Where the second tab ends after signing in again: it says to go back to the first one."""
    return render(request, "signed_in_again.html")


def read_payload(raw: str) -> dict[str, list[str]]:
    """Raises ValueError where the text is too large or of another shape."""
    if len(raw) > LARGEST_BYTES:
        raise ValueError("too large")
    try:
        payload = json.loads(raw or "{}")
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(payload, dict):
        raise ValueError("not an object")
    return {
        _storable(name)[:100]: [_storable(str(v)) for v in values if not isinstance(v, list | dict)]
        for name, values in payload.items()
        if isinstance(values, list)
    }


def _storable(text: str) -> str:
    """``text`` without what PostgreSQL cannot keep: NUL, and halves of characters that JSON lets in."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode("utf-8")
