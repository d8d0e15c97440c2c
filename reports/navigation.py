"""The rail of every page, by role, with what waits."""

from typing import Any

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``navigation``: the entries of the rail (url, label, icon, count, is_current)."""
    return {"navigation": []}
