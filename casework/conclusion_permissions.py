"""What a person may do with a conclusion. docs/permissions.md has the table.

Every state change has one predicate, which asks both who the person is to the conclusion and its state. A conclusion that
a predicate is asked about has come through ``Conclusion.objects.visible_to``, which shuts out conflicts of interest.
"""

from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .enums import ConclusionStatus, EpisodeKind, EpisodeStatus
from .episode_permissions import ties_of
from .models import Conclusion, Episode

_HELD = (EpisodeStatus.ACTIVE, EpisodeStatus.COMPLETED)


def can_begin_conclusion(user: User, episode: Episode) -> bool:
    """The specialist of a psychological episode in progress."""
    return (
        episode.kind == EpisodeKind.PSYCHOLOGICAL
        and episode.status == EpisodeStatus.ACTIVE
        and ties_of(user, episode).gives
    )


def _helps_there(user: User, conclusion: Conclusion) -> bool:
    """Whether ``user`` is a psychologist of the office for which it is written, today."""
    return conclusion.episode.office_id in standing(user).offices(Role.PSYCHOLOGIST)


def writes(user: User, conclusion: Conclusion) -> bool:
    """Whether ``user`` is its author, and a psychologist of that office still."""
    return conclusion.author_id == user.pk and _helps_there(user, conclusion)


def examines(user: User, conclusion: Conclusion) -> bool:
    """Whether ``user`` answers for its content: the author, or the psychologist who holds the episode now."""
    episode = conclusion.episode
    holds = episode.specialist_id == user.pk and episode.status in _HELD
    return _helps_there(user, conclusion) and (holds or conclusion.author_id == user.pk)


def leads(user: User, conclusion: Conclusion) -> bool:
    """Whether ``user`` heads the author's office, or stands in for its head."""
    return conclusion.episode.office_id in standing(user).offices(Role.HEAD)


def can_write_conclusion(user: User, conclusion: Conclusion) -> bool:
    return conclusion.status == ConclusionStatus.DRAFT and writes(user, conclusion)


def can_sign_conclusion(user: User, conclusion: Conclusion) -> bool:
    return can_write_conclusion(user, conclusion)


def can_discard_conclusion(user: User, conclusion: Conclusion) -> bool:
    return can_write_conclusion(user, conclusion)


def can_countersign_conclusion(user: User, conclusion: Conclusion) -> bool:
    """The head of the author's office; never the author themself."""
    waits = conclusion.status == ConclusionStatus.SIGNED
    return waits and leads(user, conclusion) and conclusion.author_id != user.pk


def can_return_conclusion(user: User, conclusion: Conclusion) -> bool:
    """Before it is countersigned: the head with remarks, or the author who takes it back."""
    waits = conclusion.status == ConclusionStatus.SIGNED
    return waits and (can_countersign_conclusion(user, conclusion) or writes(user, conclusion))


def can_correct_conclusion(user: User, conclusion: Conclusion) -> bool:
    """Begin the next version: of a signed one, by whoever answers for its content."""
    return conclusion.status != ConclusionStatus.DRAFT and examines(user, conclusion)


def can_attach_scan(user: User, conclusion: Conclusion) -> bool:
    """The scan of the paper signed in ink: by the author, or the head of the author's office."""
    fixed = conclusion.status == ConclusionStatus.COUNTERSIGNED
    return fixed and (examines(user, conclusion) or leads(user, conclusion))
