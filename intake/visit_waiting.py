"""What waits about visits: those of today, and those whose day has passed and that nobody wrote up."""

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from core import clock
from offices.models import User
from offices.waiting import Section, Urgency, Waiting

from .enums import VisitOutcome
from .models import Visit
from .sections import RAIL

# A visit that was planned for an hour ago is written up in peace; after that it is asked for.
PATIENCE = dt.timedelta(hours=3)


def visits_waiting_for(user: User) -> Iterable[Waiting]:
    """One query: the visits that one is to make."""
    now = clock.now()
    tomorrow = clock.midnight(clock.today() + dt.timedelta(days=1))
    rows = Visit.objects.visible_to(user).filter(
        staff=user, outcome=VisitOutcome.PLANNED, planned_at__lt=tomorrow
    )
    for visit in rows.order_by("planned_at"):
        late = visit.planned_at is not None and visit.planned_at + PATIENCE < now
        yield Waiting(
            _("Was this visit made? Write it up, or call it off") if late else _("A visit to make"),
            visit.get_absolute_url(),
            section=Section.WAITING_FOR_ME if late else Section.TODAY,
            urgency=Urgency.LATE if late else Urgency.CALM,
            due_at=visit.planned_at,
            rail=RAIL,
        )
