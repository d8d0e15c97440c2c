"""Two calls about one event become one, and can be parted again."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.errors import DomainError
from offices.models import User

from .. import call_permissions as may
from ..models import HotlineCall
from .call_clock import set_clock
from .calls import event_of, locked


@transaction.atomic
def join_calls(one: HotlineCall, other: HotlineCall, *, actor: User) -> HotlineCall:
    """The event of both from now on; the call that leads it is returned. Its clock starts at the earliest.

    The call on which most was done leads; where nothing was done on either, the earlier one.
    """
    # Always in one order, so that two who join the same calls crosswise do not wait for each other.
    locks = {call.pk: locked(call) for call in sorted((one, other), key=lambda call: call.pk)}
    first, second = locks[one.pk], locks[other.pk]
    for call in (first, second):
        if not may.can_join_call(actor, call):
            raise DomainError(_("This call cannot be joined: open the call that leads its event."))
        if not call.is_open:
            raise DomainError(_("One of these calls has ended."))
    if first.pk == second.pk:
        raise DomainError(_("A call is not joined to itself."))
    if first.office_id != second.office_id:
        raise DomainError(_("Calls of different offices are not joined: pass the call on instead."))
    if second.sent_at and first.sent_at:
        raise DomainError(_("Teams were sent to both: end one of them first."))
    lead, joined = sorted((first, second), key=_done_on)
    for call in event_of(joined):
        call.joined_to = lead
        call.version += 1
        call.save()
    return _reckoned(lead)


def _done_on(call: HotlineCall) -> tuple[bool, bool, bool, object, object]:
    """Sorts the call on which more was done first, then the earlier one."""
    return (
        call.on_site_at is None,
        call.sent_at is None,
        call.passed_at is None,
        call.received_at,
        call.pk,
    )


@transaction.atomic
def part_call(call: HotlineCall, *, actor: User) -> HotlineCall:
    """``call`` is about another event after all: it stands for itself again, with a clock of its own."""
    call = locked(call)
    if not may.can_part_call(actor, call):
        raise DomainError(_("This call is not joined to another one."))
    lead = locked(call.joined_to)  # type: ignore[arg-type]  # joined, so there is one
    if not lead.is_open:
        raise DomainError(_("The event of this call has ended."))
    call.joined_to = None
    call.version += 1
    set_clock(call, [call])
    call.save()
    _reckoned(lead)
    return call


def _reckoned(lead: HotlineCall) -> HotlineCall:
    """The clock of the event as its calls are now; refused where a team would have gone before any of them came."""
    set_clock(lead, event_of(lead))
    if any(at is not None and at < lead.clock_from for at in (lead.sent_at, lead.on_site_at)):
        raise DomainError(
            _("The team had gone before the other call came: they went for this very call.")
        )
    lead.version += 1
    lead.save()
    return lead
