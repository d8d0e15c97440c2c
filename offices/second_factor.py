"""Roles that must carry a second factor are led to set one up before anything else."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from .enums import Role
from .models import User
from .session import is_by_script
from .standing import standing

_HAS_ONE = "has_second_factor"
_WAYS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
# What somebody without a factor may use: signing in and out, the account itself, setting one up.
_SETTING_UP = ("account_", "mfa_")


def must_carry_second_factor(user: User) -> bool:
    """Whether a role that ``user`` holds today asks for one; settings.SECOND_FACTOR_ROLES names the roles."""
    own, asked = standing(user), settings.SECOND_FACTOR_ROLES
    if own.is_administrator and Role.ADMINISTRATOR in asked:
        return True
    return bool(asked) and own.has(*asked)


def has_second_factor(user: User, *, among: QuerySet[Authenticator] | None = None) -> bool:
    """Whether ``user`` has an app or a key (``among`` those, all unless told). Recovery codes alone are none."""
    factors = Authenticator.objects.all() if among is None else among
    return factors.filter(user_id=user.pk, type__in=_WAYS).exists()


class SecondFactorMiddleware:
    """Asks once a session; the answer cannot turn, as the last factor of such a person cannot be removed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.second_factor_due = False  # type: ignore[attr-defined]  # our own attribute, for templates
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not request.user.is_authenticated or not self._is_due(request):
            return None
        request.second_factor_due = True  # type: ignore[attr-defined]  # our own attribute
        name = request.resolver_match.view_name if request.resolver_match else ""
        if getattr(view, "is_open", False) or name.startswith(_SETTING_UP):
            return None
        if "X-Automatic" in request.headers:
            return HttpResponse(status=204)
        if is_by_script(request):
            return JsonResponse({"error": "second factor"}, status=403)
        return HttpResponseRedirect(reverse("mfa_index"))

    def _is_due(self, request: HttpRequest) -> bool:
        if request.session.get(_HAS_ONE) or not must_carry_second_factor(request.user):
            return False
        if has_second_factor(request.user):
            request.session[_HAS_ONE] = True
            return False
        return True
