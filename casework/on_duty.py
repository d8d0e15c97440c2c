"""Who is on duty now. The roster is kept by a room above, which hangs it here in ``AppConfig.ready()``."""

from collections.abc import Callable

from offices.enums import Role
from offices.models import User
from offices.standing import standing

# Who may hold a duty: everybody of an office who works with people. Never who keeps accounts or audits.
DUTY_ROLES = (
    Role.OPERATOR,
    Role.CASEWORKER,
    Role.PSYCHOLOGIST,
    Role.LAWYER,
    Role.REGISTRAR,
    Role.HEAD,
)

Roster = Callable[[User], bool]
_ROSTERS: list[Roster] = []


def register_roster(is_on_duty: Roster) -> None:
    """Hang ``is_on_duty``: whether that person is on duty at this moment; one query at most."""
    if is_on_duty not in _ROSTERS:
        _ROSTERS.append(is_on_duty)


def is_on_duty(user: User) -> bool:
    """On duty by any roster, and still somebody of an office."""
    return standing(user).has(*DUTY_ROLES) and any(roster(user) for roster in _ROSTERS)
