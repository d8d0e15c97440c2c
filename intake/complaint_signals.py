"""A complaint that tells of danger to a child is on intake's board at once, without who complained."""

from offices.models import Office, User

from .enums import SignalChannel
from .models import HotlineCall
from .services.calls import receive_signal


def receive_from_complaint(*, office: Office, what: str, where: str, actor: User) -> HotlineCall:
    """For ``complaints.danger``, which knows intake only by its registry."""
    return receive_signal(
        office=office, what=what, where=where, channel=SignalChannel.COMPLAINT, actor=actor
    )
