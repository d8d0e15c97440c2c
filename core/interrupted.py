"""A form that was sent too late (signed out meanwhile, or with an old token): what it held becomes its draft.

The form says itself where its draft lies (``kept_as``, set by ``core.saving.kept_form``), and brings it back when it is
opened again. Files cannot be kept; fields of ``NEVER_KEPT`` are not.
"""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from .drafts import LARGEST_BYTES, LONGEST_KEY, keep_draft, read_payload
from .models import Draft

KEPT_AS = "kept_as"


def page_of(request: HttpRequest) -> str:
    """The page whose form this POST is: the one that the browser names, on this host; else the address it was sent to."""
    referrer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referrer, {request.get_host()}, request.is_secure()):
        return urlsplit(referrer).path or "/"
    return request.path


def keep_interrupted(owner: Any, sent: QueryDict) -> Draft | None:
    """Keep what the POST holds as ``owner``'s draft of its form; None where the form keeps no drafts."""
    key = sent.get(KEPT_AS, "")
    typed = {n[:100]: [v.replace("\0", "") for v in values] for n, values in sent.lists()}
    if not _is_key(key) or sum(len(v) for values in typed.values() for v in values) > LARGEST_BYTES:
        return None
    return keep_draft(owner, key, typed)


def keep_sent(owner: Any, sent: QueryDict) -> Draft | None:
    """Keep a draft that a page sent for ``owner`` after they had been put out; None where it is not one."""
    key = sent.get("key", "")
    try:
        payload = read_payload(sent.get("payload", ""))
    except ValueError:
        return None
    if not payload or not _is_key(key) or sent.get("discard"):
        return None
    return keep_draft(owner, key, payload)


def _is_key(key: str) -> bool:
    return bool(key) and len(key) <= LONGEST_KEY and "\0" not in key
