"""Drafts: what is typed is on the server within seconds, and comes back after a crash, a timeout or a power cut."""

import json
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_POST

from core import clock

from .models import Draft

# Fields that are never part of a draft, whatever a page sends.
NEVER_KEPT = {"csrfmiddlewaretoken", "password", "private_note", "submission_key"}
LARGEST_BYTES = 512 * 1024


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
        payload = _read_payload(raw)
    except ValueError:
        return JsonResponse({"error": "payload"}, status=400)
    if not key or len(key) > 120 or "\0" in key:
        return JsonResponse({"error": "key"}, status=400)
    if request.POST.get("discard"):
        discard_draft(request.user, key)
        return JsonResponse({"saved_at": ""})
    draft = keep_draft(request.user, key, payload)
    return JsonResponse({"saved_at": timezone.localtime(draft.saved_at).strftime("%H:%M")})


def _read_payload(raw: str) -> dict[str, list[str]]:
    """Raises ValueError where the text is too large or of another shape."""
    if len(raw) > LARGEST_BYTES:
        raise ValueError("too large")
    payload = json.loads(raw or "{}")
    if not isinstance(payload, dict):
        raise ValueError("not an object")
    return {
        str(name)[:100]: [str(v).replace("\0", "") for v in values]
        for name, values in payload.items()
        if isinstance(values, list)
    }
