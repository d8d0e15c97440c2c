"""Guessing is slowed for one name from one place, and for nobody else.

Five failures lock that pair for fifteen minutes. A stranger elsewhere cannot lock a colleague out, and a name that does
not exist is treated as one that does. docs/decisions/sign-in.md says why this is not a library.
"""

import datetime as dt
import ipaddress
from dataclasses import dataclass

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError

from .models import SignInThrottle

FAILURES_ALLOWED = 5
LOCKED_FOR = dt.timedelta(minutes=15)
_FORGOTTEN_AFTER = dt.timedelta(days=1)


class TooManyFailures(DomainError):
    """The pair is locked; nothing was tried."""


@dataclass(frozen=True)
class Attempt:
    """One try, counted as a failure until it is said to have succeeded."""

    key: str
    is_last: bool = False

    def succeeded(self) -> None:
        SignInThrottle.objects.filter(key=self.key).delete()


def begin_attempt(name: str, address: str | None) -> Attempt:
    """Count a try of ``name`` from ``address`` before the password is looked at, so that tries at once count too.

    Raises TooManyFailures while the pair is locked.
    """
    now = clock.now()
    with transaction.atomic():
        row = _locked_row(_key(name, address), now)
        if row.locked_until and row.locked_until > now:
            raise TooManyFailures(
                _("Too many attempts from this place. Wait 15 minutes and try again.")
            )
        forgotten = row.locked_until or row.last_at < now - LOCKED_FOR
        row.failures = 1 if forgotten else row.failures + 1
        row.locked_until = now + LOCKED_FOR if row.failures >= FAILURES_ALLOWED else None
        row.last_at = now
        row.save()
    return Attempt(row.key, is_last=row.locked_until is not None)


def _locked_row(key: str, now: dt.datetime) -> SignInThrottle:
    _, made = SignInThrottle.objects.get_or_create(key=key, defaults={"last_at": now})
    if made:
        SignInThrottle.objects.filter(last_at__lt=now - _FORGOTTEN_AFTER).delete()
    return SignInThrottle.objects.select_for_update().get(key=key)


def _key(name: str, address: str | None) -> str:
    return salted_hmac(
        "offices.throttle", f"{name.strip().lower()}\0{_place(address)}", algorithm="sha256"
    ).hexdigest()


def _place(address: str | None) -> str:
    """The address; of IPv6 its /64, which one subscriber holds whole."""
    try:
        found = ipaddress.ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
