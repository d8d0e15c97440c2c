"""State changes of an accompaniment: planned, changed, recorded as it went with the next one, called off.

Each locks the episodes in whose files it lies, then the accompaniment, checks permission (PermissionDenied) and state
(DomainError, in words), and tells whom it concerns. What some help was completed with stays as it is.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.models import Organisation, User
from offices.notices import tell

from ..accompaniment_enums import KINDS_OF, AccompanimentKind, AccompanimentStatus
from ..accompaniment_permissions import (
    can_add_accompaniment,
    can_cancel_accompaniment,
    can_change_accompaniment,
    can_record_accompaniment,
    holds_accompaniment,
    is_settled_for_good,
)
from ..enums import EpisodeKind, EpisodeStatus
from ..history import claim
from ..models import Accompaniment, Case, CaseConflict, Episode, Person

FURTHEST = dt.timedelta(days=2 * 366)


@dataclass(frozen=True)
class Way:
    """Where to, what for, when, with whom. Of organisation and words one is enough; court fields for courts alone."""

    kind: str
    on: dt.date
    purpose: str
    organisation: Organisation | None = None
    organisation_text: str = ""
    at: dt.time | None = None
    court_number: str = ""
    role: str = ""
    place: str = ""
    with_whom: tuple[Person, ...] = ()
    others_present: str = ""


@dataclass(frozen=True)
class Outcome:
    """How it went; ``next_on`` with ``next_at`` is when it goes on, which becomes the next planned one."""

    status: str
    result: str = ""
    next_step: str = ""
    next_on: dt.date | None = None
    next_at: dt.time | None = None


def files_for(episode: Episode, user: User) -> QuerySet[Episode]:
    """In whose files ``user`` may write at once: own episodes in progress of the same case and kind, this one among them."""
    return (
        Episode.objects.of_specialist(user)
        .filter(case=episode.case_id, kind=episode.kind, status=EpisodeStatus.ACTIVE)
        .select_related("person")
        .order_by("person__sort_key", "pk")
    )


@transaction.atomic
def add_accompaniment(
    episode: Episode,
    way: Way,
    *,
    also: Iterable[Episode] = (),
    outcome: Outcome | None = None,
    actor: User,
) -> Accompaniment:
    """Plan one, or with ``outcome`` record one that nobody planned; written once for ``episode`` and those of ``also``."""
    chosen = _locked_files({episode.pk, *(other.pk for other in also)})
    first = next((e for e in chosen if e.pk == episode.pk), None)
    if first is None or not all(can_add_accompaniment(actor, e) for e in chosen):
        raise PermissionDenied
    _check_files(first, chosen)
    accompaniment = Accompaniment(case=first.case, specialist=actor, recorded_by=actor)
    _put_way(accompaniment, way, first.kind)
    if outcome is None:
        _check_planned_day(way.on)
    else:
        _put_outcome(accompaniment, outcome, actor)
    accompaniment.save()
    accompaniment.episodes.set(chosen)
    accompaniment.with_whom.set(way.with_whom)
    if outcome is not None:
        _plan_next(accompaniment, outcome, actor)
    _tell_of(accompaniment, actor)
    return accompaniment


@transaction.atomic
def change_accompaniment(
    accompaniment: Accompaniment,
    way: Way,
    *,
    files: Iterable[Episode],
    seen: int | None,
    actor: User,
) -> Accompaniment:
    """Another day, place, company, or other children, while it is planned."""
    wanted = {e.pk for e in files}
    accompaniment = _locked(accompaniment, can_change_accompaniment, actor, also=wanted)
    claim(accompaniment, seen, actor=actor)
    chosen = _locked_files(wanted)
    mine = [e for e in chosen if can_add_accompaniment(actor, e)]
    others = [e for e in accompaniment.episodes.all() if not can_add_accompaniment(actor, e)]
    if not mine or len(mine) != len(chosen):
        raise DomainError(_("Choose at least one child whom you help."))
    _check_files(mine[0], mine)
    _put_way(accompaniment, way, mine[0].kind)
    _check_planned_day(way.on)
    accompaniment.save()
    accompaniment.episodes.set([*mine, *others])
    accompaniment.with_whom.set(way.with_whom)
    return accompaniment


@transaction.atomic
def record_accompaniment(
    accompaniment: Accompaniment, outcome: Outcome, *, seen: int | None, actor: User
) -> Accompaniment:
    """Write down how it went, or mend what was written. The day on which it goes on becomes the next planned one."""
    accompaniment = _locked(accompaniment, can_record_accompaniment, actor)
    claim(accompaniment, seen, actor=actor)
    was_planned = accompaniment.is_planned
    _put_outcome(accompaniment, outcome, actor)
    accompaniment.save()
    _plan_next(accompaniment, outcome, actor)
    if was_planned:
        _tell_of(accompaniment, actor)
    return accompaniment


@transaction.atomic
def cancel_accompaniment(
    accompaniment: Accompaniment, *, reason: str, actor: User
) -> Accompaniment:
    """Called off beforehand; where the court put it off in the hearing it is recorded instead."""
    accompaniment = _locked(accompaniment, can_cancel_accompaniment, actor)
    if not reason.strip():
        raise DomainError(_("Say why, in a few words."))
    accompaniment.status = AccompanimentStatus.CANCELLED
    accompaniment.cancel_reason = reason.strip()[:300]
    accompaniment.version += 1
    accompaniment.save()
    return accompaniment


def next_of(accompaniment: Accompaniment) -> Accompaniment | None:
    """The one that was fixed at it."""
    return Accompaniment.objects.filter(follows=accompaniment).first()


def _put_way(accompaniment: Accompaniment, way: Way, help_kind: str) -> None:
    if way.kind not in KINDS_OF[EpisodeKind(help_kind)]:
        raise DomainError(_("This help has no accompaniments of this kind."))
    if way.organisation is None and not way.organisation_text.strip():
        raise DomainError(_("Say where to: choose from the list or write it in words."))
    is_court = way.kind == AccompanimentKind.COURT
    accompaniment.kind, accompaniment.on, accompaniment.at = way.kind, way.on, way.at
    accompaniment.organisation = way.organisation
    accompaniment.organisation_text = way.organisation_text.strip()
    accompaniment.purpose, accompaniment.place = way.purpose.strip(), way.place.strip()
    accompaniment.court_number = way.court_number.strip() if is_court else ""
    accompaniment.role = way.role if is_court else ""
    if is_court and not way.role:
        raise DomainError(_("Say as what you are in court."))
    accompaniment.others_present = way.others_present.strip()


def _put_outcome(accompaniment: Accompaniment, outcome: Outcome, actor: User) -> None:
    allowed = (
        (AccompanimentStatus.HELD, AccompanimentStatus.PUT_OFF, AccompanimentStatus.DECIDED)
        if accompaniment.is_in_court
        else (AccompanimentStatus.HELD,)
    )
    if outcome.status not in allowed:
        raise DomainError(_("Say how it went."))
    if accompaniment.on > clock.today():
        raise DomainError(_("Its day has not come yet: change the day, or call it off."))
    if outcome.next_on is not None and outcome.next_on <= accompaniment.on:
        raise DomainError(_("The next day comes after this one: check it."))
    accompaniment.status = outcome.status
    accompaniment.result, accompaniment.next_step = outcome.result, outcome.next_step
    accompaniment.recorded_by, accompaniment.recorded_at = actor, clock.now()


def _plan_next(accompaniment: Accompaniment, outcome: Outcome, actor: User) -> None:
    """What is fixed for another day is planned, for the same children, in the same place; a mended day moves it."""
    known = next_of(accompaniment)
    if outcome.next_on is None:
        return
    if known is not None:
        if known.is_planned and (known.on, known.at) != (outcome.next_on, outcome.next_at):
            known.on, known.at = outcome.next_on, outcome.next_at
            known.version += 1
            known.save()
        return
    planned = Accompaniment.objects.create(
        case=accompaniment.case,
        specialist=actor,
        recorded_by=actor,
        kind=accompaniment.kind,
        organisation=accompaniment.organisation,
        organisation_text=accompaniment.organisation_text,
        purpose=accompaniment.purpose,
        court_number=accompaniment.court_number,
        role=accompaniment.role,
        place=accompaniment.place,
        on=outcome.next_on,
        at=outcome.next_at,
        follows=accompaniment,
    )
    going_on = [e for e in accompaniment.episodes.all() if e.status == EpisodeStatus.ACTIVE]
    planned.episodes.set(going_on)
    planned.with_whom.set(accompaniment.with_whom.all())


def _check_planned_day(on: dt.date) -> None:
    if on < clock.today():
        raise DomainError(_("This day has passed: write down how it went."))
    if on > clock.today() + FURTHEST:
        raise DomainError(_("This is too far ahead: check the year."))


def _check_files(first: Episode, chosen: Iterable[Episode]) -> None:
    if any(e.case_id != first.case_id or e.kind != first.kind for e in chosen):
        raise DomainError(_("Together go only the children of one case."))


def _locked_files(keys: Iterable[UUID]) -> list[Episode]:
    """The episodes with their rows locked, always in one order, so that two who write at once do not block each other."""
    rows = Episode.objects.select_for_update(of=("self",)).select_related("case", "person")
    return list(rows.filter(pk__in=keys).order_by("pk"))


def _locked(
    accompaniment: Accompaniment,
    allows: Callable[[User, Accompaniment], bool],
    actor: User,
    also: Iterable[UUID] = (),
) -> Accompaniment:
    """The accompaniment with its row locked, once ``actor`` may and the state allows it."""
    lies_in = set(accompaniment.episodes.values_list("pk", flat=True))
    _locked_files({*lies_in, *also})
    found = (
        Accompaniment.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("case", "organisation")
        .prefetch_related("episodes__case", "with_whom")
        .filter(pk=accompaniment.pk)
        .first()
    )
    if found is None or not holds_accompaniment(actor, found):
        raise PermissionDenied
    if not allows(actor, found):
        if is_settled_for_good(found):
            raise DomainError(_("Help was completed or ended with it: it stays as it is written."))
        raise DomainError(
            _("This cannot be done any more: its state is now «%(state)s».")
            % {"state": found.get_status_display()}
        )
    return found


def _tell_of(accompaniment: Accompaniment, actor: User) -> None:
    """The case's responsible worker, unless shut out of it."""
    case: Case = accompaniment.case
    kind = "accompaniment_planned" if accompaniment.is_planned else "accompaniment_recorded"
    if accompaniment.is_in_court:
        kind = "hearing_planned" if accompaniment.is_planned else "hearing_recorded"
    shut = CaseConflict.objects.filter(case=case, user=case.responsible_id, ended_at=None)
    if not shut.exists():
        tell(
            [case.responsible],
            kind,
            by=actor,
            number=case.number,
            url=accompaniment.get_absolute_url(),
        )
