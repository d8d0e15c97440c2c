"""What waits for somebody with referrals: ones to take up, to release, to send, and replies that are due."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.models import Case
from core import clock
from core.workdays import Calendar, days_left
from offices.enums import Role
from offices.models import User
from offices.standing import standing
from offices.waiting import Section, Urgency, Waiting
from offices.working_calendar import working_calendar

from .enums import FeedbackStatus, OutgoingStatus
from .models import Feedback, IncomingReferral, OutgoingReferral
from .models.incoming import KEEPING_ROLES
from .reply_terms import SOON_DAYS

INCOMING = "referrals:incoming"
# The rail has no room for referrals: who takes in finds them among the pages of intake, what goes out is a release.
INTAKE_RAIL, RELEASES_RAIL = "calls:board", "releases:register"
# A referral is taken up by the next day.

TAKEN_UP_WITHIN = dt.timedelta(days=1)


def referrals_waiting_for(user: User) -> Iterable[Waiting]:
    """At most six queries whatever there is; none for who has nothing to do with referrals."""
    own = standing(user)
    if own.has(*KEEPING_ROLES):
        yield from _to_take_up(user)
        yield from _answers_to_send(user)
    if own.has(Role.HEAD):
        yield from _to_decide(user)
    if own.has(Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD):
        yield from _outgoing(user)


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


def _answers_to_send(user: User) -> Iterable[Waiting]:
    ready = Feedback.objects.visible_to(user).filter(
        requested_by=user, status=FeedbackStatus.GRANTED
    )
    for feedback in ready.select_related("referral").order_by("decided_at"):
        yield Waiting(
            _("An answer to whoever referred is to be sent"),
            feedback.get_absolute_url(),
            number=feedback.number,
            rail=INTAKE_RAIL,
        )


def _to_decide(user: User) -> Iterable[Waiting]:
    for feedback in Feedback.objects.to_decide_by(user).select_related("referral"):
        yield Waiting(
            _("An answer to whoever referred waits for your decision"),
            reverse("referrals:decide_feedback", args=[feedback.pk]),
            number=feedback.referral.number,
            rail=INTAKE_RAIL,
        )
    for referral in OutgoingReferral.objects.to_decide_by(user).select_related("case"):
        yield Waiting(
            _("An outgoing referral waits for your decision"),
            reverse("referrals:decide_outgoing", args=[referral.pk]),
            number=referral.case.number,
            rail=RELEASES_RAIL,
        )


def _outgoing(user: User) -> Iterable[Waiting]:
    """To send, and replies due: whoever asked or answers for the case; an overdue one also the head."""
    own = standing(user)
    mine = OutgoingReferral.objects.visible_to(user).filter(
        status__in=[OutgoingStatus.RELEASED, OutgoingStatus.SENT]
    )
    led = own.offices(Role.HEAD)
    today, calendar = clock.today(), working_calendar()
    for referral in mine.select_related("case").order_by("reply_due_on", "requested_at"):
        handles = referral.requested_by_id == user.pk or _holds(user, referral.case)
        heads_late = referral.case.office_id in led and referral.is_overdue(today)
        if handles or heads_late:
            yield from _line(referral, today, calendar)


def _holds(user: User, case: Case) -> bool:
    """Answers for the case, or stands in for who does."""
    own = standing(user)
    if case.responsible_id == own.user_id:
        return True
    return case.responsible_id in own.covered.get(case.office_id, frozenset())


def _line(referral: OutgoingReferral, today: dt.date, calendar: Calendar) -> Iterable[Waiting]:
    if referral.status == OutgoingStatus.RELEASED:
        yield Waiting(
            _("An outgoing referral is to be sent"),
            referral.get_absolute_url(),
            number=referral.number,
            rail=RELEASES_RAIL,
        )
        return
    due = referral.reply_due_on
    if due is None:
        return
    left = days_left(today, due, calendar)
    if left <= SOON_DAYS:
        late = left < 0
        yield Waiting(
            _("A reply to an outgoing referral is overdue")
            if late
            else _("A reply to an outgoing referral is due"),
            referral.get_absolute_url(),
            section=Section.RUNNING_OUT,
            urgency=Urgency.LATE if late else Urgency.SOON,
            number=referral.number,
            due_on=due,
            rail=RELEASES_RAIL,
        )
