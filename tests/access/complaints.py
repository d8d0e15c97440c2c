"""Complaints: the register, one complaint, its steps, its papers. The complained-about, conflicts and the city's
registrar have a test of their own (tests/complaints/test_access.py)."""

from complaints.models import Forwarding, PointEvidence
from core import clock
from papers.attachments import attach
from tests import builders as make
from tests.complaints import builders as b
from tests.papers.builders import make_issued_paper
from tests.papers.files import picture, upload

from .rows import Row
from .world import SURNAME

NOBODY = set()
REGISTRAR = {"registrar"}
LEADERS = {"head", "deputy", "head shut out", "city head"}
CONSIDERS = {"responsible", "stand-in"}
SEE_IT = REGISTRAR | LEADERS | CONSIDERS
HAVE_LISTS = REGISTRAR | LEADERS | {"Centre's head", "other head"}
RECEIVE = HAVE_LISTS | {
    "responsible",
    "stand-in",
    "colleague",
    "operator",
    "social worker with an episode",
    "colleague shut out",
    "other caseworker",
    "other operator",
}


def _complaint(world, state="considered", **fields):
    """About the office, and one about the strangers' office, which they own."""
    fields.setdefault("complainant_name", f"{SURNAME} Арыз")
    if state == "considered":
        fields.setdefault("considered_by", world.responsible)
    fields.setdefault("registrar", world.responsible)
    b.make_complaint(make.make_office("oktyabr"))
    return b.make_complaint(world.lenin, state, **fields)


def _in(state="considered", **fields):
    return lambda world: {"pk": _complaint(world, state, **fields).pk}


def _with(name, build):
    def kwargs(world):
        complaint = _complaint(world)
        return {"pk": complaint.pk, name: build(world, complaint).pk}

    return kwargs


def _listed(world):
    _complaint(world)
    return {}


def _forwarding(world, complaint):
    return Forwarding.objects.create(
        complaint=complaint, office=world.lenin, forwarded_at=clock.now()
    )


def _point(world, complaint):
    return complaint.points.get()


def _evidence(world, complaint):
    file = attach(upload(picture(), "күбө.jpg"), by=world.responsible)
    return PointEvidence.objects.create(point=complaint.points.get(), file=file)


def _tied(world, complaint):
    return complaint.conflicts.create(
        user=world.psychologist, declared_by=world.psychologist, reason="тууганы"
    )


def _scanned(world):
    return {
        "pk": _complaint(world, scan=attach(upload(picture(), "скан.jpg"), by=world.responsible)).pk
    }


def _with_receipt(world):
    return {"pk": _complaint(world, receipt=make_issued_paper(world.lenin, number="T/26")).pk}


def _answered(world):
    complaint = _complaint(world, answer="signed")
    answer = complaint.answer
    answer.paper, answer.number = make_issued_paper(world.lenin, number="T/27"), "T/27"
    answer.status, answer.channel, answer.sent_on = "sent", "post", clock.today()
    answer.save()
    return {"pk": complaint.pk}


def _explanation(world):
    return {"pk": b.make_explanation(_complaint(world), world.psychologist).pk}


def _step(name, opens, kwargs=None, known=SEE_IT, **fields):
    kwargs = kwargs or _in()
    return Row(f"complaints:{name}", opens=opens, refuses=known - opens, kwargs=kwargs, **fields)


def _button(name, opens, kwargs, known=SEE_IT):
    return _step(name, opens, kwargs, known, sees=NOBODY, done=302, send=lambda w: {})


NOT_CONSIDERED = REGISTRAR | LEADERS
HANDLE = REGISTRAR | LEADERS
ROWS = [
    Row("complaints:list", opens=HAVE_LISTS, otherwise=403, kwargs=_listed,
        sees=REGISTRAR | LEADERS),
    Row("complaints:receive", opens=RECEIVE, otherwise=403, sees=NOBODY),
    Row("complaints:handed_in", opens=RECEIVE, otherwise=403, sees=NOBODY),
    Row("complaints:explain", opens={"psychologist"}, kwargs=_explanation, shows="маалымкат"),
    _step("complaint", SEE_IT),
    _step("history", SEE_IT),
    _step("scan", SEE_IT, _scanned, sees=NOBODY),
    _step("evidence", SEE_IT, _with("file", _evidence), sees=NOBODY),
    _step("receipt", SEE_IT, _with_receipt, sees=NOBODY),
    _step("answer", SEE_IT, _answered, sees=NOBODY),
    _step("preview", SEE_IT, _in(answer="draft"), sees=NOBODY),
    _button("make_receipt", REGISTRAR, _in()),
    _step("register", REGISTRAR, _in("received"), NOT_CONSIDERED),
    _step("danger", SEE_IT),
    _button("acknowledge", LEADERS - {"city head"}, _with("forwarding", _forwarding)),
    _step("considering", LEADERS),
    _step("finding", CONSIDERS, _with("point", _point)),
    _step("measure", CONSIDERS),
    _step("check", CONSIDERS | LEADERS, _with("measure", lambda w, c: b.make_measure(c))),
    _step("ask", LEADERS),
    _step("conflicts", SEE_IT),
    _step("end_conflict", LEADERS, _with("conflict", _tied)),
    _step("write", CONSIDERS),
    _button("approve", LEADERS, _in(answer="draft")),
    _step("send_back", LEADERS, _in(answer="approved")),
    _step("sign", LEADERS, _in(answer="approved")),
    _step("send", HANDLE, _in(answer="signed")),
    _step("appeal", HANDLE),
    _step("outcome", HANDLE, _with("step", lambda w, c: b.make_appeal(c))),
    _step("withdraw", HANDLE),
    _step("city_hall", REGISTRAR, _in("passed_on", level="city_hall"), REGISTRAR),
    _step("link", SEE_IT),
    _step("case", SEE_IT - REGISTRAR - {"city head"}),
    Row("offices:calendar", opens={"administrator", "superuser"}, otherwise=403, sees=NOBODY),
]  # fmt: skip
