"""What one row of the access matrix says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from .world import SURNAME, World

STAFF = "everybody who is signed in"
ANYBODY = "anybody at all"


@dataclass(frozen=True)
class Row:
    """One URL name.

    ``opens``: to whom (names of ``world.cast_of``; STAFF, ANYBODY). ``refuses``: who gets 403, knowing that it is there.
    Everybody else gets ``otherwise``, nameless people the sign-in page; ``status`` names what differs. ``kwargs`` and ``send`` are built from the world: the
    URL's arguments, and what a POST sends (None: the page is got). ``done`` is the status of one who may. ``shows`` is a
    text of the page (default: the child's surname), which only ``sees`` (default: ``opens``) may find in it.
    """

    name: str
    opens: set[str] | str
    refuses: set[str] = field(default_factory=set)
    kwargs: Callable[[World], dict[str, Any]] = lambda world: {}
    send: Callable[[World], dict[str, Any]] | None = None
    done: int = 200
    otherwise: int = 404
    status: dict[str, int] = field(default_factory=dict)
    shows: str | Callable[[World], str] = SURNAME
    sees: set[str] | None = None
    is_marked: bool = True
    """False for a view below offices, which cannot import the marks (docs/permissions.md names them)."""

    @property
    def is_open(self) -> bool:
        """Whether nameless people are let in at all."""
        return self.opens == ANYBODY or "anonymous" in self.opens

    def expected(self, person: str) -> int:
        """The status that ``person`` gets; 302 for the nameless means the sign-in page."""
        if person in self.status:
            return self.status[person]
        if self.opens == ANYBODY or person in self.opens:
            return self.done
        if person == "anonymous":
            return 302
        if self.opens == STAFF:
            return self.done
        return 403 if person in self.refuses else self.otherwise

    def found_by(self, person: str) -> bool:
        """Whether ``person`` may find the row's text in the answer."""
        seen = self.opens if self.sees is None else self.sees
        return seen == ANYBODY or (seen == STAFF and person != "anonymous") or person in seen

    def text(self, world: World) -> str:
        return self.shows if isinstance(self.shows, str) else self.shows(world)
