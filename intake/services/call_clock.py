"""The clock of an event (clause 7): from the earliest of its calls, by the limits kept on the call that leads."""

import datetime as dt
from collections.abc import Sequence

from ..models import HotlineCall


def set_clock(lead: HotlineCall, event: Sequence[HotlineCall]) -> None:
    """Set on ``lead``, unsaved, when the event's clock began and when it is amber, due and an alarm.

    The hour counts from the earliest call of the trust line; other signals (a letter) have none, only the alarm.
    """
    lead.clock_from = min(call.received_at for call in event)
    lead.unsent_at = lead.clock_from + dt.timedelta(minutes=lead.unsent_minutes)
    by_phone = [call.received_at for call in event if call.has_hour]
    lead.due_at = lead.amber_at = None
    if by_phone:
        lead.due_at = min(by_phone) + dt.timedelta(minutes=lead.visit_minutes)
        lead.amber_at = min(by_phone) + dt.timedelta(minutes=lead.amber_minutes)
