"""What a person may do with a release of information. docs/permissions.md has the table.

A release that a predicate is asked about has come through ``Release.objects.visible_to``, which shuts out conflicts.
"""

from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .conclusion_permissions import examines
from .enums import ConclusionStatus, ReleaseForm, ReleaseStatus
from .models import Conclusion, Release
from .permissions import can_lead_case, can_read_case

ASKING_ROLES = (Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD)


def can_ask_release(user: User, conclusion: Conclusion) -> bool:
    """Whoever works with the case, of an issued conclusion."""
    issued = conclusion.status == ConclusionStatus.COUNTERSIGNED
    asks = standing(user).has(*ASKING_ROLES)
    return issued and asks and can_read_case(user, conclusion.episode.case)


def can_write_extract(user: User, release: Release) -> bool:
    """The examiner, until the head has decided; what is signed is not written over."""
    waits = release.status == ReleaseStatus.REQUESTED and release.form == ReleaseForm.EXTRACT
    unsigned = release.extract_signed_at is None
    return (
        waits and unsigned and release.conclusion is not None and examines(user, release.conclusion)
    )


def can_take_extract_back(user: User, release: Release) -> bool:
    """Whoever signed the extract, while the head has not decided."""
    waits = release.status == ReleaseStatus.REQUESTED
    return waits and release.extract_signed_by_id == user.pk


def can_decide_release(user: User, release: Release) -> bool:
    """Refuse, or grant: the head of the case's office."""
    return release.status == ReleaseStatus.REQUESTED and can_lead_case(user, release.of_case)


def can_grant_release(user: User, release: Release) -> bool:
    """An extract only when the examiner has signed its text."""
    is_ready = release.form == ReleaseForm.FULL or release.extract_signed_at is not None
    return is_ready and can_decide_release(user, release)


def can_hand_out_release(user: User, release: Release) -> bool:
    """Say that the paper has gone: whoever asked for it, or works the case."""
    granted = release.status == ReleaseStatus.GRANTED and release.conclusion_id is not None
    waits = granted and release.handed_on is None
    return waits and release.case is not None and can_read_case(user, release.case)


def can_export_register(user: User) -> bool:
    return standing(user).has(Role.HEAD)
