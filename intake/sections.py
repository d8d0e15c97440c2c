"""The pages of intake side by side: one entry of the rail leads to all of them, by role."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offices.enums import Role
from offices.models import User
from offices.standing import standing


@dataclass(frozen=True)
class Section:
    """One page of intake: the name of its URL, what it is called, and who is offered it."""

    name: str
    label: str | Promise
    roles: tuple[str, ...]


# In the order of the page; each slice adds its own.
SECTIONS: list[Section] = [
    Section("reception:desk", _("Reception"), (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)),
    Section("raids:list", _("Raids"), (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)),
    Section(
        "visits:list",
        _("Visits"),
        (Role.OPERATOR, Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD),
    ),
]


def sections_for(user: User) -> list[Section]:
    own = standing(user)
    return [section for section in SECTIONS if own.has(*section.roles)]


def strip_for(request: HttpRequest) -> list[dict[str, object]]:
    """The sections as entries of ``{% tabs %}``; the one whose address begins the page's is the current one."""
    entries = [(reverse(s.name), s.label) for s in sections_for(request.user)]  # type: ignore[arg-type]  # signed in
    within = [url for url, _label in entries if request.path.startswith(url)]
    current = max(within, key=len, default="")
    return [{"url": u, "label": label, "is_current": u == current} for u, label in entries]
