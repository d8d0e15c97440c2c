"""Builders of calls and duty for tests, through the services or straight, as the test needs."""

import datetime as dt

from core import clock
from intake.models import DutyShift, HotlineCall
from intake.services.calls import Said, register_call
from offices.enums import Role
from tests import builders as make

WHAT = "За стеной второй час кричат и бьют ребёнка, девочку."
WHERE = "Проспект Чүй, дом не помню, за рынком, четвёртый этаж"
MINUTE = dt.timedelta(minutes=1)


def make_operator(office=None, **fields):
    return make.make_user(Role.OPERATOR, office, **fields)


def make_call(operator=None, *, minutes_ago=0, office=None, **said) -> HotlineCall:
    """A real call as an operator of ``office`` types it, received ``minutes_ago``."""
    make.make_standard()
    operator = operator or make_operator(office)
    office = office or operator.memberships.first().office
    said.setdefault("what", WHAT)
    said.setdefault("where", WHERE)
    said.setdefault("received_at", clock.now() - minutes_ago * MINUTE)
    return register_call(office, Said(**said), actor=operator)


def make_shift(user, office=None, **fields):
    """On duty since an hour ago for twelve hours."""
    fields.setdefault("starts_at", clock.now() - 60 * MINUTE)
    fields.setdefault("ends_at", clock.now() + 660 * MINUTE)
    fields.setdefault("phone", "0555 00 00 01")
    return DutyShift.objects.create(
        user=user, office=office or user.memberships.first().office, **fields
    )
