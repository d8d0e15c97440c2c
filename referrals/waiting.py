"""What waits for somebody with referrals: ones to take up, to release, to send, and replies that are due."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.workdays import days_left
from offices.asked_often import Words, made_once, rows_of, words_of
from offices.enums import Role
from offices.models import User
from offices.standing import Standing, standing
from offices.waiting import Section, Urgency, Waiting, saying
from offices.waiting_lines import KeptLines, Lines, lines_kept
from offices.working_calendar import working_calendar

from .enums import FeedbackStatus, OutgoingStatus
from .models import Feedback, IncomingReferral, OutgoingReferral
from .models.incoming import KEEPING_ROLES
from .reply_terms import SOON_DAYS

INCOMING, _OUTGOING = "referrals:incoming", "referrals:outgoing_referral"
# The rail has no room for referrals: who takes in finds them among the pages of intake, what goes out is a release.
INTAKE_RAIL, RELEASES_RAIL = "calls:board", "releases:register"
_SENDING = (Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD)
# Within so many days lie the last working ones of a term, whatever holidays there are.
NEAR = dt.timedelta(days=30)
# A referral is taken up by the next day.
TAKEN_UP_WITHIN = dt.timedelta(days=1)


def referrals_waiting_for(user: User) -> Iterable[Waiting | KeptLines]:
    """At most four queries beside the common one; none for who has nothing to do with referrals."""
    own = standing(user)
    if own.has(*KEEPING_ROLES):
        yield from _to_take_up(user)
    yield from _to_act_on(user)
    if own.has(*_SENDING):
        yield from _replies(user)


def _to_take_up(user: User) -> Iterable[Waiting]:
    """All of them in one line: the oldest says how urgent it is."""
    waiting = IncomingReferral.objects.visible_to(user).unsettled()
    found = waiting.aggregate(count=Count("pk"), oldest=Min("registered_at"))
    if found["count"]:
        is_old = clock.now() - found["oldest"] > TAKEN_UP_WITHIN
        yield Waiting(
            _("Incoming referrals without an application"),
            f"{reverse(INCOMING)}?view=new",
            urgency=Urgency.SOON if is_old else Urgency.CALM,
            count=found["count"],
            rail=INTAKE_RAIL,
        )


@lines_kept
def _to_act_on(user: User) -> Iterable[Lines]:
    """To decide, and to send what is decided."""
    own = standing(user)
    if own.has(*KEEPING_ROLES):
        ready = Feedback.objects.visible_to(user).filter(
            requested_by=user, status=FeedbackStatus.GRANTED
        )
        words = _("An answer to whoever referred is to be sent")
        say = saying(words, "referrals:referral", rail=INTAKE_RAIL)
        yield Lines(ready, say, at="decided_at", number="number", pk="referral_id")
    if own.has(Role.HEAD):
        words = _("An answer to whoever referred waits for your decision")
        say = saying(words, "referrals:decide_feedback", rail=INTAKE_RAIL)
        asked = Feedback.objects.to_decide_by(user)
        yield Lines(asked, say, at="requested_at", number="referral__number")
        words = _("An outgoing referral waits for your decision")
        say = saying(words, "referrals:decide_outgoing", rail=RELEASES_RAIL)
        yield Lines(OutgoingReferral.objects.to_decide_by(user), say, at="requested_at")
    if own.has(*_SENDING):
        released = OutgoingReferral.objects.visible_to(user).filter(status=OutgoingStatus.RELEASED)
        words = _("An outgoing referral is to be sent")
        say = saying(words, _OUTGOING, rail=RELEASES_RAIL)
        yield Lines(released.filter(_handled_by(own)), say, on="reply_due_on", number="number")


def _handled_by(own: Standing) -> Q:
    """Referrals that the person asked for, or of cases that they answer for, or stand in for who does."""
    handled = Q(requested_by=own.user_id) | Q(case__responsible=own.user_id)
    for office, colleagues in own.covered.items():
        handled |= Q(case__office=office, case__responsible__in=colleagues)
    return handled


def _replies(user: User) -> Iterable[Waiting]:
    """Due to whoever asked or answers for the case; an overdue one also to the head. The calendar is read where one is near."""
    today = clock.today()
    found = rows_of(_near(user))
    if not found:
        return
    calendar = working_calendar()
    for pk, number, due in found:
        if days_left(today, due, calendar) > SOON_DAYS:
            continue
        late = due < today
        yield Waiting(
            _("A reply to an outgoing referral is overdue")
            if late
            else _("A reply to an outgoing referral is due"),
            reverse(_OUTGOING, args=[pk]),
            section=Section.RUNNING_OUT,
            urgency=Urgency.LATE if late else Urgency.SOON,
            number=number,
            due_on=due,
            rail=RELEASES_RAIL,
        )


@made_once
def _near(user: User) -> Words | None:
    own, today = standing(user), clock.today()
    rows = OutgoingReferral.objects.visible_to(user).awaiting_reply()
    late = Q(reply_due_on__lt=today, case__office__in=own.offices(Role.HEAD))
    near = rows.filter(_handled_by(own) | late, reply_due_on__lte=today + NEAR)
    return words_of(
        near.order_by("reply_due_on", "requested_at").values_list("pk", "number", "reply_due_on")
    )
