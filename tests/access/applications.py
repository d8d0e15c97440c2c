"""Applications: the list, the journal, one application and what is done with it."""

from django.core.files.base import ContentFile

from intake.models import Application, ApplicationConflict
from papers.models import Attachment
from tests import builders as make
from tests.intake import application_builders as apply
from tests.intake.call_builders import WHAT

from . import calls, raids, reception, referrals
from .rows import Row
from .world import HEADS_OF_IT, SURNAME

SCAN = "scan of an application's basis"
REASON = "Купуя себеп, эч ким окубасын"
# Of the world's office; who is shut out of the world's application is no more than a stranger to it.
WORKERS = {"responsible", "stand-in", "colleague"}
STRANGERS = {"other caseworker", "other head", "other operator"}
SHUT = {"head shut out", "colleague shut out"}
OWN = WORKERS | HEADS_OF_IT | {"operator"}
REGISTER = OWN | STRANGERS | SHUT | {"Centre's head", "social worker with an episode"}
LEAD = HEADS_OF_IT | {"head shut out", "Centre's head", "other head"}


def _application(world, **fields):
    """An application of the world's office from which those shut out of its case are shut out too; a stranger's beside it."""
    from tests.builders import make_caseworker, make_office

    child = apply.KnownChild(surname=SURNAME, given_name="Жашырын")
    clerk = make_caseworker(world.lenin)
    made = apply.make_application(world.lenin, clerk, children=(child,), reason=REASON, **fields)
    apply.make_application(make_office("oktyabr"), make_caseworker(make_office("oktyabr")))
    for tie in world.case.conflicts.filter(ended_at=None):
        ApplicationConflict.objects.create(
            application=made, user=tie.user, reason="тууганы", declared_by=clerk
        )
    return made


def _pk(world, **fields):
    return {"pk": _application(world, **fields).pk}


def _kwargs_none(world):
    _application(world)
    return {}


def _scanned(world):
    made = _application(world)
    scan = Attachment(name="скан.pdf", content_type="application/pdf", size=1, sha256="0" * 64)
    scan.uploaded_by = world.responsible
    scan.original.save("b.sealed", ContentFile(SCAN.encode()), save=False)
    scan.shown.save("b.pdf", ContentFile(SCAN.encode()), save=False)
    scan.save()
    made.basis_scan = scan
    made.save()
    return {"pk": made.pk}


def _tied(world):
    """With somebody shut out who is none of those that the matrix asks about."""
    made = _application(world)
    tie = ApplicationConflict.objects.create(
        application=made,
        user=make.make_caseworker(world.lenin),
        reason="тууганы",
        declared_by=world.responsible,
    )
    return {"pk": made.pk, "conflict": tie.pk}


def _eligible(world):
    made = _application(world)
    return {"pk": apply.make_eligible(made, make.make_caseworker(world.lenin)).pk}


def _proposed(world):
    made = _application(world)
    return {"pk": apply.make_proposed(made, make.make_caseworker(world.lenin)).pk}


def _receipted(world):
    from intake.services.eligibility import give_receipt

    made = _application(world)
    return {"pk": give_receipt(made, actor=make.make_caseworker(world.lenin)).pk}


def _refused(world):
    made = _application(world)
    worker, head = make.make_caseworker(world.lenin), make.make_head(world.lenin)
    return {"pk": apply.make_refused(made, worker, head).pk}


def _found_call(world):
    call = calls._call(world)
    call.found_address = f"{SURNAME}, 3"
    call.save()
    return {"pk": call.pk}


def _begins(name, kwargs, shows, sees=None):
    """The form begun with a record of the world's office: who registers elsewhere does not find it, others may not."""
    found = OWN | SHUT
    return Row(
        f"applications:new_from_{name}",
        opens=found,
        kwargs=kwargs,
        otherwise=403,
        status=dict.fromkeys(REGISTER - found, 404),
        shows=shows,
        sees=sees,
    )


ROWS = [
    Row("applications:list", opens=REGISTER, otherwise=403, sees=OWN, kwargs=_kwargs_none),
    Row("applications:journal", opens=LEAD, otherwise=403, sees=set(), kwargs=_kwargs_none),
    Row("applications:print_journal", opens=LEAD, otherwise=403, sees=set(), kwargs=_kwargs_none),
    Row("applications:export_journal", opens=LEAD, otherwise=403, sees=set(), kwargs=_kwargs_none),
    Row("applications:new", opens=REGISTER, otherwise=403, sees=set(), kwargs=_kwargs_none),
    # Where the team found the family is carried over; who called and in what words is not.
    _begins("call", _found_call, SURNAME),
    _begins("call", calls._pk, WHAT, sees=set()),
    _begins("finding", raids._finding, SURNAME),
    _begins("visitor", reception._visitor, SURNAME),
    _begins("referral", lambda world: {"pk": referrals._registered(world).pk}, SURNAME),
    Row("applications:application", opens=OWN, kwargs=_pk, shows=REASON),
    Row("applications:change", opens=OWN, kwargs=_pk),
    Row("applications:receive_basis", opens=OWN, kwargs=_pk),
    Row("applications:basis_scan", opens=OWN, kwargs=_scanned, shows=SCAN),
    Row(
        "applications:decide",
        opens=WORKERS | HEADS_OF_IT,
        refuses={"operator"},
        kwargs=_pk,
        shows=REASON,
    ),
    Row(
        "applications:open",
        opens=WORKERS | HEADS_OF_IT,
        refuses={"operator"},
        kwargs=_eligible,
        shows=REASON,
    ),
    Row(
        "applications:settle_refusal",
        opens=HEADS_OF_IT,
        refuses=OWN - HEADS_OF_IT,
        kwargs=_proposed,
        shows=REASON,
    ),
    Row("applications:withdraw", opens=OWN, kwargs=_pk),
    Row("applications:conflicts", opens=OWN, kwargs=_pk),
    Row(
        "applications:end_conflict",
        opens=HEADS_OF_IT,
        refuses=OWN - HEADS_OF_IT,
        kwargs=_tied,
    ),
    Row(
        "applications:make_receipt",
        opens=OWN,
        kwargs=_pk,
        send=lambda world: {},
        done=302,
        sees=set(),
    ),
    Row("applications:receipt", opens=OWN, kwargs=_receipted, shows="%PDF"),
    Row("applications:notice", opens=OWN, kwargs=_refused, shows="%PDF"),
]

__all__ = ["ROWS", "Application"]
