"""The link of the waiting room's screen: made once, renewed where it has come into wrong hands."""

import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction

from core import clock
from offices.models import Office, User

from ..models import WaitingRoomDisplay
from ..reception_permissions import can_keep_reception, can_lead_reception


@transaction.atomic
def display_of(office: Office, *, actor: User) -> WaitingRoomDisplay:
    """The office's screen; the first who asks for it makes its link."""
    if not can_keep_reception(actor, office):
        raise PermissionDenied
    display, _made = WaitingRoomDisplay.objects.get_or_create(
        office=office, defaults={"token": new_token(), "renewed_by": actor}
    )
    return display


@transaction.atomic
def renew_display(office: Office, *, actor: User) -> WaitingRoomDisplay:
    """The old link shows nothing any more. By the head."""
    if not can_lead_reception(actor, office):
        raise PermissionDenied
    Office.objects.select_for_update().get(pk=office.pk)
    display = WaitingRoomDisplay.objects.filter(office=office).first()
    if display is None:
        return display_of(office, actor=actor)
    display.token, display.renewed_by, display.renewed_at = new_token(), actor, clock.now()
    display.save()
    return display


def new_token() -> str:
    """256 bits that nobody guesses."""
    return secrets.token_urlsafe(32)
