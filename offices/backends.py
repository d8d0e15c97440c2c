"""Who may be signed in at all."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings


class StaffBackend(AuthenticationBackend):
    """By name and password. Closed accounts, and demo accounts outside a demo, are as good as unknown.

    Asked again on each request, so that closing an account ends its sessions.
    """

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(user.is_active) and (settings.DEMO_ALLOWED or not user.is_demo)
