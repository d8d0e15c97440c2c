"""The book of complaints and suggestions, the journal, the morning: who writes in, who reads what, who takes it away."""

from offices.models import Membership
from tests import builders as make
from tests.complaints import builders as b

from .complaints import HAVE_LISTS, LEADERS, REGISTRAR, _complaint
from .rows import Row
from .world import SURNAME

NOBODY = set()
WRITER = {"operator"}
KEEP = REGISTRAR | LEADERS
SEE_IT = WRITER | KEEP
WRITE = HAVE_LISTS | {
    "responsible",
    "stand-in",
    "colleague",
    "operator",
    "psychologist",
    "lawyer",
    "social worker with an episode",
    "Centre's psychologist without an episode",
    "colleague shut out",
    "psychologist shut out",
    "other caseworker",
    "other operator",
}
TEXT = f"{SURNAME} аткан эне ыраазы эмес"


def _entry(world, **fields):
    """Typed in by the office's operator; the strangers' office has one of its own."""
    operator = Membership.objects.get(office=world.lenin, role="operator").user
    b.make_entry(make.make_office("oktyabr"), text="Башка китеп")
    return b.make_entry(world.lenin, entered_by=operator, text=TEXT, **fields)


def _one(world):
    return {"pk": _entry(world).pk}


def _listed(world):
    _entry(world)
    return {}


def _morning(world):
    """No name stands in it: what would leak is a number."""
    _complaint(world, number="КУПУЯ-1/26")
    return {}


def _journal(world):
    _morning(world)
    return {}


def _row(name, opens, kwargs=_one, known=SEE_IT, **fields):
    return Row(f"book:{name}", opens=opens, refuses=known - opens, kwargs=kwargs, **fields)


NUMBER = "КУПУЯ-1/26"
ROWS = [
    Row("book:list", opens=WRITE, otherwise=403, kwargs=_listed, sees=SEE_IT),
    Row("book:write", opens=WRITE, otherwise=403, sees=NOBODY),
    Row("book:export", opens=HAVE_LISTS, otherwise=403, kwargs=_listed, sees=NOBODY),
    _row("entry", SEE_IT),
    _row("history", SEE_IT),
    _row("change", SEE_IT),
    _row("settle", KEEP),
    _row("complaint", REGISTRAR),
    Row("complaints:morning", opens=HAVE_LISTS, otherwise=403, kwargs=_morning, shows=NUMBER,
        sees=KEEP),
    Row("complaints:journal", opens=HAVE_LISTS, otherwise=403, kwargs=_journal, shows=NUMBER,
        sees=KEEP),
    Row("complaints:print_journal", opens=HAVE_LISTS, otherwise=403, kwargs=_journal, sees=NOBODY),
    Row("complaints:export_journal", opens=HAVE_LISTS, otherwise=403, kwargs=_journal, sees=NOBODY),
]  # fmt: skip
