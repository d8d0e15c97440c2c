"""Two records of one person: who may say so, and who learns of it."""

from casework.keeping_enums import MergeStatus
from tests import builders as make
from tests.casework import keeping_builders as keep

from .rows import Row
from .world import HEADS_OF_IT, READ_IT

HEADS = HEADS_OF_IT | {"Centre's head", "head shut out", "other head"}


def _elsewhere(world):
    """The same child in another office, whose head nobody of the cast is; proposed by that head."""
    office = make.make_office("sverdlov")
    child = make.make_child("Башка", "Бала")
    make.make_case(office, make.make_caseworker(office), child=child)
    return child, make.make_head(office)


def _asked(world):
    theirs, head = _elsewhere(world)
    return {"pk": keep.make_merge(theirs, world.child, head, status=MergeStatus.PROPOSED).pk}


def _proposed(world):
    """Proposed by the office of the case about a record elsewhere."""
    theirs, _head = _elsewhere(world)
    head = make.make_head(world.lenin)
    return {"pk": keep.make_merge(world.child, theirs, head, status=MergeStatus.PROPOSED).pk}


def _agreed(world):
    theirs, _head = _elsewhere(world)
    return {"pk": keep.make_merge(world.child, theirs, make.make_head(world.lenin)).pk}


ROWS = [
    Row("keeping:merges", opens=HEADS, otherwise=403, sees=set()),
    Row("keeping:merge", opens=HEADS_OF_IT, kwargs=_asked),
    Row(
        "keeping:bring_together",
        opens=HEADS_OF_IT,
        refuses=READ_IT - HEADS_OF_IT,
        kwargs=lambda w: {"person": w.child.pk},
    ),
    Row("keeping:part_merge", opens=HEADS_OF_IT, kwargs=_agreed),
    Row(
        "keeping:withdraw_merge",
        opens=HEADS_OF_IT,
        kwargs=_proposed,
        send=lambda world: {},
        done=302,
        sees=set(),
    ),
]
