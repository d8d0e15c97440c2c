"""What waits for somebody about calls: the alarm of one to which nobody was sent, the hour, what heads look through."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.enums import Role
from offices.models import User
from offices.standing import standing
from offices.waiting import Section, Urgency, Waiting

from .models import DutyShift, HotlineCall
from .standing import call_offices

BOARD = "calls:board"
SHOWN = 20


def calls_waiting_for(user: User) -> Iterable[Waiting]:
    """At most five queries whatever there is; none for who holds no calls."""
    offices = call_offices(user)
    if offices:
        calls = HotlineCall.objects.of_offices(offices).open().filter(on_site_at=None)
        for call in calls.soonest_first()[:SHOWN]:
            yield _line(call)
    if DutyShift.objects.at().filter(user=user, office_id__in=offices).exists():
        yield Waiting(
            _("You are on duty: the board of calls"), reverse(BOARD), Section.TODAY, count=0
        )
    led = standing(user).offices(Role.HEAD)
    if led:
        today = clock.midnight(clock.today())
        unseen = HotlineCall.objects.filter(office_id__in=led).to_look_through()
        count = unseen.filter(ended_at__lt=today).count()
        if count:
            yield Waiting(
                _("Silent and prank calls, and those where nothing was found: look them through"),
                reverse("calls:look_through"),
                count=count,
                rail=BOARD,
            )


def _line(call: HotlineCall) -> Waiting:
    now = clock.now()
    if call.is_unsent(now):
        text, urgency = _("Nobody has been sent to a call"), Urgency.LATE
    elif call.is_past_due(now):
        text, urgency = _("The hour of a call is over, nobody is on site"), Urgency.LATE
    else:
        text = _("A call waits for a team on site")
        soon = call.amber_at is not None and now >= call.amber_at
        urgency = Urgency.SOON if soon else Urgency.IN_TIME
    return Waiting(
        text,
        call.get_absolute_url(),
        Section.RUNNING_OUT,
        urgency,
        number=call.number,
        due_at=call.due_at,
        amber_at=call.amber_at,
        rail=BOARD,
        comes_first=True,
    )


@dataclass(frozen=True)
class Alarm:
    """Calls that the person holds and to which nobody was sent: how many are over time, how many may yet be."""

    unsent: int = 0
    in_time: int = 0
    # Of the calls over time: stays as it is while they do, names nobody; empty where there is nothing to watch.
    mark: str = ""

    @property
    def is_watched(self) -> bool:
        """Whether every page asks anew each few seconds, not each two minutes."""
        return bool(self.unsent or self.in_time)


def alarm_for(user: User) -> Alarm:
    """The alarm of every page, in one query; none for who holds no calls."""
    offices = call_offices(user)
    if not offices:
        return Alarm()
    calls = HotlineCall.objects.of_offices(offices).open().nobody_sent()
    now, found = clock.now(), list(calls.order_by("pk").values_list("pk", "unsent_at"))
    unsent = [pk.bytes for pk, moment in found if moment <= now]
    mark = sha256(b"".join(unsent)).hexdigest()[:16] if found else ""
    return Alarm(len(unsent), len(found) - len(unsent), mark)
