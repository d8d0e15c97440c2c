"""The rail of every page, by role. What waits is counted by a request of its own, so that no page waits for it."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from offices.enums import Role
from offices.standing import Standing, standing

CASE_ROLES = (Role.OPERATOR, Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD)
CALL_ROLES = (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)
HELP_ROLES = (Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD)


@dataclass(frozen=True)
class Entry:
    """One entry of the rail; ``name`` is the name of its URL, ``key`` follows ``g`` on the keyboard.

    ``also``: beginnings of other addresses whose pages belong to it.
    """

    name: str
    label: str | Promise
    icon: str
    key: str
    roles: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    count: int = 0
    is_current: bool = False

    @property
    def url(self) -> str:
        return reverse(self.name)

    def reach(self, path: str) -> int:
        """How much of ``path`` is the entry's own; 0 where it is a page of another part."""
        found = [
            p for p in (self.url, *self.also) if path == p or (p != "/" and path.startswith(p))
        ]
        return max(map(len, found), default=0)


ENTRIES = (
    Entry("reports:my_day", _("My day"), "day", "d"),
    Entry("calls:board", _("Intake"), "intake", "i", CALL_ROLES, also=("/referrals/",)),
    Entry("cases:list", _("Cases"), "case", "c", CASE_ROLES),
    Entry("episodes:list", _("Help"), "family", "e", (Role.CASEWORKER, *HELP_ROLES)),
    Entry(
        "tasks:list",
        pgettext_lazy("rail", "What is due"),
        "soon",
        "t",
        (Role.CASEWORKER, *HELP_ROLES),
    ),
    Entry("episodes:calendar", _("Calendar"), "calendar", "k", (Role.PSYCHOLOGIST, Role.LAWYER)),
    Entry("conclusions:desk", _("Conclusions"), "conclusion", "z", (Role.PSYCHOLOGIST, Role.HEAD)),
    Entry(
        "releases:register",
        _("Releases"),
        "release",
        "r",
        (Role.CASEWORKER, *HELP_ROLES, Role.AUDITOR),
        also=("/referrals/outgoing/",),
    ),
    Entry(
        "complaints:list",
        _("Complaints"),
        "complaint",
        "j",
        (Role.REGISTRAR, Role.HEAD, Role.CITY_HEAD),
    ),
    Entry(
        "complaints:handed_in",
        _("Complaints taken in"),
        "complaint",
        "o",
        (Role.OPERATOR, Role.CASEWORKER),
    ),
    Entry("book:list", _("The book"), "complaint", "h", (Role.PSYCHOLOGIST, Role.LAWYER)),
    Entry("offices:staff", _("Staff"), "staff", "s", (Role.HEAD,)),
    Entry("reports:reading", _("Who read what"), "read", "l", (Role.HEAD, Role.AUDITOR)),
    Entry("offices:calendar", _("Working calendar"), "calendar", "w", (Role.ADMINISTRATOR,)),
    Entry("admin:index", _("Accounts and lists"), "settings", "a", (Role.ADMINISTRATOR,)),
)


def entries_for(own: Standing, path: str) -> list[Entry]:
    """The entries of the rail for a standing; the one that reaches farthest into ``path`` is the current one."""
    offered = [e for e in ENTRIES if not e.roles or own.has(*e.roles)]
    current = max(offered, key=lambda e: e.reach(path), default=None)
    return [replace(e, is_current=e is current and e.reach(path) > 0) for e in offered]


def counted(entries: list[Entry], counts: dict[str, int]) -> list[Entry]:
    """The same entries with how much waits behind each."""
    return [replace(e, count=counts.get(e.name, 0)) for e in entries]


def navigation(request: HttpRequest) -> dict[str, Any]:
    """``navigation``: the rail's entries, uncounted; none for people who are not signed in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"navigation": []}
    return {"navigation": entries_for(standing(user), request.path)}


def path_of_page(request: HttpRequest) -> str:
    """The address of the page that asks for its rail."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path or request.path
