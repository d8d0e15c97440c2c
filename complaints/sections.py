"""The parts of the room that somebody is offered: register, the morning, the book, the journal, what they took in."""

from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.models import User
from offices.standing import standing

from .book_permissions import WRITING_ROLES
from .permissions import LIST_ROLES, RECEIVING_ROLES

SECTIONS: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    ("complaints:list", pgettext_lazy("complaints", "Register"), LIST_ROLES),
    ("complaints:morning", _("The morning's overview"), LIST_ROLES),
    ("complaints:handed_in", _("Taken in by me"), RECEIVING_ROLES),
    ("book:list", _("The book"), WRITING_ROLES),
    ("complaints:journal", pgettext_lazy("complaints", "Journal"), LIST_ROLES),
)


def sections_for(request: HttpRequest) -> list[dict[str, Any]]:
    """Those of the reader's roles; the longest address that begins this page's is the current one."""
    own = standing(cast(User, request.user))
    offered = [(reverse(name), label) for name, label, roles in SECTIONS if own.has(*roles)]
    within = [url for url, _label in offered if request.path.startswith(url)]
    current = max(within, key=len, default="")
    return [{"url": url, "label": label, "is_current": url == current} for url, label in offered]
