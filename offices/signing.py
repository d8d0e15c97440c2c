"""The password again: what stands for a hand on a paper. Guessing it is slowed as at sign-in, and counts with it."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from . import throttle
from .enums import SecurityKind
from .models import User
from .security import note_security


def password_refusal(request: HttpRequest, password: str) -> str:
    """Why ``password`` does not confirm the person who is signed in; empty where it does.

    Ask before the transaction of the state change, so that a failure is counted even when nothing else is kept.
    """
    user = request.user
    try:
        attempt = throttle.begin_attempt(
            user.get_username(), getattr(request, "client_address", None)
        )
    except throttle.TooManyFailures as refusal:
        return str(refusal)
    if user.check_password(password):
        attempt.succeeded()
        return ""
    owner = User.objects.get(pk=user.pk)  # type: ignore[misc]  # nobody anonymous signs
    kind = SecurityKind.LOCKED if attempt.is_last else SecurityKind.SIGNATURE_REFUSED
    note_security(kind, owner, request=request, by=owner)
    return _("This is not your password. Nothing was signed.")


def confirm_password(request: HttpRequest, password: str) -> bool:
    """Whether ``password`` is that of the person who is signed in; :func:`password_refusal` says why not."""
    return not password_refusal(request, password)
