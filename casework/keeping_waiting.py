"""What waits for somebody about who holds a case and how it ends. Follow-ups come through the register of dates too."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from offices.enums import Role
from offices.models import Membership, User
from offices.standing import standing
from offices.waiting import Section, Urgency, Waiting, running_out, saying
from offices.waiting_lines import KeptLines, Lines, lines_kept

from .enums import CaseStage
from .models import Case, Closing, FollowUp, HandOver, PersonMerge, Transfer
from .tasks import Due, Source, as_due, register_source

_LIST = "cases:list"
FOLLOW_UP_SOON = dt.timedelta(days=7)
LEAVING_SOON = dt.timedelta(days=30)


def keeping_waiting_for(user: User) -> Iterable[Waiting | KeptLines]:
    """One query beside the common one; none for who neither leads nor works cases."""
    yield from _to_answer(user)
    if standing(user).has(Role.CASEWORKER, Role.HEAD):
        yield from _own_leaving(user)


@lines_kept
def _to_answer(user: User) -> Iterable[Lines]:
    own = standing(user)
    if own.has(Role.HEAD):
        yield from _for_heads(user)
    if own.has(Role.CASEWORKER, Role.HEAD):
        words = gettext_lazy("A colleague hands a case over: accept or refuse")
        say = saying(words, "keeping:hand_over", rail=_LIST, urgency=Urgency.SOON)
        yield Lines(HandOver.objects.to_answer_by(user), say, at="offered_at")


def _for_heads(user: User) -> Iterable[Lines]:
    words = gettext_lazy("Another office offers a case: accept or refuse")
    transfers = Transfer.objects.to_answer_by(user)
    yield Lines(
        transfers,
        saying(words, "keeping:transfer", rail=_LIST, urgency=Urgency.SOON),
        at="offered_at",
    )
    words = gettext_lazy("A case is to be closed: approve or return")
    closings = Closing.objects.to_decide_by(user)
    yield Lines(
        closings, saying(words, "keeping:closing", rail=_LIST, urgency=Urgency.SOON), at="asked_at"
    )
    words = gettext_lazy("Are two files of one person? Another head asks")
    merges = PersonMerge.objects.to_answer_by(user)
    yield Lines(
        merges, saying(words, "keeping:merge", urgency=Urgency.SOON), at="proposed_at", number=""
    )
    yield _forsaken_follow_ups(user)


def _forsaken_follow_ups(user: User) -> Lines:
    """Of closed cases whose worker has left: the head's to make or to assign."""
    led = standing(user).offices(Role.HEAD)
    left = Case.objects.full_visible_to(user).forsaken().filter(office_id__in=led)
    due = FollowUp.objects.due().filter(case__in=left, due_on__lte=clock.today() + FOLLOW_UP_SOON)
    words = gettext_lazy("Follow-up of a closed case whose worker has left")
    return Lines(due, running_out(words, "keeping:follow_up", rail=_LIST), on="due_on")


def _own_leaving(user: User) -> Iterable[Waiting]:
    """One's own last day is near, and cases are still in hand."""
    today = clock.today()
    ends = Membership.objects.active().filter(
        user=user, role__in=[Role.CASEWORKER, Role.HEAD], ends_on__lte=today + LEAVING_SOON
    )
    held = Case.objects.filter(responsible=user, office__in=ends.values("office"))
    number = held.exclude(stage=CaseStage.CLOSED).count()
    if number:
        yield Waiting(
            gettext_lazy("Your last day is near: hand over your cases"),
            f"{reverse('cases:list')}?view=mine",
            Section.RUNNING_OUT,
            Urgency.SOON,
            count=number,
            rail=_LIST,
        )


def follow_ups_due(user: User) -> QuerySet[Any]:
    rows = FollowUp.objects.visible_to(user).due()
    return as_due(rows, "follow_up", on=F("due_on"), who="case__responsible")


def follow_up_words(_due: Due) -> str:
    return _("Follow-up after the closing")


def register_sources() -> None:
    register_source(
        Source(
            "follow_up",
            follow_ups_due,
            follow_up_words,
            lambda due: reverse("keeping:follow_up", args=[due.pk]),
            FOLLOW_UP_SOON,
            kind=follow_up_words,
        )
    )
