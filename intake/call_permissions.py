"""What a person may do with calls and the duty roster. Views, templates and services ask here.

A call that a predicate is asked about has come through ``HotlineCall.objects.visible_to``.
"""

from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing

from .models import DutyShift, HotlineCall
from .standing import call_offices


def can_take_calls(user: User, office: Office | None = None) -> bool:
    """Operators, caseworkers, heads, and whoever is on duty; in ``office`` where one is named."""
    held = call_offices(user)
    return bool(held) if office is None else office.pk in held


def can_see_call(user: User, call: HotlineCall) -> bool:
    held = call_offices(user)
    return call.office_id in held or call.passed_office_id in held


def can_read_caller(user: User, call: HotlineCall) -> bool:
    """Who called is for the office that took the call alone, never for the one it was passed to."""
    return call.office_id in call_offices(user)


def can_work_call(user: User, call: HotlineCall) -> bool:
    """Send, arrive, find, pass on, end: the office that took it and the one it was passed to, while it is open."""
    return call.is_open and call.joined_to_id is None and can_see_call(user, call)


def can_change_call(user: User, call: HotlineCall) -> bool:
    """What was said and by whom is corrected by the office that took it, also after the end."""
    return can_read_caller(user, call)


def can_join_call(user: User, call: HotlineCall) -> bool:
    return can_read_caller(user, call) and call.is_real and call.joined_to_id is None


def can_part_call(user: User, call: HotlineCall) -> bool:
    return can_read_caller(user, call) and call.joined_to_id is not None


def can_look_through(user: User, call: HotlineCall | None = None) -> bool:
    """The head (or deputy) of the office that took the call."""
    led = standing(user).offices(Role.HEAD)
    return bool(led) if call is None else call.office_id in led


def can_reopen_call(user: User, call: HotlineCall) -> bool:
    """A silent call may have been a child: the head opens it again; a wrong touch, whoever made it, until it is looked at."""
    if call.is_open or call.joined_to_id is not None:
        return False
    touched = call.taken_by_id == user.pk and not call.is_real and call.looked_at is None
    return can_look_through(user, call) or (touched and can_see_call(user, call))


def can_keep_roster(user: User, office: Office | None = None) -> bool:
    led = standing(user).offices(Role.HEAD)
    return bool(led) if office is None else office.pk in led


def can_change_shift(user: User, shift: DutyShift) -> bool:
    return shift.office_id in standing(user).offices(Role.HEAD)
