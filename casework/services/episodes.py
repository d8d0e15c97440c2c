"""State changes of an episode: asked, accepted or returned, handed over, completed with its result, or ended without.

Each locks the episode, checks permission (PermissionDenied) and state (DomainError, in words), and tells whom it concerns.
"""

from collections.abc import Callable, Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import Membership, Office, User
from offices.notices import tell
from offices.standing import people_in

from ..enums import EpisodeKind, EpisodeStatus, MeetingStatus
from ..episode_permissions import (
    can_complete_episode,
    can_decide_episode,
    can_end_episode,
    can_hand_over_episode,
    can_request_again,
    can_request_episode,
    can_withdraw_request,
    in_some_state,
)
from ..history import claim
from ..models import Case, CaseConflict, Episode, Meeting, Person
from ..models.episodes import HELPING_ROLE
from .episode_results import (
    call_off_planned,
    meetings_are_open,
    missing_for_completion,
    pass_planned_on,
)


def people_of(case: Case) -> QuerySet[Person]:
    """Those for whom help can be asked and who can be met: the case's children and the family's present members."""
    return Person.objects.filter(
        Q(case_places__case=case)
        | Q(family_memberships__family=case.family_id, family_memberships__to_on=None)
    ).distinct()


def specialists_for(kind: str, office: Office, case: Case | None = None) -> QuerySet[User]:
    """Staff of ``office`` who give help of this ``kind`` today, without those shut out of ``case``."""
    there = Membership.objects.active().filter(office=office, role=HELPING_ROLE[EpisodeKind(kind)])
    found = User.objects.filter(is_active=True, memberships__in=there).distinct()
    if case is not None:
        shut = CaseConflict.objects.filter(case=case, ended_at=None)
        found = found.exclude(pk__in=shut.values("user"))
    return found


def offices_that_help(kind: str) -> QuerySet[Office]:
    """Offices that have at least one specialist of this ``kind`` today."""
    there = Membership.objects.active().filter(
        role=HELPING_ROLE[EpisodeKind(kind)], user__is_active=True
    )
    return Office.objects.filter(is_active=True, memberships__in=there).distinct()


@transaction.atomic
def request_episode(
    case: Case,
    *,
    person: Person,
    kind: str,
    office: Office,
    request: str,
    asked_specialist: User | None = None,
    actor: User,
) -> Episode:
    """Ask ``office`` for help of one ``kind`` for ``person``; its head decides. Tells that head."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not can_request_episode(actor, case):
        raise PermissionDenied
    _check_request(case, person, kind, office, asked_specialist)
    _refuse_double(case, person, kind)
    episode = Episode.objects.create(
        case=case,
        person=person,
        kind=kind,
        office=office,
        request=request,
        asked_specialist=asked_specialist,
        requested_by=actor,
        requested_at=clock.now(),
    )
    _tell(_heads_of(office), "episode_requested", episode, actor)
    return episode


@transaction.atomic
def request_again(
    episode: Episode,
    *,
    seen: int | None,
    person: Person,
    office: Office,
    request: str,
    asked_specialist: User | None = None,
    actor: User,
) -> Episode:
    """Ask again after a return, the same office or another one."""
    episode = _locked(episode, can_request_again, actor)
    claim(episode, seen, actor=actor)
    _check_request(episode.case, person, episode.kind, office, asked_specialist)
    episode.person, episode.office, episode.request = person, office, request
    episode.asked_specialist = asked_specialist
    episode.status = EpisodeStatus.REQUESTED
    episode.requested_by, episode.requested_at = actor, clock.now()
    episode.decided_by, episode.decided_at, episode.return_reason = None, None, ""
    episode.save()
    _tell(_heads_of(office), "episode_requested", episode, actor)
    return episode


@transaction.atomic
def withdraw_request(episode: Episode, *, reason: str, actor: User) -> Episode:
    """Take back a request that nobody has accepted."""
    episode = _locked(episode, can_withdraw_request, actor)
    was_waiting = episode.status == EpisodeStatus.REQUESTED
    _end(episode, reason)
    if was_waiting:
        _tell(_heads_of(episode.office), "episode_withdrawn", episode, actor)
    return episode


@transaction.atomic
def accept_episode(episode: Episode, *, specialist: User, seen: int | None, actor: User) -> Episode:
    """The asked office's head takes the request and names who helps. From now on the specialist reads the case's content."""
    episode = _locked(episode, can_decide_episode, actor)
    claim(episode, seen, actor=actor)
    _check_specialist(episode, specialist)
    episode.specialist = specialist
    episode.status = EpisodeStatus.ACTIVE
    episode.decided_by, episode.decided_at = actor, clock.now()
    episode.save()
    _tell([specialist], "episode_assigned", episode, actor)
    _tell(_requesters(episode), "episode_accepted", episode, actor)
    return episode


@transaction.atomic
def return_episode(episode: Episode, *, reason: str, seen: int | None, actor: User) -> Episode:
    """The asked office's head sends the request back and says why. It may be asked again."""
    episode = _locked(episode, can_decide_episode, actor)
    claim(episode, seen, actor=actor)
    episode.status = EpisodeStatus.RETURNED
    episode.return_reason = _said(reason)
    episode.decided_by, episode.decided_at = actor, clock.now()
    episode.save()
    _tell(_requesters(episode), "episode_returned", episode, actor)
    return episode


@transaction.atomic
def hand_over_episode(
    episode: Episode, *, specialist: User, reason: str, seen: int | None, actor: User
) -> Episode:
    """Another specialist of the same office goes on. Planned meetings pass to them; private notes stay their author's."""
    episode = _locked(episode, can_hand_over_episode, actor)
    claim(episode, seen, actor=actor)
    if specialist == episode.specialist:
        raise DomainError(_("This specialist has the episode already: choose another one."))
    _check_specialist(episode, specialist)
    former, episode.specialist = episode.specialist, specialist
    episode.handover_reason = _said(reason)
    episode.save()
    pass_planned_on(episode)
    _tell([specialist, former, *_requesters(episode)], "episode_handed_over", episode, actor)
    return episode


@transaction.atomic
def complete_episode(episode: Episode, *, seen: int | None, actor: User) -> Episode:
    """Completed with the result that clause 5 asks of its kind; refused without it."""
    episode = _locked(episode, can_complete_episode, actor)
    claim(episode, seen, actor=actor)
    if missing := missing_for_completion(episode):
        raise DomainError(" ".join(missing))
    episode.status = EpisodeStatus.COMPLETED
    episode.completed_on = clock.today()
    episode.save()
    _tell(_requesters(episode), "episode_completed", episode, actor)
    return episode


@transaction.atomic
def end_episode(episode: Episode, *, reason: str, seen: int | None, actor: User) -> Episode:
    """Ended without its result, with the reason. What is planned is called off for the same reason."""
    episode = _locked(episode, can_end_episode, actor)
    claim(episode, seen, actor=actor)
    begun = (MeetingStatus.RUNNING, MeetingStatus.ENDED)
    if Meeting.objects.filter(episode=episode, status__in=begun).exists():
        raise DomainError(meetings_are_open())
    call_off_planned(episode, _said(reason))
    _end(episode, reason)
    _tell([episode.specialist, *_requesters(episode)], "episode_ended", episode, actor)
    return episode


def _locked(episode: Episode, allows: Callable[[User, Episode], bool], actor: User) -> Episode:
    """The episode with its row locked, once ``actor`` may and the state allows it."""
    found = (
        Episode.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("case", "office", "specialist")
        .filter(pk=episode.pk)
        .first()
    )
    if found is None:
        raise PermissionDenied
    if not allows(actor, found):
        if not in_some_state(allows, actor, found):
            raise PermissionDenied
        raise DomainError(
            _("This cannot be done any more: the state of the episode is now «%(state)s».")
            % {"state": found.get_status_display()}
        )
    return found


def _check_request(
    case: Case, person: Person, kind: str, office: Office, wished: User | None
) -> None:
    if not people_of(case).filter(pk=person.pk).exists():
        raise DomainError(_("Choose somebody of this family."))
    if not offices_that_help(kind).filter(pk=office.pk).exists():
        raise DomainError(_("This office has nobody who gives this help: choose another one."))
    if wished is not None and not specialists_for(kind, office, case).filter(pk=wished.pk).exists():
        raise DomainError(_("This specialist does not work in the office that is asked."))


def _refuse_double(case: Case, person: Person, kind: str) -> None:
    going_on = (EpisodeStatus.REQUESTED, EpisodeStatus.RETURNED, EpisodeStatus.ACTIVE)
    same = Episode.objects.filter(case=case, person=person, kind=kind, status__in=going_on)
    if same.exists():
        raise DomainError(
            _("This help has already been asked for this person in this case: open that request.")
        )


def _check_specialist(episode: Episode, specialist: User) -> None:
    """A tie to the family shuts out, and is not told: such a specialist is simply not on the list."""
    offered = specialists_for(episode.kind, episode.office, episode.case)
    if not offered.filter(pk=specialist.pk).exists():
        raise DomainError(_("Choose a specialist of your office from the list."))


def _end(episode: Episode, reason: str) -> None:
    episode.status = EpisodeStatus.ENDED
    episode.end_reason = _said(reason)
    episode.ended_on = clock.today()
    episode.version += 1
    episode.save()


def _said(reason: str) -> str:
    """The reason in words; raises where there is none."""
    if not reason.strip():
        raise DomainError(_("Say why, in a few words."))
    return reason.strip()


def _heads_of(office: Office) -> list[User]:
    return people_in(office.pk, Role.HEAD)


def _requesters(episode: Episode) -> list[User]:
    """Who asked, and who is responsible for the case now."""
    return [episode.requested_by, episode.case.responsible]


def _tell(people: Iterable[User | None], kind: str, episode: Episode, actor: User) -> None:
    """A number and a link to those who may know of the episode; whoever lost it is told without the link.

    Nobody is told who is shut out of the case.
    """
    chosen = {person for person in people if person is not None}
    shut = set(CaseConflict.objects.filter(case=episode.case_id, ended_at=None).values_list("user"))
    chosen = {person for person in chosen if (person.pk,) not in shut}
    knows = Episode.objects.filter(pk=episode.pk)
    told = {person for person in chosen if knows.visible_to(person).exists()}
    number, url = episode.case.number, episode.get_absolute_url()
    tell(told, kind, by=actor, number=number, url=url)
    tell(chosen - told, kind, by=actor, number=number)
