"""Referrals that come in and go out: who registers, reads, releases, sends, answers."""

from casework.models import Release
from casework.services.new_case import KnownChild
from core import clock
from offices.models import User
from referrals.enums import OutgoingStatus
from referrals.models import (
    Feedback,
    IncomingFile,
    OutgoingFile,
    OutgoingReferral,
    ReferralConflict,
)
from referrals.services.incoming import note_case, settle_referral
from tests import builders as make
from tests.casework.conclusion_builders import make_paper
from tests.referrals import builders as refer

from .cases import HEADS, SCAN, _scanned
from .rows import Row
from .world import HEADS_OF_IT, SURNAME, WORK_IT

# Who registers in the office that the referral came to; a case that stands on it shuts two of them out.
OF_OFFICE = {"responsible", "stand-in", "colleague", "operator", "head", "deputy"}
SHUT_OUT = {"head shut out", "colleague shut out"}
OPERATORS = {"operator", "other operator"}
KEEPERS = (
    OF_OFFICE | SHUT_OUT | HEADS | OPERATORS | {"social worker with an episode", "other caseworker"}
)
ASKERS = (KEEPERS - OPERATORS) | {
    "psychologist",
    "lawyer",
    "psychologist shut out",
    "Centre's psychologist without an episode",
}
DECIDERS = OF_OFFICE - {"operator"}
HELPERS = {"psychologist", "lawyer", "social worker with an episode"}


def _registered(world, **fields):
    """One with the child's name, and the like of it in another office."""
    other = User.objects.filter(
        memberships__office__code="oktyabr", memberships__role="caseworker"
    ).first()
    if other:
        refer.make_incoming(other)
    children = (KnownChild(surname=SURNAME, given_name="Жашырын"),)
    return refer.make_incoming(world.responsible, children=children, **fields)


def _incoming(world):
    """It has led to the world's case, so that the case's conflicts count."""
    return note_case(_registered(world), world.case, actor=world.responsible)


def _tied(world):
    referral = _incoming(world)
    tie = ReferralConflict.objects.create(
        referral=referral,
        user=make.make_caseworker(world.lenin),
        reason="тууганы",
        declared_by=world.responsible,
    )
    return _pk(referral) | {"conflict": tie.pk}


def _pk(record):
    return {"pk": record.pk}


def _file(model, record, world):
    return _pk(record) | {"file": _attached(model, record, world).pk}


def _attached(model, record, world):
    _scanned(world)
    case = type(world.case).objects.get(pk=world.case.pk)
    scan = case.basis_scan
    scan.thumbnail.save("a.jpg", scan.shown.file, save=True)
    return model.objects.create(
        record=record, attachment=scan, added_by=world.responsible, added_at=clock.now()
    )


def _feedback(world, status="asked"):
    referral = _incoming(world)
    asked = Feedback.objects.create(
        referral=referral,
        outcome="received",
        ground=refer.make_ground(),
        requested_by=world.responsible,
        requested_at=clock.now(),
    )
    if status != "asked":
        asked.paper = make_paper(world.lenin, "01.4-0001/26", world.responsible, kind="referral_feedback")  # fmt: skip
        asked.release = _release(world, asked.paper, "feedback")
        asked.decided_by, asked.decided_at, asked.status = world.responsible, clock.now(), status
        asked.number = asked.paper.number
        asked.save()
    return _pk(asked)


def _release(world, paper, form):
    return Release.objects.create(
        case=world.case, form=form, ground=refer.make_ground(), purpose="…", number=paper.number,
        requested_by=world.responsible, requested_at=clock.now(), status="granted", paper=paper,
        decided_by=world.responsible, decided_at=clock.now(),
    )  # fmt: skip


def _outgoing(world, status=OutgoingStatus.ASKED):
    referral = OutgoingReferral.objects.create(
        case=world.case,
        recipient_text="Оорукана",
        purpose_ky="Текшерүүнү суранабыз",
        ground=refer.make_ground(),
        requested_by=world.responsible,
        requested_at=clock.now(),
    )
    referral.people.add(world.child)
    if status != OutgoingStatus.ASKED:
        referral.paper = make_paper(world.lenin, "01.4-0002/26", world.responsible, kind="referral_out")  # fmt: skip
        referral.release = _release(world, referral.paper, "referral")
        referral.decided_by, referral.decided_at = world.responsible, clock.now()
        referral.number, referral.status = referral.paper.number, status
        referral.sent_on = clock.today()
        referral.save()
    return referral


def _made(maker):
    """Only made: the address takes no id."""

    def kwargs(world):
        maker(world)
        return {}

    return kwargs


def _settled(world):
    return _pk(settle_referral(_registered(world), reason="Иши ачык", actor=world.responsible))


def _rows_of_files(name, model, maker, readers, adders, unsealers):
    def file(world):
        return _file(model, maker(world), world)

    return [
        Row(f"referrals:{name}_add_files", opens=adders, kwargs=lambda w: _pk(maker(w)), sees=set()),
        Row(f"referrals:{name}_file", opens=readers, kwargs=file, shows=SCAN),
        Row(f"referrals:{name}_file_small", opens=readers, kwargs=file, shows=SCAN),
        Row(f"referrals:{name}_file_take_off", opens=adders, kwargs=file, sees=set()),
        Row(f"referrals:{name}_file_original", opens=unsealers, refuses=readers - unsealers, kwargs=file, sees=set()),
    ]  # fmt: skip


ROWS = [
    Row(
        "referrals:incoming", opens=KEEPERS, otherwise=403, kwargs=_made(_incoming), sees=OF_OFFICE
    ),
    Row("referrals:new", opens=KEEPERS, otherwise=403, sees=set()),
    Row("referrals:export_incoming", opens=HEADS, otherwise=403, sees=set()),
    Row("referrals:referral", opens=OF_OFFICE, kwargs=lambda w: _pk(_incoming(w))),
    Row("referrals:change", opens=OF_OFFICE, kwargs=lambda w: _pk(_incoming(w))),
    Row(
        "referrals:settle",
        opens=DECIDERS | SHUT_OUT,
        refuses={"operator"},
        kwargs=lambda w: _pk(_registered(w)),
        sees=set(),
    ),
    Row(
        "referrals:reopen",
        opens=OF_OFFICE | SHUT_OUT,
        kwargs=_settled,
        send=lambda w: {},
        done=302,
        sees=set(),
    ),
    Row("referrals:conflicts", opens=OF_OFFICE, kwargs=lambda w: _pk(_incoming(w)), sees=set()),
    Row(
        "referrals:end_conflict",
        opens=HEADS_OF_IT,
        refuses=OF_OFFICE - HEADS_OF_IT,
        kwargs=_tied,
        sees=set(),
    ),
    Row("referrals:ask_feedback", opens=OF_OFFICE, kwargs=lambda w: _pk(_incoming(w)), sees=set()),
    Row(
        "referrals:decide_feedback",
        opens=HEADS_OF_IT,
        refuses=OF_OFFICE - HEADS_OF_IT,
        kwargs=_feedback,
        sees=set(),
    ),
    Row(
        "referrals:send_feedback",
        opens=OF_OFFICE,
        kwargs=lambda w: _feedback(w, "granted"),
        sees=set(),
    ),
    Row(
        "referrals:feedback_paper",
        opens=OF_OFFICE,
        kwargs=lambda w: _feedback(w, "granted"),
        sees=set(),
    ),
    Row(
        "referrals:outgoing",
        opens=ASKERS,
        otherwise=403,
        kwargs=_made(_outgoing),
        sees=WORK_IT,
    ),
    Row("referrals:export_outgoing", opens=HEADS, otherwise=403, sees=set()),
    Row(
        "referrals:ask_outgoing",
        opens=WORK_IT | HELPERS,
        refuses={"colleague", "operator"},
        kwargs=lambda w: {"case_pk": w.case.pk},
    ),
    Row("referrals:outgoing_referral", opens=WORK_IT, kwargs=lambda w: _pk(_outgoing(w))),
    Row(
        "referrals:decide_outgoing",
        opens=HEADS_OF_IT,
        refuses=WORK_IT - HEADS_OF_IT,
        kwargs=lambda w: _pk(_outgoing(w)),
    ),
    Row(
        "referrals:preview_outgoing",
        opens=WORK_IT,
        kwargs=lambda w: _pk(_outgoing(w)),
        sees=set(),
    ),
    Row(
        "referrals:send_outgoing",
        opens=WORK_IT,
        kwargs=lambda w: _pk(_outgoing(w, OutgoingStatus.RELEASED)),
        sees=set(),
    ),
    Row(
        "referrals:reply",
        opens=WORK_IT,
        kwargs=lambda w: _pk(_outgoing(w, OutgoingStatus.SENT)),
        sees=set(),
    ),
    Row(
        "referrals:close_outgoing",
        opens=WORK_IT,
        kwargs=lambda w: _pk(_outgoing(w, OutgoingStatus.SENT)),
        sees=set(),
    ),
    Row(
        "referrals:outgoing_paper",
        opens=WORK_IT,
        kwargs=lambda w: _pk(_outgoing(w, OutgoingStatus.SENT)),
        sees=set(),
    ),
    *_rows_of_files("incoming", IncomingFile, _incoming, OF_OFFICE, OF_OFFICE, HEADS_OF_IT),
    *_rows_of_files("outgoing", OutgoingFile, _outgoing, WORK_IT, WORK_IT, HEADS_OF_IT),
]
