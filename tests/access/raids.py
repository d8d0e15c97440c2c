"""Raids and the families found in them."""

from tests import builders as make
from tests.intake import reception_builders as came

from .reception import ELSEWHERE, LENIN
from .rows import Row
from .world import SURNAME


def _found(world):
    """A finding in a raid of the world's office; strangers have found families of their own."""
    for office in (make.make_office("oktyabr"), world.centre):
        came.make_finding(came.make_raid(office, place="Башка базар"), surname="Башка")
    raid = came.make_raid(world.lenin, led_by=world.responsible, place=f"{SURNAME} базары")
    return came.make_finding(raid, surname=SURNAME)


def _raid(world):
    return {"pk": _found(world).raid_id}


def _finding(world):
    return {"pk": _found(world).pk}


def _list(world):
    _found(world)
    return {}


ROWS = [
    Row("raids:list", opens=LENIN | ELSEWHERE, kwargs=_list, otherwise=403, sees=LENIN),
    Row("raids:new", opens=LENIN | ELSEWHERE, kwargs=_list, otherwise=403, sees=set()),
    Row("raids:raid", opens=LENIN, kwargs=_raid),
    Row("raids:change", opens=LENIN, kwargs=_raid),
    Row("raids:add_finding", opens=LENIN, kwargs=_raid, sees=set()),
    Row("raids:change_finding", opens=LENIN, kwargs=_finding),
    Row("raids:settle", opens=LENIN, kwargs=_finding, sees=set()),
]
