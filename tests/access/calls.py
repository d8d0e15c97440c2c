"""Calls to the trust line, their board, and the duty roster: who holds them by office, and whoever heads it."""

from intake.services.call_joining import join_calls
from intake.services.call_steps import arrive
from intake.services.calls import register_empty_call
from offices.enums import Role
from tests import builders as make
from tests.intake.call_builders import make_call, make_shift

from .rows import Row
from .world import HEADS_OF_IT, SURNAME

# Operators, caseworkers and heads of the office of the world's case; a conflict of interest in a case shuts nobody out of calls.
HOLD = HEADS_OF_IT | {
    "responsible",
    "stand-in",
    "colleague",
    "operator",
    "head shut out",
    "colleague shut out",
}
ALL_WHO_HOLD_CALLS = HOLD | {
    "social worker with an episode",
    "Centre's head",
    "other caseworker",
    "other head",
    "other operator",
}
LENIN_HEADS = HEADS_OF_IT | {"head shut out"}
HEADS = LENIN_HEADS | {"Centre's head", "other head"}


def _operator(world):
    return world.colleague(Role.OPERATOR)


def _call(world):
    """A call about the child of the world; every stranger's office has one of its own."""
    for office in (make.make_office("oktyabr"), world.centre):
        make_call(make.make_user(Role.OPERATOR, office))
    return make_call(_operator(world), where=f"{SURNAME} жашаган үй")


def _pk(world):
    return {"pk": _call(world).pk}


def _on_site(world):
    call = _call(world)
    arrive(call, actor=call.taken_by)
    return {"pk": call.pk}


def _joined(world):
    call = _call(world)
    first = make_call(call.taken_by, minutes_ago=9)
    join_calls(first, call, actor=call.taken_by)
    return {"pk": call.pk}


def _ended(world):
    call = register_empty_call(world.lenin, "blank", actor=_operator(world))
    call.where = f"{SURNAME} жашаган үй"
    call.save()
    return {"pk": call.pk}


def _board(world):
    _call(world)
    return {}


def _ended_one(world):
    _ended(world)
    return {}


def _shift(world):
    other = make.make_user(Role.OPERATOR, make.make_office("oktyabr"))
    make_shift(other)
    return {"pk": make_shift(_operator(world), note=SURNAME).pk}


def _roster(world):
    _shift(world)
    return {}


def _step(name, kwargs=_pk, **more):
    return Row(f"calls:{name}", opens=HOLD, kwargs=kwargs, **more)


def _touch(name, kwargs=_pk):
    return Row(f"calls:{name}", opens=HOLD, kwargs=kwargs, send=lambda w: {}, done=302, sees=set())


def _new_empty(world):
    return {"nature": "blank"}


ROWS = [
    Row("calls:board", opens=ALL_WHO_HOLD_CALLS, otherwise=403, kwargs=_board, sees=HOLD),
    # An open page: without a session it shows clocks and numbers alone.
    Row(
        "calls:pulse",
        opens=ALL_WHO_HOLD_CALLS | {"anonymous"},
        otherwise=403,
        kwargs=_board,
        sees=HOLD,
    ),
    Row(
        "calls:sound",
        opens=ALL_WHO_HOLD_CALLS,
        otherwise=403,
        send=lambda w: {"sound": "on"},
        done=302,
        sees=set(),
    ),
    Row("calls:list", opens=ALL_WHO_HOLD_CALLS, otherwise=403, kwargs=_board, sees=HOLD),
    Row("calls:new", opens=ALL_WHO_HOLD_CALLS, otherwise=403, sees=set()),
    Row(
        "calls:empty",
        opens=ALL_WHO_HOLD_CALLS,
        otherwise=403,
        send=_new_empty,
        done=302,
        sees=set(),
    ),
    Row(
        "calls:known",
        opens=ALL_WHO_HOLD_CALLS,
        otherwise=403,
        send=lambda w: {"where": "Чүй 1", "caller_phone": ""},
        sees=set(),
    ),
    Row("calls:look_through", opens=HEADS, otherwise=403, kwargs=_ended_one, sees=LENIN_HEADS),
    _step("call"),
    _step("change"),
    _step("send"),
    _step("ask_along"),
    _step("visit"),
    _touch("leave"),
    _touch("here"),
    _step("arrive"),
    _step("times"),
    _step("findings", _on_site),
    _step("pass_on"),
    _step("end"),
    _step("join"),
    _step("part", _joined),
    Row("calls:reopen", opens=LENIN_HEADS, refuses=HOLD - LENIN_HEADS, kwargs=_ended),
    Row("duty:roster", opens=ALL_WHO_HOLD_CALLS, otherwise=403, kwargs=_roster, sees=HOLD),
    Row("duty:new", opens=HEADS, otherwise=403, sees=set()),
    Row("duty:change", opens=LENIN_HEADS, refuses=HOLD - LENIN_HEADS, kwargs=_shift),
    Row(
        "duty:remove",
        opens=LENIN_HEADS,
        refuses=HOLD - LENIN_HEADS,
        kwargs=_shift,
        send=lambda w: {},
        done=302,
        sees=set(),
    ),
]
