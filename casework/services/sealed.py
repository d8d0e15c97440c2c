"""The sealed door: opened by number and reason, told at once, shut by the clock or early."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import User
from offices.notices import tell
from offices.standing import people_in
from offices.throttle import Attempt, begin_attempt

from ..keeping_permissions import can_shut_sealed_door, can_use_sealed_door
from ..models import Case, CaseConflict, SealedOpening
from ..models.sealed import OPEN_FOR
from ..permissions import forget_depth

SHORTEST_REASON, FEWEST_WORDS = 20, 3


def knock(actor: User) -> Attempt:
    """Count a try, before anything is looked for: five wrong numbers shut the door for a quarter of an hour.

    Raises TooManyFailures (a DomainError). The caller says ``succeeded`` of a try that opened.
    """
    return begin_attempt(f"sealed door {actor.pk}", None)


@transaction.atomic
def open_sealed_door(number: str, reason: str, *, actor: User) -> Case:
    """Open the case with exactly that number to ``actor`` for half an hour; the worker and the owning head are told.

    One refusal for a number that does not exist and for a case that is shut to the person. A case that they read
    anyway is returned as it is.
    """
    if not can_use_sealed_door(actor):
        raise PermissionDenied
    reason = reason.strip()
    if len(reason) < SHORTEST_REASON or len(reason.split()) < FEWEST_WORDS:
        raise DomainError(_("Say in a sentence why it cannot wait."))
    case = Case.objects.select_for_update(of=("self",)).filter(number=number.strip()).first()
    if case is None or _is_shut_out(actor, case):
        raise DomainError(
            _("Nothing opens under this number. Check it; this try has been counted.")
        )
    if Case.objects.content_visible_to(actor).filter(pk=case.pk).exists():
        return case
    at = clock.now()
    SealedOpening.objects.create(
        case=case, user=actor, reason=reason, opened_at=at, until=at + OPEN_FOR
    )
    forget_depth(actor, case)
    _tell(case, "sealed_door_opened", actor)
    return case


@transaction.atomic
def shut_sealed_door(opening: SealedOpening, *, actor: User) -> SealedOpening:
    """Shut it before the clock does."""
    opening = (
        SealedOpening.objects.select_for_update(of=("self",))
        .select_related("case")
        .get(pk=opening.pk)
    )
    if not can_shut_sealed_door(actor, opening):
        if not opening.is_open:
            raise DomainError(_("It is shut already."))
        raise PermissionDenied
    opening.ended_at = clock.now()
    opening.save()
    forget_depth(actor, opening.case)
    return opening


def _is_shut_out(user: User, case: Case) -> bool:
    return CaseConflict.objects.filter(case=case, user=user, ended_at=None).exists()


def _tell(case: Case, kind: str, actor: User) -> None:
    shut = set(case.conflicts.filter(ended_at=None).values_list("user", flat=True))
    told = [case.responsible, *people_in(case.office_id, Role.HEAD)]
    tell(
        [user for user in told if user.pk not in shut],
        kind,
        by=actor,
        number=case.number,
        url=case.get_absolute_url(),
    )
