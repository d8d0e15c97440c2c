"""What waits for somebody at the desk: drafts to finish, papers to countersign, releases to write, decide and hand out."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from offices.enums import Role
from offices.models import User
from offices.standing import standing
from offices.waiting import Urgency, saying
from offices.waiting_lines import Lines, lines_kept

from .enums import ConclusionStatus
from .models import Conclusion, Release

_DESK, _REGISTER = "conclusions:desk", "releases:register"


@lines_kept
def desk_waiting_for(user: User) -> Iterable[Lines]:
    """None for who has neither desk nor case."""
    own = standing(user)
    if own.has(Role.PSYCHOLOGIST):
        yield from _for_psychologists(user)
    if own.has(Role.HEAD):
        yield from _for_heads(user)
    if own.has(Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD):
        words = _("A released paper is to be handed out")
        say = saying(words, "releases:release", rail=_REGISTER)
        yield Lines(Release.objects.to_hand_out_by(user), say, at="decided_at", number="number")


def _for_psychologists(user: User) -> Iterable[Lines]:
    mine = Conclusion.objects.visible_to(user).filter(author=user)
    words = _("A conclusion is being written: finish and sign it")
    say = saying(words, "conclusions:write", rail=_DESK)
    drafts = mine.filter(status=ConclusionStatus.DRAFT)
    yield Lines(drafts, say, at="created_at", number="episode__case__number")
    later = Conclusion.objects.filter(replaces=OuterRef("pk"))
    returned = mine.filter(~Exists(later), status=ConclusionStatus.RETURNED)
    words = _("A conclusion came back with remarks: mend it")
    say = saying(words, "conclusions:conclusion", rail=_DESK, urgency=Urgency.SOON)
    yield Lines(returned, say, at="returned_at", number="number")
    words = _("An extract is asked for: write and sign it")
    say = saying(words, "releases:extract", rail=_REGISTER)
    yield Lines(Release.objects.extracts_to_write_by(user), say, at="requested_at")


def _for_heads(user: User) -> Iterable[Lines]:
    words = _("A conclusion waits for your signature")
    say = saying(words, "conclusions:countersign", rail=_DESK)
    signed = Conclusion.objects.to_countersign_by(user)
    yield Lines(signed, say, at="signed_at", number="number")
    words = _("A release of information waits for your decision")
    say = saying(words, "releases:decide", rail=_REGISTER)
    yield Lines(Release.objects.to_decide_by(user), say, at="requested_at")
