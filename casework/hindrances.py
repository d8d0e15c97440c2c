"""What keeps a case from being closed, said plainly, with where to settle it. Other slices hang theirs in ``AppConfig.ready()``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .enums import ConclusionStatus, EpisodeStatus
from .keeping_enums import OfferStatus
from .models import Case, Conclusion, Task


@dataclass(frozen=True)
class Hindrance:
    """One thing that must be settled first; ``text`` names nobody, ``url`` leads to where it is settled."""

    text: str | Promise
    url: str = ""


Finder = Callable[[Case], Iterable[Hindrance]]
_FINDERS: list[Finder] = []


def register_hindrance(finder: Finder) -> None:
    """Hang ``finder``: what of its own is still open in the case; a query or two."""
    if finder not in _FINDERS:
        _FINDERS.append(finder)


def hindrances_of(case: Case) -> list[Hindrance]:
    """All that is still open in the case."""
    return [hindrance for finder in _FINDERS for hindrance in finder(case)]


def own_hindrances(case: Case) -> Iterable[Hindrance]:
    """Of casework itself: the basis, dangers, help, conclusions, offers that wait."""
    if case.is_basis_awaited:
        yield Hindrance(
            _("The basis document is awaited"), reverse("cases:receive_basis", args=[case.pk])
        )
    if case.safety_alerts.filter(lifted_at=None).exists():
        yield Hindrance(_("A safety alert is in force"), case.get_absolute_url())
    going_on = [EpisodeStatus.REQUESTED, EpisodeStatus.ACTIVE]
    for episode in case.episodes.filter(status__in=going_on):
        words = (
            _("Help is in progress: complete or end it")
            if episode.status == EpisodeStatus.ACTIVE
            else _("Help is asked for and not answered")
        )
        yield Hindrance(words, episode.get_absolute_url())
    unsigned = [ConclusionStatus.DRAFT, ConclusionStatus.SIGNED]
    of_case = Conclusion.objects.filter(episode__case=case, status__in=unsigned)
    for conclusion in of_case.select_related("episode"):
        yield Hindrance(
            _("A conclusion is not signed or not countersigned"),
            conclusion.episode.get_absolute_url(),
        )
    for task in Task.objects.filter(case=case).open():
        yield Hindrance(_("A task is open"), task.get_absolute_url())
    yield from _offers(case)


def _offers(case: Case) -> Iterable[Hindrance]:
    for transfer in case.transfers.filter(status=OfferStatus.OFFERED):
        yield Hindrance(_("The case is offered to another office"), transfer.get_absolute_url())
    for hand_over in case.hand_overs.filter(status=OfferStatus.OFFERED):
        yield Hindrance(
            _("The case is being handed over to a colleague"), hand_over.get_absolute_url()
        )
