"""What waits for somebody at the desk: drafts to finish, papers to countersign, releases to write, decide and hand out."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from offices.enums import Role
from offices.models import User
from offices.standing import standing
from offices.waiting import Urgency, Waiting

from .enums import ConclusionStatus
from .models import Conclusion, Release

_DESK, _REGISTER = "conclusions:desk", "releases:register"


def desk_waiting_for(user: User) -> Iterable[Waiting]:
    """At most six queries whatever there is; none for who has neither desk nor case."""
    own = standing(user)
    if own.has(Role.PSYCHOLOGIST):
        yield from _for_psychologists(user)
    if own.has(Role.HEAD):
        yield from _for_heads(user)
    if own.has(Role.CASEWORKER, Role.PSYCHOLOGIST, Role.LAWYER, Role.HEAD):
        yield from _to_hand_out(user)


def _for_psychologists(user: User) -> Iterable[Waiting]:
    mine = Conclusion.objects.visible_to(user).filter(author=user).select_related("episode__case")
    for draft in mine.filter(status=ConclusionStatus.DRAFT).order_by("created_at"):
        yield Waiting(
            _("A conclusion is being written: finish and sign it"),
            draft.write_url,
            number=draft.episode.case.number,
            rail=_DESK,
        )
    later = Conclusion.objects.filter(replaces=OuterRef("pk"))
    returned = mine.filter(~Exists(later), status=ConclusionStatus.RETURNED)
    for conclusion in returned.order_by("returned_at"):
        yield Waiting(
            _("A conclusion came back with remarks: mend it"),
            conclusion.get_absolute_url(),
            urgency=Urgency.SOON,
            number=conclusion.number,
            rail=_DESK,
        )
    asked = Release.objects.extracts_to_write_by(user).select_related("case")
    for release in asked.order_by("requested_at"):
        yield Waiting(
            _("An extract is asked for: write and sign it"),
            reverse("releases:extract", args=[release.pk]),
            number=release.of_case.number,
            rail=_REGISTER,
        )


def _for_heads(user: User) -> Iterable[Waiting]:
    for conclusion in Conclusion.objects.to_countersign_by(user).order_by("signed_at"):
        yield Waiting(
            _("A conclusion waits for your signature"),
            reverse("conclusions:countersign", args=[conclusion.pk]),
            number=conclusion.number,
            rail=_DESK,
        )
    asked = Release.objects.to_decide_by(user).select_related("case")
    for release in asked.order_by("requested_at"):
        yield Waiting(
            _("A release of information waits for your decision"),
            reverse("releases:decide", args=[release.pk]),
            number=release.of_case.number,
            rail=_REGISTER,
        )


def _to_hand_out(user: User) -> Iterable[Waiting]:
    for release in Release.objects.to_hand_out_by(user).order_by("decided_at"):
        yield Waiting(
            _("A released paper is to be handed out"),
            release.get_absolute_url(),
            number=release.number,
            rail=_REGISTER,
        )
