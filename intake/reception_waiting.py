"""What waits at the reception: whom one is receiving, who still waits before closing, who was not received (clause 8)."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing
from offices.waiting import Section, Urgency, Waiting

from .enums import VisitorStatus
from .models import Visitor
from .models.reception import RECEIVING
from .sections import RAIL

# Whoever still waits stands out from so long before the office closes.
BEFORE_CLOSING = dt.timedelta(hours=1)


def closing_of(office: Office, day: dt.date) -> dt.datetime:
    """When the office closes on ``day``."""
    return clock.midnight(day) + dt.timedelta(
        hours=office.closes_at.hour, minutes=office.closes_at.minute
    )


def is_closing(office: Office, now: dt.datetime) -> bool:
    """Whether the last hour before closing has begun, or is over."""
    return now >= closing_of(office, clock.local(now).date()) - BEFORE_CLOSING


def reception_waiting_for(user: User) -> Iterable[Waiting]:
    """At most three queries whatever there is; none for who does not keep a reception."""
    own = standing(user)
    if not own.has(*RECEIVING):
        return
    now = clock.now()
    yield from _received_by(user, now)
    yield from _before_closing(own.offices(*RECEIVING), now)
    if own.has(Role.HEAD):
        yield from _unserved(own.offices(Role.HEAD), now)


def _received_by(user: User, now: dt.datetime) -> Iterable[Waiting]:
    mine = Visitor.objects.visible_to(user).filter(received_by=user, status=VisitorStatus.RUNNING)
    for visitor in mine:
        late = visitor.has_run_over(now)
        soon = visitor.amber_at is not None and now >= visitor.amber_at
        yield Waiting(
            _("You are receiving a visitor: end it when it is over"),
            reverse("reception:end", args=[visitor.pk]),
            section=Section.RUNNING_OUT,
            urgency=Urgency.LATE if late else Urgency.SOON if soon else Urgency.IN_TIME,
            number=str(visitor),
            due_at=visitor.limit_at,
            amber_at=visitor.amber_at,
            rail=RAIL,
        )


def _before_closing(offices: Iterable[int], now: dt.datetime) -> Iterable[Waiting]:
    today = clock.local(now).date()
    rows = (
        Office.objects.filter(
            pk__in=offices,
            visitors__came_on=today,
            visitors__status__in=[VisitorStatus.WAITING, VisitorStatus.CALLED],
        )
        .annotate(still=Count("visitors"))
        .order_by("index")
    )
    for office in rows:
        closes = closing_of(office, today)
        if is_closing(office, now):
            yield Waiting(
                _("Still waiting at the reception, and the office is closing"),
                reverse("reception:desk"),
                section=Section.RUNNING_OUT,
                urgency=Urgency.LATE if now >= closes else Urgency.SOON,
                count=office.still,
                due_at=closes,
                rail=RAIL,
            )


def _unserved(offices: Iterable[int], now: dt.datetime) -> Iterable[Waiting]:
    today = clock.local(now).date()
    rows = (
        Visitor.objects.unserved(now)
        .filter(office_id__in=offices, came_on__lt=today)
        .order_by()
        .values_list("office_id")
        .annotate(many=Count("pk"))
    )
    for _office, many in rows:
        yield Waiting(
            _("Visitors went home without being received: say why"),
            reverse("reception:unserved"),
            urgency=Urgency.LATE,
            count=many,
            rail=RAIL,
        )
