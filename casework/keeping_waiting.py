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
from offices.waiting import Section, Urgency, Waiting

from .enums import CaseStage
from .models import Case, Closing, FollowUp, HandOver, PersonMerge, Transfer
from .tasks import Due, Source, as_due, register_source

_LIST = "cases:list"
SHOWN = 20
FOLLOW_UP_SOON = dt.timedelta(days=7)
LEAVING_SOON = dt.timedelta(days=30)


def keeping_waiting_for(user: User) -> Iterable[Waiting]:
    """At most six queries whatever there is; none for who neither leads nor works cases."""
    own = standing(user)
    if own.has(Role.HEAD):
        yield from _for_heads(user)
    if own.has(Role.CASEWORKER, Role.HEAD):
        yield from _hand_overs(user)
        yield from _own_leaving(user)


def _for_heads(user: User) -> Iterable[Waiting]:
    for transfer in Transfer.objects.to_answer_by(user).select_related("case")[:SHOWN]:
        yield _line(gettext_lazy("Another office offers a case: accept or refuse"), transfer)
    for closing in Closing.objects.to_decide_by(user).select_related("case")[:SHOWN]:
        yield _line(gettext_lazy("A case is to be closed: approve or return"), closing)
    for merge in PersonMerge.objects.to_answer_by(user)[:SHOWN]:
        yield Waiting(
            gettext_lazy("Are two files of one person? Another head asks"),
            merge.get_absolute_url(),
            urgency=Urgency.SOON,
        )
    yield from _forsaken_follow_ups(user)


def _forsaken_follow_ups(user: User) -> Iterable[Waiting]:
    """Of closed cases whose worker has left: the head's to make or to assign."""
    led = standing(user).offices(Role.HEAD)
    left = Case.objects.full_visible_to(user).forsaken().filter(office_id__in=led)
    due = FollowUp.objects.due().filter(case__in=left, due_on__lte=clock.today() + FOLLOW_UP_SOON)
    for row in due.select_related("case").order_by("due_on")[:SHOWN]:
        late = row.due_on < clock.today()
        yield Waiting(
            gettext_lazy("Follow-up of a closed case whose worker has left"),
            row.get_absolute_url(),
            Section.RUNNING_OUT,
            Urgency.LATE if late else Urgency.SOON,
            number=row.case.number,
            due_on=row.due_on,
            rail=_LIST,
        )


def _hand_overs(user: User) -> Iterable[Waiting]:
    for hand_over in HandOver.objects.to_answer_by(user).select_related("case")[:SHOWN]:
        yield _line(gettext_lazy("A colleague hands a case over: accept or refuse"), hand_over)


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


def _line(words: Any, record: Any) -> Waiting:
    return Waiting(
        words,
        record.get_absolute_url(),
        urgency=Urgency.SOON,
        number=record.case.number,
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
        )
    )
