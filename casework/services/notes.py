"""Private notes: kept as they are typed, read by their author alone. Nothing here writes a history or a log of content."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import ChangedMeanwhile, DomainError
from offices.models import User

from ..episode_permissions import can_keep_notes
from ..models import Episode, Meeting, PrivateNote

LONGEST = 100_000


def find_note(episode: Episode, meeting: Meeting | None, *, author: User) -> PrivateNote | None:
    """The author's note on the meeting, or on the episode as a whole where no meeting is named."""
    return PrivateNote.objects.visible_to(author).filter(episode=episode, meeting=meeting).first()


@transaction.atomic
def keep_note(
    episode: Episode, meeting: Meeting | None, *, text: str, seen: int, actor: User
) -> PrivateNote:
    """Store ``text`` in place of version ``seen`` of the author's note (0: there was none).

    Refuses (ChangedMeanwhile) where the same person has kept another text in another window since.
    """
    found = (
        Episode.objects.of_specialist(actor).select_for_update(of=("self",)).filter(pk=episode.pk)
    )
    locked = found.first()
    if locked is None or not can_keep_notes(actor, locked):
        raise PermissionDenied
    if meeting is not None and meeting.episode_id != locked.pk:
        raise PermissionDenied
    if len(text) > LONGEST:
        raise DomainError(_("This note is too long: begin another one at the next meeting."))
    note = find_note(locked, meeting, author=actor)
    if (note.version if note else 0) != seen:
        raise ChangedMeanwhile(
            _(
                "This note was changed in another window. Copy what you typed here and open the page again."
            )
        )
    note = note or PrivateNote(episode=locked, meeting=meeting, author=actor)
    note.text = text.replace("\0", "")
    note.updated_at = clock.now()
    note.version += 1
    note.save()
    return note
