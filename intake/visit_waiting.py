"""What waits about visits: those of today, and those whose day has passed and that nobody wrote up."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.models import User
from offices.waiting import Section, Urgency, Waiting
from offices.waiting_lines import Found, Lines, lines_kept

from .enums import VisitOutcome
from .models import Visit
from .sections import RAIL

# A visit that was planned for an hour ago is written up in peace; after that it is asked for.
PATIENCE = dt.timedelta(hours=3)


@lines_kept
def visits_waiting_for(user: User) -> Iterable[Lines]:
    """The visits that one is to make."""
    tomorrow = clock.midnight(clock.today() + dt.timedelta(days=1))
    rows = Visit.objects.visible_to(user).filter(
        staff=user, outcome=VisitOutcome.PLANNED, planned_at__lt=tomorrow
    )
    yield Lines(rows, _to_make, at="planned_at", number="")


def _to_make(found: Found) -> Waiting:
    late = found.at is not None and found.at + PATIENCE < clock.now()
    return Waiting(
        _("Was this visit made? Write it up, or call it off") if late else _("A visit to make"),
        reverse("visits:visit", args=[found.pk]),
        section=Section.WAITING_FOR_ME if late else Section.TODAY,
        urgency=Urgency.LATE if late else Urgency.CALM,
        due_at=found.at,
        rail=RAIL,
    )
