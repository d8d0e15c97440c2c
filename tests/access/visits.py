"""Visits: of a case, before there is one, their photographs and acts."""

from tests import builders as make
from tests.intake import reception_builders as came

from .reception import ELSEWHERE, LENIN
from .rows import Row
from .world import KNOW_OF_IT, SURNAME, WORK_IT

SPECIALISTS = {
    "psychologist",
    "lawyer",
    "Centre's psychologist without an episode",
    "psychologist shut out",
}
WENT = {"psychologist"}


def _strangers(world):
    """Everybody else has made a visit of their own."""
    for office in (make.make_office("oktyabr"), world.centre):
        came.make_visit(make.make_case(office, make.make_caseworker(office)), place="Башка үй")


def _made(world, **fields):
    """A visit to the world's case, made by the responsible worker with the psychologist."""
    _strangers(world)
    went = [world.responsible, world.psychologist]
    fields.setdefault("place", f"{SURNAME} үйү")
    return came.make_visit(world.case, staff=went, **fields)


def _visit(world):
    return {"pk": _made(world).pk}


def _planned(world):
    return {"pk": _made(world, outcome="planned").pk}


def _alone(world):
    """Before there is a case: by address alone."""
    _strangers(world)
    visit = came.make_visit(
        office=world.lenin, staff=[world.responsible], place=f"{SURNAME} үйү", others_met=SURNAME
    )
    return {"pk": visit.pk}


def _photo(world):
    return {"pk": came.make_photo(_made(world), caption=SURNAME).pk}


def _acted(world):
    from papers.models import IssuedPaper

    visit = _made(world)
    visit.paper = IssuedPaper.objects.create(
        kind="visit_act", office=world.lenin, number="02.9-0001/26", issued_on="2026-11-20",
        issued_by=world.responsible, check_code="0" * 16, pdf=b"%PDF", sha256="0" * 64, pages=1,
    )  # fmt: skip
    visit.number = "02.9-0001/26"
    visit.save()
    return {"pk": visit.pk}


READ = WORK_IT | WENT
ROWS = [
    Row(
        "visits:list",
        opens=LENIN | ELSEWHERE | SPECIALISTS,
        kwargs=lambda w: _visit(w) and {},
        otherwise=403,
        sees=READ,
    ),
    Row("visits:new", opens=LENIN | ELSEWHERE, otherwise=403, sees=set()),
    Row(
        "visits:new_for_case",
        opens=WORK_IT,
        refuses=KNOW_OF_IT - WORK_IT,
        kwargs=lambda w: {"case_pk": w.case.pk},
    ),
    Row(
        "visits:new_from_finding",
        opens=LENIN,
        kwargs=lambda w: {
            "finding_pk": came.make_finding(
                came.make_raid(w.lenin, led_by=w.responsible), address_text=SURNAME
            ).pk
        },
    ),
    Row("visits:visit", opens=READ, kwargs=_visit),
    Row("visits:record", opens=READ, kwargs=_visit),
    Row("visits:cancel", opens=READ, kwargs=_planned, sees=set()),
    Row(
        "visits:attach",
        opens={"responsible", "stand-in", "head", "deputy"},
        refuses={"operator"},
        kwargs=_alone,
        sees={"responsible", "stand-in", "head", "deputy"},
        status={"colleague": 403, "colleague shut out": 403, "head shut out": 403},
    ),
    Row("visits:add_photo", opens=READ, kwargs=_visit, sees=set()),
    Row("visits:photo", opens=READ, kwargs=_photo, sees=set()),
    Row("visits:photo_small", opens=READ, kwargs=_photo, sees=set()),
    Row("visits:act", opens=READ, kwargs=_visit, sees=set()),
    Row("visits:preview", opens=READ, kwargs=_visit, sees=set()),
    Row("visits:paper", opens=READ, kwargs=_acted, sees=set()),
]
