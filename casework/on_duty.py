"""Who is on duty now. The roster is kept by a room above, which hangs it here in ``AppConfig.ready()``."""

from collections.abc import Callable

from offices.enums import Role
from offices.models import User
from offices.standing import standing

Roster = Callable[[User], bool]
_ROSTERS: list[Roster] = []


def register_roster(is_on_duty: Roster) -> None:
    """Hang ``is_on_duty``: whether that person is on duty at this moment; one query at most."""
    if is_on_duty not in _ROSTERS:
        _ROSTERS.append(is_on_duty)


def is_on_duty(user: User) -> bool:
    """On duty by any roster, and still somebody who works with clients."""
    works = standing(user).has(Role.OPERATOR, Role.CASEWORKER, Role.HEAD)
    return works and any(roster(user) for roster in _ROSTERS)
