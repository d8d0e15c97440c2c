"""Events of accounts, narrowed for the auditor's list."""

import datetime as dt

from django.db.models import QuerySet

from core import clock
from offices.models import SecurityEvent, User


def narrowed_events(
    rows: QuerySet[SecurityEvent],
    *,
    since: dt.date | None = None,
    until: dt.date | None = None,
    person: User | None = None,
    kind: str = "",
) -> QuerySet[SecurityEvent]:
    """``rows`` within the filters; days are Bishkek's and both count."""
    if since:
        rows = rows.filter(at__gte=clock.midnight(since))
    if until:
        rows = rows.filter(at__lt=clock.midnight(until + dt.timedelta(days=1)))
    if person:
        rows = rows.filter(user=person)
    return rows.filter(kind=kind) if kind else rows
