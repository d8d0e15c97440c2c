"""How much waits behind each entry of the rail, kept for a moment: who turns pages is not counted for anew on each.

A person's own step makes it counted anew on the next page, so does a change of where they stand; what others do is seen
:data:`KEPT_SECONDS` later at the most. The page of what waits, and the alarm of calls, are never kept.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from core import clock
from offices.models import User
from offices.standing import standing
from offices.waiting import Waiting, waiting_for

KEPT_SECONDS = 20

Handler = Callable[[HttpRequest], HttpResponse]


def counts_for(request: HttpRequest) -> dict[str, int]:
    """By the name of an entry's URL, how much waits behind it for the person of ``request``."""
    user: Any = request.user  # of a page for staff
    counts = _kept(user)
    return count(request, waiting_for(user)) if counts is None else counts


def count(request: HttpRequest, lines: Iterable[Waiting]) -> dict[str, int]:
    """The counts of ``lines``, which are all that waits for the person; the next pages will know them."""
    counts: dict[str, int] = {}
    for line in lines:
        for entry in {"reports:my_day", line.rail} - {""}:
            counts[entry] = counts.get(entry, 0) + line.count
    request.waits_behind = counts  # type: ignore[attr-defined]  # kept by the middleware, once the page has been told
    return counts


class CountsMiddleware:
    """Keeps what a page has counted; forgets it when the person does something."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST":
            if request.user.is_authenticated and _is_a_step(request, response):
                cache.delete(_key(request.user))
        elif hasattr(request, "waits_behind"):
            user: Any = request.user
            kept = (clock.now(), standing(user).key, request.waits_behind)
            cache.set(_key(user), kept, KEPT_SECONDS)
        return response


def _is_a_step(request: HttpRequest, response: HttpResponse) -> bool:
    """What was refused, or sent by a script on its own, has changed nothing."""
    return response.status_code not in (403, 404, 405) and "X-Automatic" not in request.headers


def _kept(user: User) -> dict[str, int] | None:
    found = cache.get(_key(user))
    if found is None:
        return None
    at, stood, counts = found
    is_young = 0 <= (clock.now() - at).total_seconds() < KEPT_SECONDS
    return counts if is_young and stood == standing(user).key else None


def _key(user: Any) -> str:
    return f"waits:{user.pk}"
