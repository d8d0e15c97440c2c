"""What every page knows of the person: office and role for the top bar."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .standing import standing


def office_and_role(request: HttpRequest) -> dict[str, Any]:
    """``own_place``: the one the top bar names (``Standing.place``), None for people without any."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"own_place": None}
    return {"own_place": SimpleLazyObject(lambda: standing(user).place)}
