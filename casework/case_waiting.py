"""What waits for somebody about cases: to assign, to hand on, words to confirm, documents that are due."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.enums import Role
from offices.models import User
from offices.standing import standing
from offices.waiting import Section, Urgency, Waiting

from .enums import CaseStage
from .models import Case
from .models.cases import CaseQuerySet

_LIST = "cases:list"
# An awaited document is "soon" from so many days before its day.
SOON = dt.timedelta(days=2)
SHOWN = 20


def cases_waiting_for(user: User) -> Iterable[Waiting]:
    """At most four queries whatever there is; none for who neither leads nor works cases."""
    own = standing(user)
    if own.has(Role.HEAD):
        led = Case.objects.full_visible_to(user).filter(office_id__in=own.offices(Role.HEAD))
        yield from _for_heads(user, led.exclude(stage=CaseStage.CLOSED))
    if own.has(Role.CASEWORKER, Role.HEAD):
        yield from _awaited(Case.objects.full_visible_to(user).awaiting_basis())


def _for_heads(user: User, led: CaseQuerySet) -> Iterable[Waiting]:
    for case in led.forsaken().order_by("opened_at")[:SHOWN]:
        yield Waiting(
            _("The responsible worker has left: assign the case to somebody"),
            reverse("cases:assign", args=[case.pk]),
            Section.RUNNING_OUT,
            Urgency.LATE,
            number=case.number,
            rail=_LIST,
        )
    for case in led.filter(assigned_at=None).order_by("opened_at")[:SHOWN]:
        yield Waiting(
            _("A new case waits to be assigned"),
            reverse("cases:assign", args=[case.pk]),
            number=case.number,
            rail=_LIST,
        )
    words = led.awaiting_basis().filter(
        basis_allowed_by=user, basis_word_confirmed_at=None, basis_word_withdrawn_at=None
    )
    for case in words.order_by("opened_at")[:SHOWN]:
        yield Waiting(
            _("Help began on your word: confirm or withdraw it"),
            reverse("cases:settle_word", args=[case.pk]),
            urgency=Urgency.SOON,
            number=case.number,
            rail=_LIST,
        )


def _awaited(cases: CaseQuerySet) -> Iterable[Waiting]:
    today = clock.today()
    for case in cases.filter(basis_awaited_until__lte=today + SOON).order_by("basis_awaited_until")[
        :SHOWN
    ]:
        is_late = case.basis_awaited_until is not None and case.basis_awaited_until < today
        yield Waiting(
            _("The basis document is awaited"),
            reverse("cases:receive_basis", args=[case.pk]),
            Section.RUNNING_OUT,
            Urgency.LATE if is_late else Urgency.SOON,
            number=case.number,
            due_on=case.basis_awaited_until,
            rail=_LIST,
        )
