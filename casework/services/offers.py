"""What happens beside, whichever way a case goes on: offers that still wait, tasks of whoever works on it no more."""

from core import clock
from offices.models import User

from ..keeping_enums import OfferStatus
from ..models import Case, Task


def overtake_hand_over(case: Case, actor: User) -> None:
    """The case goes another way: a hand-over that still waits is taken back. The case is locked by the caller."""
    waiting = case.hand_overs.select_for_update().filter(status=OfferStatus.OFFERED).first()
    if waiting is not None:
        waiting.status, waiting.decided_by = OfferStatus.WITHDRAWN, actor
        waiting.decided_at = clock.now()
        waiting.save()


def carry_tasks(case: Case, to: User) -> None:
    """Open tasks of people who read the case no longer are ``to``'s from now on. The case is saved and locked by the caller."""
    for task in Task.objects.filter(case=case).open().select_for_update(of=("self",)):
        if not Case.objects.content_visible_to(task.assigned_to).filter(pk=case.pk).exists():
            task.assigned_to = to
            task.version += 1
            task.save()
