"""What any other way that a case goes does to an offer that still waits."""

from core import clock
from offices.models import User

from ..keeping_enums import OfferStatus
from ..models import Case


def overtake_hand_over(case: Case, actor: User) -> None:
    """The case goes another way: a hand-over that still waits is taken back. The case is locked by the caller."""
    waiting = case.hand_overs.select_for_update().filter(status=OfferStatus.OFFERED).first()
    if waiting is not None:
        waiting.status, waiting.decided_by = OfferStatus.WITHDRAWN, actor
        waiting.decided_at = clock.now()
        waiting.save()
