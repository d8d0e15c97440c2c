"""Legal and social help: accompaniments, the legal file, statements, what is due, the calendar address."""

from casework.accompaniment_enums import AccompanimentStatus, StatementStatus
from casework.enums import EpisodeKind
from casework.models import Episode
from casework.services.tasks import make_feed
from tests import builders as make
from tests.casework import accompaniment_builders as help_
from tests.papers.builders import make_attachment

from .episodes import HEADS, HELPERS
from .rows import ANYBODY, STAFF, Row
from .world import KNOW_OF_IT, READ_IT, WORK_IT

LAWYER = "lawyer"
CENTRE = "Centre's head"
WHERE = "Купуя райондук соту"
MAKES = {LAWYER}
READS = WORK_IT | {LAWYER}
STATED = READS | {CENTRE}
TASKED = "Купуя тапшырма"
SCAN = "scan of a paper"


def _legal(world):
    """The lawyer of the cast has one legal episode in the world's case; strangers get comparable rows."""
    found = Episode.objects.filter(case=world.case, kind=EpisodeKind.LEGAL, status="active")
    _likes()
    return found.get()


def _likes():
    """Rows of the strangers' own, so that an entrance which forgets to ask has something to show them."""
    case = make.make_case(make.make_office("oktyabr"))
    episode = help_.make_legal_episode(case, help_.make_lawyer(make.make_office("oktyabr")))
    one = help_.make_accompaniment(episode)
    help_.make_order(episode)
    help_.make_document(episode)
    help_.make_statement(episode)
    help_.make_task(case)
    return one


def _episode(world):
    return {"pk": _legal(world).pk}


def _held_episode(world):
    episode = _legal(world)
    help_.make_accompaniment(episode, organisation_text=WHERE)
    return {"pk": episode.pk}


def _accompaniment(status):
    def build(world):
        episode = _legal(world)
        one = help_.make_accompaniment(episode, status=status, organisation_text=WHERE)
        return {"pk": one.pk}

    return build


PLANNED = _accompaniment(AccompanimentStatus.PLANNED)
HELD = _accompaniment(AccompanimentStatus.HELD)


def _order(world):
    return {"pk": help_.make_order(_legal(world)).pk}


def _document(world):
    return {"pk": help_.make_document(_legal(world)).pk}


def _lawyer(world):
    return {"pk": help_.make_state_lawyer(_legal(world)).pk}


def _statement(status):
    def build(world):
        episode = _legal(world)
        help_.make_accompaniment(episode, organisation_text=WHERE)
        return {"pk": help_.make_statement(episode, status=status).pk}

    return build


def _task(world):
    return {"pk": help_.make_task(world.case, what=TASKED).pk}


def _step(name, opens, kwargs, knows=READS):
    return Row(name, opens=opens, refuses=knows - opens, kwargs=kwargs)


def _scanned_order(world):
    return {"pk": help_.make_order(_legal(world), scan=make_attachment(SCAN, world.responsible)).pk}


def _filed_document(world):
    file = make_attachment(SCAN, world.responsible)
    return {"pk": help_.make_document(_legal(world), file=file).pk}


def _due_list(world):
    _task(world)
    _likes()
    return {}


def _feed(world):
    _task(world)
    help_.make_accompaniment(_legal(world), status=AccompanimentStatus.PLANNED)
    return {"token": make_feed(world.responsible)}


ROWS = [
    Row(
        "accompaniments:add",
        opens=MAKES,
        refuses=WORK_IT | {CENTRE},
        kwargs=_episode,
    ),
    Row("accompaniments:accompaniment", opens=READS, kwargs=HELD, shows=WHERE),
    _step("accompaniments:change", MAKES, PLANNED),
    _step("accompaniments:record", MAKES, PLANNED),
    _step("accompaniments:cancel", MAKES, PLANNED),
    _step("legal:add_order", MAKES, _episode, READS | {CENTRE}),
    Row("legal:order", opens=READS, kwargs=_order),
    _step("legal:change_order", MAKES, _order),
    Row("legal:close_order", opens=READS, kwargs=_order),
    _step("legal:add_document", MAKES, _episode, READS | {CENTRE}),
    Row("legal:document", opens=READS, kwargs=_document),
    _step("legal:change_document", MAKES, _document),
    _step("legal:add_lawyer", MAKES, _episode, READS | {CENTRE}),
    _step("legal:change_lawyer", MAKES, _lawyer),
    _step("statements:sign", MAKES, _held_episode, STATED),
    Row(
        "statements:preview",
        opens=MAKES,
        refuses=STATED - MAKES,
        kwargs=_held_episode,
        shows="%PDF",
    ),
    Row("statements:statement", opens=STATED, kwargs=_statement(StatementStatus.SIGNED)),
    _step("statements:countersign", {CENTRE}, _statement(StatementStatus.SIGNED), STATED),
    _step("statements:return", {CENTRE, LAWYER}, _statement(StatementStatus.SIGNED), STATED),
    Row(
        "statements:paper",
        opens=STATED,
        kwargs=_statement(StatementStatus.ISSUED),
        shows="%PDF",
    ),
    Row("legal:order_scan", opens=READS, kwargs=_scanned_order, shows=SCAN),
    Row("legal:document_file", opens=READS, kwargs=_filed_document, shows=SCAN),
    Row("tasks:list", opens=HEADS | HELPERS, otherwise=403, kwargs=_due_list, shows=TASKED,
        sees={"responsible", "stand-in"}),
    Row("tasks:add", opens=READ_IT, refuses=KNOW_OF_IT - READ_IT,
        kwargs=lambda w: {"case_pk": w.case.pk}),
    Row("tasks:task", opens=WORK_IT, kwargs=_task, shows=TASKED),
    Row("tasks:change", opens=WORK_IT, kwargs=_task, shows=TASKED),
    Row("tasks:make_feed", opens=STAFF, sees=set(), send=lambda w: {}),
    Row("tasks:end_feed", opens=STAFF, sees=set(), send=lambda w: {}, done=302),
    Row("tasks:feed", opens=ANYBODY, sees=set(), kwargs=_feed),
]  # fmt: skip
