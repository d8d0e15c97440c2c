"""What happens to an account is kept for its owner and the auditor."""

from django.http import HttpRequest

from core import clock

from .enums import SecurityKind
from .models import SecurityEvent, User


def note_security(
    kind: SecurityKind,
    user: User | None,
    *,
    request: HttpRequest | None = None,
    by: User | None = None,
) -> SecurityEvent:
    """Keep one event of ``user``'s account (None where nobody has the name that was typed)."""
    return SecurityEvent.objects.create(
        at=clock.now(),
        user=user,
        by=by,
        kind=kind,
        address=getattr(request, "client_address", None),
    )
