"""Half an hour of nothing puts a person out; what they had typed is kept, and waits for them alone.

The session's row stays until it expires, so that a form which is sent too late still finds whose it was: what it holds
goes to that person's drafts, and nothing of it is carried out.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse

from core import clock
from core.interrupted import keep_interrupted, keep_sent, page_of

from .models import User

SEEN_AT = "seen_at"
_SIGNED_IN_AT = "signed_in_at"
_WRITTEN_AT_MOST_EVERY = 60

Handler = Callable[[HttpRequest], HttpResponse]


def is_by_script(request: HttpRequest) -> bool:
    """Whether a script of a page asks, which wants a status instead of another page."""
    mode = request.headers.get("Sec-Fetch-Mode", "")
    if mode:
        return mode != "navigate"
    return bool(request.headers.get("HX-Request") or request.headers.get("X-Requested-With"))


Arrival = Callable[[User], object]
_ARRIVALS: list[Arrival] = []


def register_arrival(act: Arrival) -> None:
    """Hang what is to be done when somebody has signed in, such as telling them what the clock alone has brought about."""
    if act not in _ARRIVALS:
        _ARRIVALS.append(act)


def begin_session(request: HttpRequest) -> None:
    """Somebody has just signed in: their half hour begins now."""
    request.session[SEEN_AT] = request.session[_SIGNED_IN_AT] = int(clock.now().timestamp())
    for act in _ARRIVALS:
        act(request.user)  # type: ignore[arg-type]  # who has just signed in


def has_just_signed_in(request: HttpRequest, within: int) -> bool:
    """Whether the person showed all their factors less than ``within`` seconds ago."""
    return int(clock.now().timestamp()) - request.session.get(_SIGNED_IN_AT, 0) < within


class IdleMiddleware:
    """Makes a person anonymous whose session has been idle too long; ``request.former_user`` is who it was."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.former_user = None  # type: ignore[attr-defined, misc]  # our own attribute
        if request.user.is_authenticated:
            self._look_at_the_clock(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """Somebody put out who sends a form: it is kept instead of carried out."""
        former = request.former_user  # type: ignore[attr-defined]  # set above
        if former is None or getattr(view, "is_open", False):
            return None
        if request.method == "POST":
            keep_typed(request, former)
        if is_by_script(request):
            return JsonResponse({"error": "signed out"}, status=401)
        return redirect_to_login(
            page_of(request) if request.method == "POST" else request.get_full_path()
        )

    def _look_at_the_clock(self, request: HttpRequest) -> None:
        now = int(clock.now().timestamp())
        seen = request.session.get(SEEN_AT, now)
        if now - seen > settings.SESSION_IDLE_MINUTES * 60:
            request.former_user = User.objects.get(pk=request.user.pk)  # type: ignore[attr-defined, misc]  # our own attribute
            request.user = AnonymousUser()
        elif SEEN_AT not in request.session or self._counts(request, now - seen):
            request.session[SEEN_AT] = now

    def _counts(self, request: HttpRequest, since: int) -> bool:
        """Automatic requests (X-Automatic) do not prolong; others write the session at most once a minute."""
        return since >= _WRITTEN_AT_MOST_EVERY and "X-Automatic" not in request.headers


def keep_typed(request: HttpRequest, owner: User) -> bool:
    """Keep what a POST holds as ``owner``'s draft, for its form; whether there was anything to keep."""
    match = request.resolver_match
    if match is not None and match.view_name == "core:save_draft":
        return keep_sent(owner, request.POST) is not None
    return keep_interrupted(owner, request.POST) is not None
