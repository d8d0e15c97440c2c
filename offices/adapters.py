"""How allauth behaves here: closed sign-up, names instead of e-mail, our throttle, secrets kept encrypted."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from . import throttle
from .enums import SecurityKind
from .models import User
from .second_factor import has_second_factor, must_carry_second_factor
from .security import note_security
from .session import begin_session, has_just_signed_in

_EVENTS = {
    "account/email/password_changed": SecurityKind.PASSWORD_CHANGED,
    "mfa/email/totp_activated": SecurityKind.FACTOR_ADDED,
    "mfa/email/totp_deactivated": SecurityKind.FACTOR_REMOVED,
    "mfa/email/webauthn_added": SecurityKind.FACTOR_ADDED,
    "mfa/email/webauthn_removed": SecurityKind.FACTOR_REMOVED,
    "mfa/email/recovery_codes_generated": SecurityKind.CODES_MADE,
}


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("The user name or the password is not right."),
        "too_many_login_attempts": _("Too many attempts. Wait 15 minutes and try again."),
        "enter_current_password": _("Type your present password."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": _("The code is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes their own account: the administrator does."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return getattr(request, "client_address", None) or "unknown"

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person whose name and password these are. Raises ValidationError while the pair is locked."""
        name = credentials.get("username") or ""
        try:
            attempt = throttle.begin_attempt(name, self.get_client_ip(request))
        except throttle.TooManyFailures:
            raise self.validation_error("too_many_login_attempts") from None
        user: User | None = authenticate(request, **credentials)  # type: ignore[assignment]  # our user model
        if user is not None:
            attempt.succeeded()
            return user
        owner = User.objects.filter(username=name.strip().lower()).first()
        kind = SecurityKind.LOCKED if attempt.is_last else SecurityKind.FAILED
        note_security(kind, owner, request=request)
        return None

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        begin_session(request)
        note_security(SecurityKind.SIGNED_IN, user, request=request)
        return super().post_login(request, user, **kwargs)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever has just signed in is not asked twice."""
        return not has_just_signed_in(self.request, settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """As if the name were unknown; reached only where an account is closed between password and second factor."""
        return redirect("account_login")

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Signing in and out needs no banner; the pages say what has changed."""

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Instead of mail: an event that the owner and the auditor see."""
        if template_prefix in _EVENTS:
            note_security(_EVENTS[template_prefix], user, request=self.request, by=user)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets of second factors lie in the database only encrypted, with a key made from SECRET_KEY."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right."),
        "cannot_delete_authenticator": _(
            "Your role works with a second factor. Add another one first, then remove this one."
        ),
    }

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last factor of somebody who must carry one."""
        others = Authenticator.objects.exclude(pk=authenticator.pk)
        return not must_carry_second_factor(authenticator.user) or has_second_factor(
            authenticator.user, among=others
        )

    def encrypt(self, text: str) -> str:
        return self._cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return self._cipher().decrypt(encrypted_text.encode()).decode()

    def _cipher(self) -> Fernet:
        key = hashlib.sha256(b"second factors\0" + settings.SECRET_KEY.encode()).digest()
        return Fernet(base64.urlsafe_b64encode(key))
