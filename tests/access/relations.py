"""The same addresses where the case stands otherwise: restricted, behind the sealed door, transferred, merged; social help."""

import datetime as dt

from casework.accompaniment_enums import AccompanimentStatus, StatementStatus
from casework.enums import EpisodeKind
from casework.models import Case, Episode
from casework.services.transfers import accept_transfer
from core import clock
from offices.enums import Role
from offices.models import Office, User
from tests import builders as make
from tests.casework import accompaniment_builders as help_
from tests.casework import keeping_builders as keep

from .rows import Row
from .world import HELP_IT, READ_IT, WORK_IT

SOCIAL, CENTRE = "social worker with an episode", "Centre's head"
CARD = {"colleague", "operator"}
NEXT = {"other head", "other caseworker", "other operator"}
WHERE = "Купуя оорукана"
ELSEWHERE = "Башкаев"


def _restricted(world):
    """The card says to nobody of the office whose it is."""
    Case.objects.filter(pk=world.case.pk).update(is_restricted=True)
    return {"pk": world.case.pk}


def _restricted_child(world):
    _restricted(world)
    return {"pk": world.child.pk}


def _other(role):
    """Who stands in the cast as the other district's head or caseworker."""
    return User.objects.get(username=f"other.{role}")


def _sealed(world, *, ago=0):
    """The other district's head of the cast opened the door so many minutes ago."""
    at = clock.now() - dt.timedelta(minutes=ago)
    keep.make_opening(world.case, _other(Role.HEAD), opened_at=at)


def _behind(kwargs):
    def build(world):
        _sealed(world)
        return kwargs(world)

    return build


def _shut_again(world):
    _sealed(world, ago=31)
    return {"pk": world.case.pk}


def _case(world):
    return {"pk": world.case.pk}


def _transferred(world):
    """Gone to the other district, whose caseworker of the cast answers for it now."""
    there = Office.objects.get(code="oktyabr")
    case = Case.objects.get(pk=world.case.pk)
    transfer = keep.make_transfer(case, there, make.make_user(Role.HEAD, world.lenin))
    worker = _other(Role.CASEWORKER)
    accept_transfer(transfer, worker, actor=_other(Role.HEAD))
    return transfer


def _gone(kwargs):
    def build(world):
        _transferred(world)
        return kwargs(world)

    return build


def _merged(world):
    """Brought together with a record of a third office by both heads, neither of the cast."""
    office = make.make_office("sverdlov")
    other = make.make_child(ELSEWHERE, "Айым")
    make.make_case(office, make.make_caseworker(office), child=other)
    keep.make_merge(world.child, other, make.make_head(office))
    return other


def _merged_here(world):
    _merged(world)
    return {"pk": world.child.pk}


def _merged_there(world):
    return {"pk": _merged(world).pk}


def _social(world):
    found = Episode.objects.filter(case=world.case, kind=EpisodeKind.SOCIAL, status="active")
    return found.get()


def _way(status):
    def build(world):
        one = help_.make_accompaniment(_social(world), status=status, organisation_text=WHERE)
        return {"pk": one.pk}

    return build


def _social_statement(status):
    def build(world):
        episode = _social(world)
        help_.make_accompaniment(episode, organisation_text=WHERE)
        return {"pk": help_.make_statement(episode, status=status).pk}

    return build


def _social_episode(world):
    _way(AccompanimentStatus.HELD)(world)
    return {"pk": _social(world).pk}


PLANNED, HELD = _way(AccompanimentStatus.PLANNED), _way(AccompanimentStatus.HELD)
TIMELINE = {"tab": "timeline"}
DOOR = READ_IT | {"other head"}
TAKEN = {"other head", "other caseworker"} | HELP_IT

ROWS = [
    # restricted: the office's others have a card without a name
    Row("cases:case", opens=READ_IT | CARD, kwargs=_restricted, sees=READ_IT),
    Row(
        "cases:case_tab",
        opens=READ_IT,
        refuses=CARD,
        kwargs=lambda w: _restricted(w) | TIMELINE,
    ),
    Row("children:child", opens=READ_IT, kwargs=_restricted_child),
    # the sealed door: the content for half an hour, nothing that can be done, nobody's help
    Row("cases:case", opens=DOOR | CARD, kwargs=_behind(_case)),
    Row("children:child", opens=DOOR, kwargs=_behind(lambda w: {"pk": w.child.pk})),
    Row("cases:case", opens=READ_IT | CARD, kwargs=_shut_again),
    Row(
        "keeping:ask_closing",
        opens=WORK_IT,
        refuses=HELP_IT | CARD | {"other head"},
        kwargs=_behind(_case),
    ),
    Row(
        "episodes:episode",
        opens=WORK_IT | {"psychologist", CENTRE},
        kwargs=_behind(lambda w: {"pk": w.episode.pk}),
    ),
    # transferred: the next office's and the helpers'; the earlier one keeps the card of that day
    Row("cases:case", opens=TAKEN | {"other operator"}, kwargs=_gone(_case)),
    Row("children:child", opens=TAKEN, kwargs=_gone(lambda w: {"pk": w.child.pk})),
    Row(
        "keeping:transfer",
        opens=WORK_IT | CARD | {"other head", "other caseworker"},
        kwargs=lambda w: {"pk": _transferred(w).pk},
    ),
    # merged: each reads of it what they read before
    Row("children:child", opens=READ_IT, kwargs=_merged_here),
    Row("children:child", opens=READ_IT, kwargs=_merged_here, shows=ELSEWHERE, sees=set()),
    Row("children:child", opens=set(), kwargs=_merged_there, shows=ELSEWHERE),
    # social help
    Row("episodes:episode", opens=WORK_IT | {SOCIAL, CENTRE}, kwargs=_social_episode),
    Row(
        "accompaniments:accompaniment",
        opens=WORK_IT | {SOCIAL},
        kwargs=HELD,
        shows=WHERE,
    ),
    *(
        Row(f"accompaniments:{step}", opens={SOCIAL}, refuses=WORK_IT, kwargs=PLANNED)
        for step in ("change", "record", "cancel")
    ),
    Row(
        "statements:statement",
        opens=WORK_IT | {SOCIAL, CENTRE},
        kwargs=_social_statement(StatementStatus.SIGNED),
    ),
    Row(
        "statements:countersign",
        opens={CENTRE},
        refuses=WORK_IT | {SOCIAL},
        kwargs=_social_statement(StatementStatus.SIGNED),
    ),
]
