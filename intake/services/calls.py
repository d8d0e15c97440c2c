"""A call is taken, corrected, and what is known of the people in it written down.

Each function checks permission and state and refuses with a ``DomainError`` in words. Its number is taken last.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casework.births import Birth
from casework.enums import Sex
from core import clock, names, phones
from core.errors import DomainError
from core.saving import claim_version
from offices.models import District, Office, StandardVersion, User
from papers.models import Journal
from papers.numbers import take_number

from .. import call_permissions as may
from ..enums import CallerKind, CallNature, CallOutcome, SignalChannel
from ..models import CallPerson, CallTopic, HotlineCall
from .call_clock import set_clock

# A call is written down while somebody speaks; minutes ahead are a slip of the finger.
AHEAD = dt.timedelta(minutes=1)
SIX_MONTHS = dt.timedelta(days=183)
# From this likeness on two addresses in words are taken for one.
ALIKE = 0.6


@dataclass(frozen=True)
class KnownInCall:
    """A child or an adult in the event. ``pk`` where a row says it already."""

    is_child: bool = True
    surname: str = ""
    given_name: str = ""
    description: str = ""
    sex: str = Sex.UNKNOWN
    relation: str = ""
    birth: Birth = Birth()  # noqa: RUF009  frozen
    pk: int | None = None


@dataclass(frozen=True)
class Said:
    """What somebody told: only what happened and where is needed."""

    what: str
    where: str
    received_at: dt.datetime | None = None
    caller_kind: str = CallerKind.UNKNOWN
    is_repeat_caller: bool = False
    caller_name: str = ""
    caller_phone: str = ""
    topic: CallTopic | None = None
    district: District | None = None
    people: tuple[KnownInCall, ...] = ()


@transaction.atomic
def register_call(office: Office, said: Said, *, actor: User) -> HotlineCall:
    """A real call to the trust line: the clock of clause 7 runs from ``received_at`` (now unless told)."""
    _refuse_who_takes_none(actor, office)
    if not said.what.strip() or not said.where.strip():
        raise DomainError(_("Say what happened and where; nothing else is needed."))
    return _registered(_new(office, said, actor), said.people)


@transaction.atomic
def register_consultation(office: Office, said: Said, *, actor: User) -> HotlineCall:
    """A call that was settled by advice on the phone: it ends with its registration."""
    _refuse_who_takes_none(actor, office)
    if not said.what.strip():
        raise DomainError(_("Say in a few words what was asked."))
    call = _new(office, said, actor)
    call.outcome, call.ended_by = CallOutcome.CONSULTATION, actor
    call.ended_at = max(clock.now(), call.received_at)
    return _registered(call, said.people)


@transaction.atomic
def register_empty_call(
    office: Office, nature: str, *, actor: User, at: dt.datetime | None = None
) -> HotlineCall:
    """A silent or a prank call: nothing is asked; the head looks it through, since silence may be a child."""
    _refuse_who_takes_none(actor, office)
    if nature not in (CallNature.BLANK, CallNature.PRANK):
        raise DomainError(_("Say whether the call was silent or a prank."))
    call = _new(office, Said("", "", received_at=at), actor)
    call.nature, call.ended_by, call.ended_at = nature, actor, clock.now()
    return _registered(call)


@transaction.atomic
def receive_signal(
    *,
    office: Office,
    what: str,
    where: str,
    channel: str,
    actor: User,
    received_at: dt.datetime | None = None,
    people: tuple[KnownInCall, ...] = (),
    district: District | None = None,
) -> HotlineCall:
    """A danger told otherwise than by phone (a complaint, a letter): on the board with its alarm, without the hour.

    ``actor`` is whoever met it; they need not hold calls, and learn nothing of the board by it.
    """
    if channel not in SignalChannel.values or channel == SignalChannel.PHONE:
        raise DomainError(_("A call to the trust line is registered as a call."))
    if not what.strip():
        raise DomainError(_("Say what the danger is."))
    said = Said(what, where, received_at=received_at, people=people, district=district)
    call = _new(office, said, actor, channel=channel)
    return _registered(call, people)


@transaction.atomic
def change_call(call: HotlineCall, said: Said, *, seen: int | None, actor: User) -> HotlineCall:
    """Correct what was told. Another moment of receipt moves the clock."""
    call = locked(call)
    if not may.can_change_call(actor, call):
        raise DomainError(_("Only the office that took the call corrects what was said."))
    claim_version(call, seen)
    if call.is_real and not said.what.strip():
        raise DomainError(_("Say what happened."))
    _take_over(call, said)
    lead = call if call.joined_to_id is None else locked(call.joined_to)  # type: ignore[arg-type]  # there is one
    call.save()
    if lead.pk != call.pk:
        set_clock(call, [call])
        call.save()
    set_clock(lead, [lead if m.pk == lead.pk else m for m in event_of(lead)])
    lead.save()
    set_people(call, said.people)
    return call


def set_people(call: HotlineCall, people: Iterable[KnownInCall]) -> None:
    """What is known of the people of ``call`` from now on; who is not named any more is taken away."""
    rows = {row.pk: row for row in call.people.all()}
    for person in people:
        row = rows.pop(person.pk, None) or CallPerson(call=call)  # type: ignore[arg-type]  # None finds nothing
        for name in ("is_child", "surname", "given_name", "description", "sex", "relation"):
            setattr(row, name, getattr(person, name))
        for name, value in person.birth.fields.items():
            setattr(row, name, value)
        row.save()
    for row in rows.values():
        row.delete()


def signalled_before(
    user: User,
    *,
    where: str,
    phone: str,
    besides: HotlineCall | None = None,
    at: dt.datetime | None = None,
) -> int:
    """How many other events of the last six months had this address or this phone, among the calls ``user`` sees.

    Only a number leaves here, and only of calls that the person may open.
    """
    key, number = names.fold(where)[:300], phones.normalise(phone)
    since = (at or clock.now()) - SIX_MONTHS
    found = HotlineCall.objects.visible_to(user).filter(received_at__gte=since)
    if besides is not None:
        lead = besides.joined_to_id or besides.pk
        found = found.exclude(Q(pk=lead) | Q(joined_to=lead))
    same = Q(pk__in=[])
    if len(key) > 5:
        same |= Q(likeness__gte=ALIKE)
    if number:
        same |= Q(caller_phone_key=number)
    return found.annotate(likeness=TrigramSimilarity("where_key", key)).filter(same).count()


def locked(call: HotlineCall) -> HotlineCall:
    """The call as it stands now, its row locked until the transaction ends."""
    found = HotlineCall.objects.select_for_update(of=("self",)).select_related("office")
    return found.get(pk=call.pk)


def event_of(lead: HotlineCall) -> list[HotlineCall]:
    """All calls of the event that ``lead`` leads, itself first."""
    return [lead, *HotlineCall.objects.filter(joined_to=lead)]


def _refuse_who_takes_none(actor: User, office: Office) -> None:
    if not may.can_take_calls(actor, office):
        raise DomainError(_("You take no calls in this office."))


def _new(
    office: Office, said: Said, actor: User, channel: str = SignalChannel.PHONE
) -> HotlineCall:
    """A call with its limits from the standard of the day, not saved and without a number yet."""
    received = said.received_at or clock.now()
    standard = StandardVersion.objects.in_force(clock.local(received).date())
    call = HotlineCall(
        office=office,
        channel=channel,
        taken_by=actor,
        recorded_at=clock.now(),
        received_at=received,
        standard=standard,
        visit_minutes=standard.hotline_visit_minutes,
        amber_minutes=standard.hotline_amber_minutes,
        unsent_minutes=standard.hotline_unsent_minutes,
    )
    _take_over(call, said)
    set_clock(call, [call])
    return call


def _take_over(call: HotlineCall, said: Said) -> None:
    received = said.received_at or call.received_at
    if received > clock.now() + AHEAD:
        raise DomainError(_("A call cannot have come in the future: check the time."))
    call.received_at = received
    call.what, call.where = said.what.strip(), said.where.strip()
    call.caller_kind, call.is_repeat_caller = said.caller_kind, said.is_repeat_caller
    call.caller_name, call.caller_phone = said.caller_name.strip(), said.caller_phone.strip()
    call.topic, call.district = said.topic, said.district


def _registered(call: HotlineCall, people: Iterable[KnownInCall] = ()) -> HotlineCall:
    """Store it; the number is the last thing taken."""
    call.number = take_number(call.office, Journal.CALL, on=clock.local(call.recorded_at).date())
    call.save()
    set_people(call, people)
    return call
