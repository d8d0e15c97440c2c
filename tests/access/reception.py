"""The reception: the desk, a visitor and the steps, the screen of the waiting room."""

from intake.models import WaitingRoomDisplay
from intake.services.display import new_token
from tests import builders as make
from tests.intake import reception_builders as came

from .rows import ANYBODY, Row
from .world import SURNAME

# Who keeps the reception of the world's office; a tie to one case does not shut them out of the door.
LENIN = {
    "responsible",
    "stand-in",
    "colleague",
    "operator",
    "head",
    "deputy",
    "head shut out",
    "colleague shut out",
}
ELSEWHERE = {
    "social worker with an episode",
    "Centre's head",
    "other caseworker",
    "other head",
    "other operator",
}
HEADS = {"head", "deputy", "head shut out"}
OTHER_HEADS = {"Centre's head", "other head"}


def _waiting(world):
    """A visitor of the world's office; strangers have visitors of their own."""
    came.make_visitor(make.make_office("oktyabr"), surname="Башка")
    came.make_visitor(world.centre, surname="Башка")
    return came.make_visitor(world.lenin, surname=SURNAME)


def _visitor(world):
    return {"pk": _waiting(world).pk}


def _desk(world):
    _waiting(world)
    return {}


def _late(world):
    for office in (world.lenin, world.centre, make.make_office("oktyabr")):
        surname = SURNAME if office == world.lenin else "Башка"
        came.make_visitor(office, surname=surname, came_on="2026-01-12")
    return {}


def _in(status):
    def build(world):
        receiver = world.responsible
        visitor = came.make_visitor(world.lenin, surname=SURNAME, status=status, receiver=receiver)
        return {"pk": visitor.pk}

    return build


def _screen(world):
    _waiting(world)
    display = WaitingRoomDisplay.objects.create(
        office=world.lenin, token=new_token(), renewed_by=world.responsible
    )
    return {"token": display.token}


def _touch(name, kwargs):
    return Row(name, opens=LENIN, kwargs=kwargs, send=lambda w: {}, done=302, sees=set())


def _office_step(name, opens, refused=frozenset(), kwargs=_desk):
    return Row(
        name, opens=opens, kwargs=kwargs, send=lambda w: {}, done=302, otherwise=403, sees=set()
    )  # fmt: skip


ROWS = [
    Row("reception:desk", opens=LENIN | ELSEWHERE, kwargs=_desk, otherwise=403, sees=LENIN),
    Row("reception:mark", opens=LENIN | ELSEWHERE, kwargs=_desk, otherwise=403, sees=set()),
    Row("reception:arrive", opens=LENIN | ELSEWHERE, kwargs=_desk, otherwise=403, sees=set()),
    Row("reception:unserved", opens=HEADS | OTHER_HEADS, kwargs=_late, otherwise=403, sees=HEADS),
    _office_step("reception:call_next", LENIN | ELSEWHERE),
    _office_step("reception:open_display", LENIN | ELSEWHERE),
    _office_step("reception:renew_display", HEADS | OTHER_HEADS),
    Row("reception:display", opens=ANYBODY, kwargs=_screen, sees=set()),
    Row("reception:display_numbers", opens=ANYBODY, kwargs=_screen, sees=set()),
    Row("reception:visitor", opens=LENIN, kwargs=_visitor),
    Row("reception:change", opens=LENIN, kwargs=_visitor),
    _touch("reception:call", _visitor),
    _touch("reception:begin", _in("called")),
    _touch("reception:back", _in("called")),
    _touch("reception:left", _visitor),
    Row(
        "reception:end",
        opens={"responsible"} | HEADS,
        refuses=LENIN - {"responsible"} - HEADS,
        kwargs=_in("running"),
    ),
]
