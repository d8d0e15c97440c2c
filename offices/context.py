"""What every page knows of the person: office and role for the top bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import Membership


def office_and_role(request: HttpRequest) -> dict[str, Any]:
    """``membership``: the one the top bar names (the first in force), None for people without any."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"membership": None}
    return {
        "membership": SimpleLazyObject(
            lambda: Membership.objects.active().filter(user=user).select_related("office").first()
        )
    }
