"""Whose calls a person holds: by role, or because they are on duty now."""

from core import clock
from offices.enums import Role
from offices.models import User
from offices.standing import standing

TAKE_CALLS = (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)
# Who may be on duty: everybody of an office who works with clients.
MAY_BE_ON_DUTY = (*TAKE_CALLS, Role.PSYCHOLOGIST, Role.LAWYER, Role.REGISTRAR)


def call_offices(user: User) -> frozenset[int]:
    """Ids of the offices whose calls ``user`` holds: as operator, caseworker or head, or as whoever is on duty now."""
    own = standing(user)
    member_of = own.offices(*MAY_BE_ON_DUTY)
    by_role = own.offices(*TAKE_CALLS)
    if not member_of - by_role:
        return by_role
    return by_role | (member_of & _on_duty_in(user))


def is_on_duty(user: User) -> bool:
    """Whether a shift of theirs runs now, in whatever office."""
    return bool(_on_duty_in(user))


def _on_duty_in(user: User) -> frozenset[int]:
    from .models import DutyShift

    now = clock.now()
    running = DutyShift.objects.filter(user=user, starts_at__lte=now, ends_at__gt=now)
    return frozenset(running.values_list("office_id", flat=True))
