"""What waits for somebody about applications: to decide, cases to open, refusals to confirm, documents that are due."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.enums import Role
from offices.models import User
from offices.standing import standing
from offices.waiting import Urgency, Waiting, running_out, saying
from offices.waiting_lines import Found, Lines, lines_kept

from .enums import ApplicationStatus
from .models import Application

_LIST = "applications:list"
SOON = dt.timedelta(days=2)
# An application that nobody has decided after so many days stands out.
OLD = 3


@lines_kept
def applications_waiting_for(user: User) -> Iterable[Lines]:
    """None for who neither decides nor leads."""
    own = standing(user)
    if not own.has(Role.CASEWORKER, Role.HEAD):
        return
    mine = Application.objects.visible_to(user).filter(
        office_id__in=own.offices(Role.CASEWORKER, Role.HEAD)
    )
    first = {"at": "registered_at", "number": "number"}
    yield Lines(mine.undecided(), _undecided, detail="registered_on", **first)
    eligible = mine.filter(status=ApplicationStatus.ELIGIBLE)
    words = _("Found eligible: open the case")
    say = saying(words, "applications:open", rail=_LIST, urgency=Urgency.SOON)
    yield Lines(eligible, say, **first)
    if own.has(Role.HEAD):
        refusals = Application.objects.refusals_to_confirm_by(user)
        words = _("A refusal is proposed: confirm or return it")
        say = saying(words, "applications:settle_refusal", rail=_LIST, urgency=Urgency.SOON)
        yield Lines(refusals, say, **first)
    due = mine.awaiting_basis().filter(basis_awaited_until__lte=clock.today() + SOON)
    say = running_out(_("The basis document is awaited"), "applications:receive_basis", rail=_LIST)
    yield Lines(due, say, on="basis_awaited_until", number="number")


def _undecided(found: Found) -> Waiting:
    is_old = (clock.today() - dt.date.fromisoformat(found.detail)).days >= OLD
    return Waiting(
        _("An application waits to be decided"),
        reverse("applications:application", args=[found.pk]),
        urgency=Urgency.SOON if is_old else Urgency.CALM,
        number=found.number,
        rail=_LIST,
    )
