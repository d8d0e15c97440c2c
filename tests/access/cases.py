"""Cases: the list, the case and what is done with it."""

import datetime as dt

from django.core.files.base import ContentFile

from casework.models import Case
from core import clock
from papers.models import Attachment
from tests import builders as make

from .rows import Row
from .world import HEADS_OF_IT, HELP_IT, KNOW_OF_IT, READ_IT, WORK_IT

SCAN = "scan of the basis document"
HEADS = HEADS_OF_IT | {"Centre's head", "head shut out", "other head"}
OPENERS = HEADS | {
    "responsible",
    "stand-in",
    "colleague",
    "social worker with an episode",
    "colleague shut out",
    "other caseworker",
}
LISTERS = (
    OPENERS
    | HELP_IT
    | {
        "operator",
        "other operator",
        "Centre's psychologist without an episode",
        "psychologist shut out",
    }
)


def _case(world):
    return {"pk": world.case.pk}


def _awaiting(world):
    """The case, begun on the head's word; the world's own object stays as it is for the other rows."""
    case = Case.objects.get(pk=world.case.pk)
    case.basis_kind, case.basis_allowed_by = "awaited", world.responsible
    case.basis_awaited_until = clock.today() + dt.timedelta(days=3)
    case.save()
    return _case(world)


def _alert(world):
    return _case(world) | {"alert": make.make_safety_alert(world.case).pk}


def _conflict(world):
    return _case(world) | {"conflict": world.case.conflicts.first().pk}


def _scanned(world):
    """The case with a scan of its basis, whose bytes can be read out of the answer."""
    scan = Attachment(name="скан.pdf", content_type="application/pdf", size=1, sha256="0" * 64)
    scan.uploaded_by = world.responsible
    scan.original.save("a.sealed", ContentFile(SCAN.encode()), save=False)
    scan.shown.save("a.pdf", ContentFile(SCAN.encode()), save=False)
    scan.save()
    case = Case.objects.get(pk=world.case.pk)
    case.basis_scan = scan
    case.save()
    return _case(world)


def _step(name, opens, kwargs=_case):
    return Row(name, opens=opens, refuses=KNOW_OF_IT - opens, kwargs=kwargs)


ROWS = [
    Row("cases:list", opens=LISTERS, otherwise=403, sees=READ_IT | {"operator"}),
    Row("cases:export", opens=HEADS, otherwise=403, sees=set()),
    Row("cases:open", opens=OPENERS, otherwise=403, sees=set()),
    Row("cases:case", opens=KNOW_OF_IT, kwargs=_case),
    Row(
        "cases:case_tab",
        opens=WORK_IT,
        refuses=KNOW_OF_IT - WORK_IT,
        kwargs=lambda w: {"pk": w.case.pk, "tab": "history"},
    ),
    _step("cases:assign", HEADS_OF_IT),
    _step("cases:restrict", HEADS_OF_IT),
    _step("cases:settle_word", HEADS_OF_IT, _awaiting),
    _step("cases:receive_basis", WORK_IT, _awaiting),
    _step("cases:change", WORK_IT),
    Row(
        "cases:basis_scan",
        opens=READ_IT,
        refuses=KNOW_OF_IT - READ_IT,
        kwargs=_scanned,
        shows=SCAN,
    ),
    Row(
        "cases:basis_scan_original",
        opens=HEADS_OF_IT,
        refuses=KNOW_OF_IT - HEADS_OF_IT,
        kwargs=_scanned,
        sees=set(),
    ),
    _step("cases:conflicts", KNOW_OF_IT),
    _step("cases:end_conflict", HEADS_OF_IT, _conflict),
    _step("cases:raise_alert", READ_IT),
    _step("cases:record_notice", READ_IT, _alert),
    _step("cases:lift_alert", HEADS_OF_IT, _alert),
]
