"""What waits for somebody about cases: to assign, to hand on, words to confirm, documents that are due."""

import datetime as dt
from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.enums import Role
from offices.models import User
from offices.standing import standing
from offices.waiting import Section, Urgency, Waiting, running_out, saying
from offices.waiting_lines import Found, Lines, lines_kept

from .enums import CaseStage
from .models import Case
from .models.cases import CaseQuerySet

_LIST = "cases:list"
# An awaited document is "soon" from so many days before its day.
SOON = dt.timedelta(days=2)


@lines_kept
def cases_waiting_for(user: User) -> Iterable[Lines]:
    """None for who neither leads nor works cases."""
    own = standing(user)
    full = Case.objects.full_visible_to(user)
    if own.has(Role.HEAD):
        led = full.filter(office_id__in=own.offices(Role.HEAD)).exclude(stage=CaseStage.CLOSED)
        yield from _for_heads(user, led)
    if own.has(Role.CASEWORKER, Role.HEAD):
        due = full.awaiting_basis().filter(basis_awaited_until__lte=clock.today() + SOON)
        words = _("The basis document is awaited")
        say = running_out(words, "cases:receive_basis", rail=_LIST)
        yield Lines(due, say, on="basis_awaited_until", number="number")


def _for_heads(user: User, led: CaseQuerySet) -> Iterable[Lines]:
    yield Lines(led.forsaken(), _forsaken, at="opened_at", number="number")
    say = saying(_("A new case waits to be assigned"), "cases:assign", rail=_LIST)
    yield Lines(led.filter(assigned_at=None), say, at="opened_at", number="number")
    words = led.awaiting_basis().filter(
        basis_allowed_by=user, basis_word_confirmed_at=None, basis_word_withdrawn_at=None
    )
    said = _("Help began on your word: confirm or withdraw it")
    say = saying(said, "cases:settle_word", rail=_LIST, urgency=Urgency.SOON)
    yield Lines(words, say, at="opened_at", number="number")


def _forsaken(found: Found) -> Waiting:
    return Waiting(
        _("The responsible worker has left: assign the case to somebody"),
        reverse("cases:assign", args=[found.pk]),
        Section.RUNNING_OUT,
        Urgency.LATE,
        number=found.number,
        rail=_LIST,
    )
