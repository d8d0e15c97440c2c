"""What waits for somebody about applications: to decide, cases to open, refusals to confirm, documents that are due."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.enums import Role
from offices.models import User
from offices.standing import standing
from offices.waiting import Section, Urgency, Waiting

from .enums import ApplicationStatus
from .models import Application
from .models.applications import ApplicationQuerySet

_LIST = "applications:list"
SOON = dt.timedelta(days=2)
# An application that nobody has decided after so many days stands out.
OLD = 3
SHOWN = 20


def applications_waiting_for(user: User) -> Iterable[Waiting]:
    """At most four queries whatever there is; none for who neither decides nor leads."""
    own = standing(user)
    if not own.has(Role.CASEWORKER, Role.HEAD):
        return
    mine = Application.objects.visible_to(user).filter(
        office_id__in=own.offices(Role.CASEWORKER, Role.HEAD)
    )
    for application in mine.undecided().order_by("registered_at")[:SHOWN]:
        is_old = application.days_waiting(clock.today()) >= OLD
        yield Waiting(
            _("An application waits to be decided"),
            application.get_absolute_url(),
            urgency=Urgency.SOON if is_old else Urgency.CALM,
            number=application.number,
            rail=_LIST,
        )
    for application in mine.filter(status=ApplicationStatus.ELIGIBLE)[:SHOWN]:
        yield Waiting(
            _("Found eligible: open the case"),
            reverse("applications:open", args=[application.pk]),
            urgency=Urgency.SOON,
            number=application.number,
            rail=_LIST,
        )
    if own.has(Role.HEAD):
        for application in Application.objects.refusals_to_confirm_by(user)[:SHOWN]:
            yield Waiting(
                _("A refusal is proposed: confirm or return it"),
                reverse("applications:settle_refusal", args=[application.pk]),
                urgency=Urgency.SOON,
                number=application.number,
                rail=_LIST,
            )
    yield from _awaited(mine)


def _awaited(mine: ApplicationQuerySet) -> Iterable[Waiting]:
    today = clock.today()
    due = mine.awaiting_basis().filter(basis_awaited_until__lte=today + SOON)
    for application in due.order_by("basis_awaited_until")[:SHOWN]:
        yield Waiting(
            _("The basis document is awaited"),
            reverse("applications:receive_basis", args=[application.pk]),
            Section.RUNNING_OUT,
            Urgency.LATE if application.is_basis_overdue(today) else Urgency.SOON,
            number=application.number,
            due_on=application.basis_awaited_until,
            rail=_LIST,
        )
