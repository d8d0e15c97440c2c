"""Who holds a case: the sealed door, transfers, hand-overs, who leaves, what is past its term."""

from casework.models import Case
from offices.enums import Role
from tests import builders as make
from tests.casework import keeping_builders as keep

from .rows import Row
from .world import HEADS_OF_IT, KNOW_OF_IT, WORK_IT

HEADS = HEADS_OF_IT | {"Centre's head", "head shut out", "other head"}
CARD_ROLES = HEADS | {
    "responsible",
    "stand-in",
    "colleague",
    "operator",
    "social worker with an episode",
    "colleague shut out",
    "other caseworker",
    "other operator",
}
ADMINISTRATORS = {"administrator", "superuser"}


def _case(world):
    return {"pk": world.case.pk}


def _anew(world):
    return Case.objects.get(pk=world.case.pk)


def _transfer(world):
    """Offered to the Centre, so that its head is asked."""
    case = _anew(world)
    head = make.make_user(Role.HEAD, world.lenin)
    return {"pk": keep.make_transfer(case, world.centre, head).pk}


def _hand_over(world):
    """Offered to somebody who is not in the cast."""
    return {"pk": keep.make_hand_over(_anew(world), make.make_caseworker(world.lenin)).pk}


def _opening(world):
    """The sealed door opened by somebody of another office, who is not in the cast."""
    head = make.make_head(make.make_office("pervomay"))
    return {"pk": keep.make_opening(world.case, head).pk}


def _number(world):
    return world.case.number


ROWS = [
    Row("keeping:open_sealed", opens=HEADS, otherwise=403, sees=set()),
    Row("keeping:sealed_list", opens=HEADS | {"auditor"}, otherwise=403, sees=set()),
    Row(
        "keeping:shut_sealed",
        opens=HEADS_OF_IT,
        refuses=KNOW_OF_IT - HEADS_OF_IT,
        kwargs=_opening,
        send=lambda world: {},
        done=302,
        sees=set(),
    ),
    Row("keeping:transfers", opens=CARD_ROLES, otherwise=403, sees=set()),
    Row(
        "keeping:transfer",
        opens=WORK_IT | {"Centre's head"},
        kwargs=_transfer,
    ),
    Row(
        "keeping:withdraw_transfer",
        opens=HEADS_OF_IT,
        refuses=(WORK_IT - HEADS_OF_IT) | {"Centre's head"},
        kwargs=_transfer,
        send=lambda world: {},
        done=302,
        sees=set(),
    ),
    Row(
        "keeping:offer_transfer", opens=HEADS_OF_IT, refuses=KNOW_OF_IT - HEADS_OF_IT, kwargs=_case
    ),
    Row("keeping:offer_hand_over", opens=WORK_IT, refuses=KNOW_OF_IT - WORK_IT, kwargs=_case),
    Row("keeping:hand_over", opens=WORK_IT, kwargs=_hand_over, shows=_number),
    Row(
        "keeping:withdraw_hand_over",
        opens=WORK_IT,
        kwargs=_hand_over,
        send=lambda world: {},
        done=302,
        sees=set(),
    ),
    Row("keeping:leaving", opens=HEADS, otherwise=403, sees=set()),
    Row("keeping:retention", opens=HEADS | ADMINISTRATORS, otherwise=403, sees=set()),
]
