"""State changes of the reception: somebody comes, is called in, received, goes; and whoever was not received is accounted for.

Numbers of the day and turns are given under the lock of the day's counter, so that two desks never call one person or
give one number twice. Touching a button twice is answered with the state that the visitor is in.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.translation import gettext as _

from casework.history import claim
from core import clock
from core.errors import DomainError
from offices.models import Office, StandardVersion, User

from .. import reception_permissions as may
from ..enums import VisitorOutcome, VisitorStatus
from ..models import CommunicationNeed, PrivilegedCategory, QueueCounter, Visitor
from ..queue import in_turn

_BEGIN = """
INSERT INTO intake_queuecounter (office_id, day, last) VALUES (%s, %s, 0) ON CONFLICT DO NOTHING
"""
# Locks the row until the transaction ends: a rollback gives the number back, so nothing is skipped.
_TAKE = """
UPDATE intake_queuecounter SET last = last + 1 WHERE office_id = %s AND day = %s RETURNING last
"""


@dataclass(frozen=True)
class Arrival:
    """What is said on coming. Nothing of it is needed."""

    surname: str = ""
    given_name: str = ""
    patronymic: str = ""
    phone: str = ""
    phone_is_safe: bool | None = None
    matter: str = ""
    language: str = ""
    privilege: PrivilegedCategory | None = None
    needs: tuple[CommunicationNeed, ...] = ()
    needs_text: str = ""


@dataclass(frozen=True)
class Ending:
    """How a reception ended; ``ended_at`` only where that was earlier than now."""

    outcome: str
    answer: str = ""
    overrun_reason: str = ""
    ended_at: dt.datetime | None = None


@transaction.atomic
def register_visitor(office: Office, arrival: Arrival, *, actor: User) -> Visitor:
    """Somebody came: they get the next number of the office's day, without a gap."""
    if not may.can_keep_reception(actor, office):
        raise PermissionDenied
    visitor = Visitor(
        office=office, came_on=clock.today(), arrived_at=clock.now(), registered_by=actor
    )
    _put_arrival(visitor, arrival)
    visitor.number = _next_number(office, visitor.came_on)
    visitor.save()
    visitor.needs.set(arrival.needs)
    return visitor


@transaction.atomic
def change_visitor(visitor: Visitor, arrival: Arrival, *, seen: int | None, actor: User) -> Visitor:
    """Add or mend what is known; a privilege said late moves whoever waits to their place."""
    visitor = _locked(visitor, may.can_change_visitor, actor)
    claim(visitor, seen, actor=actor)
    _put_arrival(visitor, arrival)
    visitor.save()
    visitor.needs.set(arrival.needs)
    return visitor


@transaction.atomic
def call_next(office: Office, *, window: str, actor: User) -> Visitor:
    """Call in whose turn it is. Raises DomainError where nobody waits."""
    if not may.can_keep_reception(actor, office):
        raise PermissionDenied
    turn = _turn(office, clock.today())
    if not turn:
        raise DomainError(_("Nobody is waiting now."))
    return _call(turn[0], window, actor)


@transaction.atomic
def call_visitor(visitor: Visitor, *, window: str, reason: str = "", actor: User) -> Visitor:
    """Call in this one; out of turn only with the reason, which is kept."""
    first = _turn(visitor.office, visitor.came_on)[:1]
    visitor = _locked(visitor, may.can_call_visitor, actor)
    if first and first[0].pk != visitor.pk:
        if not reason.strip():
            raise DomainError(
                _("It is the turn of number %(number)s. To call another one first, say why.")
                % {"number": first[0].number}
            )
        visitor.out_of_turn_reason = reason.strip()
    return _call(visitor, window, actor)


@transaction.atomic
def return_to_queue(visitor: Visitor, *, actor: User) -> Visitor:
    """They did not come in, or came back: they wait again, in the place that their arrival gives them."""
    if already := _already(visitor, actor, VisitorStatus.WAITING):
        return already
    visitor = _locked(visitor, may.can_return_to_queue, actor)
    visitor.status, visitor.called_at, visitor.received_by = VisitorStatus.WAITING, None, None
    visitor.window = visitor.out_of_turn_reason = ""
    visitor.absence_reason, visitor.absence_by, visitor.absence_at = "", None, None
    visitor.save()
    return visitor


@transaction.atomic
def begin_reception(visitor: Visitor, *, actor: User) -> Visitor:
    """It begins now, with the limit of the standard in force today (clause 7)."""
    if already := _already(visitor, actor, VisitorStatus.RUNNING):
        return already
    visitor = _locked(visitor, may.can_begin_reception, actor)
    running = Visitor.objects.filter(received_by=actor, status=VisitorStatus.RUNNING).first()
    if running is not None:
        raise DomainError(
            _("You are still receiving number %(number)s: end that first.")
            % {"number": running.number}
        )
    standard = StandardVersion.objects.in_force(visitor.came_on)
    visitor.standard = standard
    visitor.limit_minutes = standard.consultation_minutes
    visitor.amber_minutes = standard.consultation_amber_minutes
    visitor.status, visitor.began_at, visitor.received_by = (
        VisitorStatus.RUNNING,
        _this_second(),
        actor,
    )
    visitor.save()
    return visitor


@transaction.atomic
def end_reception(visitor: Visitor, ending: Ending, *, actor: User) -> Visitor:
    """It is over; past the limit only with the reason."""
    visitor = _locked(visitor, may.can_end_reception, actor)
    if ending.outcome not in VisitorOutcome.values:
        raise DomainError(_("Say what the reception came to."))
    now = _this_second()
    ended = ending.ended_at or now
    if visitor.began_at is None or not visitor.began_at <= ended <= now:
        raise DomainError(_("It ended between its beginning and now: check the time."))
    visitor.ended_at, visitor.status = ended, VisitorStatus.ENDED
    visitor.outcome, visitor.answer = ending.outcome, ending.answer.strip()
    visitor.overrun_reason = ending.overrun_reason.strip()
    if not visitor.has_run_over(ended):
        visitor.overrun_reason = ""
    elif not visitor.overrun_reason:
        raise DomainError(
            _("The consultation lasted longer than %(minutes)s minutes: say why, in a few words.")
            % {"minutes": visitor.limit_minutes}
        )
    visitor.version += 1
    visitor.save()
    return visitor


@transaction.atomic
def mark_left(visitor: Visitor, *, reason: str = "", actor: User) -> Visitor:
    """They went without being received."""
    if already := _already(visitor, actor, VisitorStatus.LEFT):
        return already
    visitor = _locked(visitor, may.can_mark_left, actor)
    return _absent(visitor, VisitorStatus.LEFT, reason, actor)


@transaction.atomic
def explain_unserved(
    office: Office, visitors: Iterable[Visitor], *, reason: str, actor: User
) -> int:
    """The head says why these were not received on their day (clause 8); how many there were."""
    if not may.can_lead_reception(actor, office):
        raise PermissionDenied
    if not reason.strip():
        raise DomainError(_("Say why, in a few words."))
    chosen = [visitor.pk for visitor in visitors]
    rows = (
        Visitor.objects.unserved(clock.now())
        .filter(office=office, pk__in=chosen)
        .select_for_update(of=("self",))
    )
    found = [_absent(row, VisitorStatus.UNSERVED, reason, actor) for row in rows]
    return len(found)


def _put_arrival(visitor: Visitor, arrival: Arrival) -> None:
    visitor.surname, visitor.given_name = arrival.surname, arrival.given_name
    visitor.patronymic, visitor.matter = arrival.patronymic, arrival.matter
    visitor.phone, visitor.phone_is_safe = arrival.phone, arrival.phone_is_safe
    visitor.language, visitor.privilege = arrival.language, arrival.privilege
    visitor.needs_text = arrival.needs_text


def _absent(visitor: Visitor, status: str, reason: str, actor: User) -> Visitor:
    visitor.status, visitor.absence_reason = status, reason.strip()
    visitor.absence_by, visitor.absence_at = actor, clock.now()
    visitor.window = ""
    visitor.save()
    return visitor


def _next_number(office: Office, day: dt.date) -> int:
    """Taken last in the transaction: whoever else registers in this office waits until it ends."""
    with connection.cursor() as cursor:
        cursor.execute(_BEGIN, [office.pk, day])
        cursor.execute(_TAKE, [office.pk, day])
        number: int = cursor.fetchone()[0]
    return number


def _turn(office: Office, day: dt.date) -> list[Visitor]:
    """Who waits, in turn; nobody else calls until the transaction ends."""
    list(QueueCounter.objects.select_for_update().filter(office=office, day=day))
    waiting = Visitor.objects.of_day(office, day).waiting().select_for_update(of=("self",))
    return in_turn(waiting)


def _call(visitor: Visitor, window: str, actor: User) -> Visitor:
    visitor.status, visitor.called_at = VisitorStatus.CALLED, clock.now()
    visitor.window, visitor.received_by = window.strip(), actor
    visitor.save()
    return visitor


def _this_second() -> dt.datetime:
    return clock.now().replace(microsecond=0)


def _locked(visitor: Visitor, allows: Callable[[User, Visitor], bool], actor: User) -> Visitor:
    """The visitor with its row locked, once ``actor`` may and the state allows it."""
    found = (
        Visitor.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("office")
        .filter(pk=visitor.pk)
        .first()
    )
    if found is None:
        raise PermissionDenied
    if not allows(actor, found):
        if allows is may.can_end_reception and found.status == VisitorStatus.RUNNING:
            raise PermissionDenied
        raise DomainError(
            _("This cannot be done any more: the state of number %(number)s is now «%(state)s».")
            % {"number": found.number, "state": found.get_status_display()}
        )
    return found


def _already(visitor: Visitor, actor: User, state: str) -> Visitor | None:
    """The visitor where they are in ``state`` already."""
    return Visitor.objects.visible_to(actor).filter(pk=visitor.pk, status=state).first()
