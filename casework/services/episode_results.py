"""What an episode can be completed with (clause 5), and what becomes of what is planned in it when it ends or passes on."""

from django.utils.translation import gettext as _

from ..accompaniment_enums import AccompanimentStatus
from ..enums import ConclusionStatus, EpisodeKind, EpisodeStatus, MeetingStatus
from ..models import Accompaniment, Conclusion, Episode, Meeting

_OPEN = (MeetingStatus.PLANNED, MeetingStatus.RUNNING, MeetingStatus.ENDED)


def has_result(episode: Episode) -> bool:
    """Whether the result that clause 5 asks for is there."""
    if episode.kind != EpisodeKind.PSYCHOLOGICAL:
        return Accompaniment.objects.results().filter(episodes=episode).exists()
    signed = (ConclusionStatus.SIGNED, ConclusionStatus.COUNTERSIGNED)
    return Conclusion.objects.filter(episode=episode, status__in=signed).exists()


def missing_for_completion(episode: Episode) -> list[str]:
    """What stands between the episode and its completion, in words; nothing where it can be completed."""
    missing = [] if has_result(episode) else [missing_result(episode.kind)]
    if Meeting.objects.filter(episode=episode, status__in=_OPEN).exists():
        missing.append(meetings_are_open())
    if Accompaniment.objects.planned().filter(episodes=episode).exists():
        missing.append(
            _(
                "There are accompaniments that are planned: write down how they went or call them off."
            )
        )
    return missing


def meetings_are_open() -> str:
    return _(
        "There are meetings that are planned or not yet recorded: record them or call them off first."
    )


def missing_result(kind: str) -> str:
    """What clause 5 asks of help of this ``kind``."""
    if kind == EpisodeKind.PSYCHOLOGICAL:
        return _("Psychological help is completed with a signed conclusion: sign it first.")
    if kind == EpisodeKind.LEGAL:
        return _("Legal help is completed with at least one accompaniment in court.")
    return _("Social help is completed with at least one accompaniment to an organisation.")


def call_off_planned(episode: Episode, reason: str) -> None:
    """The help ends: its planned meetings and accompaniments are called off for the same reason.

    An accompaniment that lies in another child's file too goes on there, and leaves this one.
    """
    for meeting in episode.meetings.select_for_update().filter(status=MeetingStatus.PLANNED):
        meeting.status = MeetingStatus.CANCELLED
        meeting.missed_reason = reason[:300]
        meeting.version += 1
        meeting.save()
    for accompaniment in _planned(episode):
        others = accompaniment.episodes.exclude(pk=episode.pk)
        accompaniment.version += 1
        if others.filter(status=EpisodeStatus.ACTIVE).exists():
            accompaniment.save()
            accompaniment.episodes.remove(episode)
            continue
        accompaniment.status = AccompanimentStatus.CANCELLED
        accompaniment.cancel_reason = reason[:300]
        accompaniment.save()


def pass_planned_on(episode: Episode) -> None:
    """Another specialist goes on: what is planned in the episode passes to them.

    An accompaniment that also lies in the file of a child whom somebody else helps stays theirs; both may write it up.
    """
    specialist = episode.specialist
    if specialist is None:
        raise ValueError("Help is handed over to somebody.")
    for meeting in episode.meetings.select_for_update().filter(status=MeetingStatus.PLANNED):
        meeting.specialist = specialist
        meeting.version += 1
        meeting.save()
    for accompaniment in _planned(episode):
        others = accompaniment.episodes.exclude(pk=episode.pk)
        accompaniment.version += 1
        if others.filter(status=EpisodeStatus.ACTIVE).exclude(specialist=specialist).exists():
            accompaniment.save()
            continue
        accompaniment.specialist = specialist
        accompaniment.save()


def _planned(episode: Episode) -> list[Accompaniment]:
    found = Accompaniment.objects.planned().filter(episodes=episode)
    return list(found.select_for_update(of=("self",)).order_by("pk"))
