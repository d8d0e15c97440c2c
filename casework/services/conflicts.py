"""Writing a conflict of interest down and ending it, for the services of the rooms: they lock the record, ask who may, and tell."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.models import User


def write_conflict(record: Any, user: User, reason: str, *, actor: User) -> Any:
    """Shut ``user`` out of the locked ``record``; ``DomainError`` without a tie, or where they are shut out already."""
    if not reason.strip():
        raise DomainError(_("Say what the tie is: relative, neighbour, person complained about."))
    if record.conflicts.filter(user=user, ended_at=None).exists():
        raise DomainError(_("This worker is shut out already."))
    return record.conflicts.create(
        user=user, reason=reason.strip(), declared_by=actor, declared_at=clock.now()
    )


def end_written_conflict(record: Any, conflict_id: UUID) -> Any:
    """The tie is no more, or was declared by mistake; ``DomainError`` where it does not stand over ``record``."""
    ties = record.conflicts.select_for_update().filter(pk=conflict_id, ended_at=None)
    conflict = ties.first()
    if conflict is None:
        raise DomainError(_("This worker is not shut out."))
    conflict.ended_at = clock.now()
    conflict.save()
    return conflict
