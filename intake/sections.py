"""The pages of intake side by side: one entry of the rail leads to all of them, by role."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .standing import TAKE_CALLS, call_offices


@dataclass(frozen=True)
class Section:
    """One page of intake: the name of its URL, what it is called, and who is offered it.

    ``for_duty``: also whoever is on duty now, whatever their role.
    """

    name: str
    label: str | Promise
    roles: tuple[str, ...]
    for_duty: bool = False

    @property
    def url(self) -> str:
        return reverse(self.name)


# The entry of the rail that counts what waits in any of them.
RAIL = "calls:board"

# In the order of the page; each slice adds its own.
SECTIONS: list[Section] = [
    Section("calls:board", _("Board"), TAKE_CALLS, for_duty=True),
    Section("calls:list", _("Calls"), TAKE_CALLS, for_duty=True),
    Section("calls:look_through", _("To look through"), (Role.HEAD,)),
    Section("duty:roster", _("Duty"), TAKE_CALLS, for_duty=True),
    Section("reception:desk", _("Reception"), (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)),
    Section("raids:list", _("Raids"), (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)),
    Section("referrals:incoming", _("Referrals"), (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)),
    Section("applications:list", _("Applications"), (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)),
    Section(
        "visits:list",
        _("Visits"),
        (Role.OPERATOR, Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD),
    ),
]


def sections_for(user: User) -> list[Section]:
    own = standing(user)
    found = [section for section in SECTIONS if own.has(*section.roles)]
    if len(found) == len(SECTIONS) or own.has(*TAKE_CALLS) or not call_offices(user):
        return found
    return [section for section in SECTIONS if section in found or section.for_duty]


def strip_for(request: HttpRequest) -> list[dict[str, object]]:
    """The sections as entries of ``{% tabs %}``; the one whose address begins the page's is the current one."""
    offered = sections_for(request.user)  # type: ignore[arg-type]  # signed in
    within = [s.url for s in offered if request.path.startswith(s.url)]
    current = max(within, key=len, default="")
    return [{"url": s.url, "label": s.label, "is_current": s.url == current} for s in offered]
