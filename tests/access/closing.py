"""How a case ends: the request, the statement, follow-ups, reopening; and who read the file."""

from casework.models import Case
from offices.enums import Role
from tests import builders as make
from tests.casework import keeping_builders as keep

from .rows import Row
from .world import HEADS_OF_IT, KNOW_OF_IT, WORK_IT


def _case(world):
    return {"pk": world.case.pk}


def _free(world):
    """The world's case with nothing open in it, its helpers left: their help is ended for this row alone."""
    case = Case.objects.get(pk=world.case.pk)
    for episode in case.episodes.all():
        episode.conclusions.filter(status="draft").delete()
        for signed in episode.conclusions.filter(status="signed"):
            signed.status, signed.return_reason = "returned", "кайталанган"
            signed.save()
        episode.status, episode.completed_on = "completed", keep.clock.today()
        episode.save()
    return case


def _closing(world):
    return {"pk": keep.make_asked_closing(_free(world)).pk}


def _closed(world):
    case = _free(world)
    return keep.make_closed(case, make.make_user(Role.HEAD, world.lenin))


def _step(name, opens, kwargs=_case, **more):
    return Row(name, opens=opens, refuses=KNOW_OF_IT - opens, kwargs=kwargs, **more)


ROWS = [
    _step("keeping:ask_closing", WORK_IT),
    Row("keeping:closing", opens=WORK_IT, kwargs=_closing),
    Row(
        "keeping:withdraw_closing",
        opens=WORK_IT,
        kwargs=_closing,
        send=lambda world: {},
        done=302,
        sees=set(),
    ),
    Row(
        "keeping:statement",
        opens=WORK_IT,
        kwargs=lambda w: {"pk": _closed(w).pk},
        shows="%PDF",
    ),
    Row(
        "keeping:follow_up",
        opens=WORK_IT,
        kwargs=lambda w: {"pk": keep.due_follow_up(_closed(w).case).pk},
    ),
    _step("keeping:reopen", HEADS_OF_IT, lambda w: {"pk": _closed(w).case.pk}),
    _step("keeping:access_report", HEADS_OF_IT),
]
