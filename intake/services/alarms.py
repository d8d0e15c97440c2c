"""The alarm of a call to which nobody was sent: in the page by itself; outside the page each person once by each channel.

``manage.py watch_calls`` calls :func:`sound_alarms` every minute. Doing it twice, or in two processes, tells nobody twice.
"""

import contextlib
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from core import clock
from core.templatetags.dates import moment as said_moment
from offices.channels import channels
from offices.models import User
from offices.notices import tell
from offices.standing import standing

from ..enums import AlarmChannel
from ..models import CallAlarm, HotlineCall
from ..standing import TAKE_CALLS
from .call_steps import holders_of


def sound_alarms() -> int:
    """Tell of every call that is unsent now; how many people were newly told, by whatever channel."""
    calls = HotlineCall.objects.unsent(clock.now()).values_list("pk", flat=True)
    return sum(_sound(pk) for pk in list(calls))


def _sound(pk: UUID) -> int:
    """One call: its row is locked, so that a second watcher passes it by and finds it told."""
    told = 0
    with transaction.atomic():
        call = (
            HotlineCall.objects.unsent(clock.now())
            .select_for_update(skip_locked=True, of=("self",))
            .select_related("office", "passed_office", "taken_by")
            .filter(pk=pk)
            .first()
        )
        if call is None:
            return 0
        known = set(call.alarms.values_list("user_id", "channel"))
        for person in _whom(call):
            if (person.pk, AlarmChannel.PAGE) not in known:
                tell(
                    [person],
                    "call_unsent",
                    by=None,
                    number=call.number,
                    url=call.get_absolute_url(),
                )
                _remember(call, person, AlarmChannel.PAGE)
                told += 1
    for person in _whom(call):
        told += _tell_outside(call, person, known)
    return told


def _tell_outside(call: HotlineCall, person: User, known: set[tuple[UUID, str]]) -> int:
    """By each channel that reaches ``person``. One that fails is tried again the next minute; the others are not."""
    told = 0
    for name, channel in channels().items():
        if (person.pk, name) in known or not channel.reaches(person):
            continue
        with contextlib.suppress(OSError), transaction.atomic():
            _mark, is_new = CallAlarm.objects.get_or_create(
                call=call, user=person, channel=name, defaults={"at": clock.now()}
            )
            if is_new:
                channel.send(person, *_words(call))
                told += 1
    return told


def _whom(call: HotlineCall) -> list[User]:
    """Who took the call while they belong to the office, its operators and heads, whoever is on duty."""
    people = {user.pk: user for user in holders_of(call.office)}
    taker = call.taken_by
    if taker.is_active and call.office_id in standing(taker).offices(*TAKE_CALLS):
        people[taker.pk] = taker
    return list(people.values())


def _remember(call: HotlineCall, person: User, channel: str) -> None:
    CallAlarm.objects.create(call=call, user=person, channel=channel, at=clock.now())


def _words(call: HotlineCall) -> tuple[str, str]:
    """Subject and text in both languages: a number and a way to it, nothing of what was said."""
    link = settings.PUBLIC_ADDRESS + reverse("calls:call", args=[call.pk])
    texts, subject = [], ""
    for language in ("ky", "ru"):
        with override(language):
            subject = subject or _("Nobody has been sent: call %(number)s") % {
                "number": call.number
            }
            texts.append(
                _(
                    "Call %(number)s came at %(at)s and nobody has been sent yet. Open it and say who goes:"
                )
                % {"number": call.number, "at": said_moment(call.clock_from)}
            )
    return subject, "\n\n".join([*texts, link]) + "\n"
