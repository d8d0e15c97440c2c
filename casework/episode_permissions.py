"""What a person may do with an episode of help and its meetings. docs/permissions.md has the table.

Every state change has one predicate, which asks both who the person is to the episode and its state. An episode that a
predicate is asked about has come through ``Episode.objects.visible_to``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .enums import EpisodeStatus, MeetingStatus
from .models import Case, Episode, Meeting
from .permissions import can_change_case

_TIES = "_ties_by_reader"
_ASKED = (EpisodeStatus.REQUESTED, EpisodeStatus.RETURNED)


@dataclass(frozen=True)
class Ties:
    """What a person is to an episode; nothing at all to one who is shut out of its case."""

    gives: bool = False
    leads: bool = False
    works_case: bool = False
    leads_case: bool = False

    @property
    def reads_content(self) -> bool:
        """Meetings and what was done in them; the asked office's head reads the request alone."""
        return self.gives or self.works_case


def ties_of(user: User | Any, episode: Episode) -> Ties:
    """The ties of ``user`` to ``episode``: one query, remembered on this object of the episode."""
    known: dict[UUID | None, Ties] = episode.__dict__.setdefault(_TIES, {})
    key = getattr(user, "pk", None)
    if key not in known:
        known[key] = _ask_ties(user, episode)
    return known[key]


def _ask_ties(user: User, episode: Episode) -> Ties:
    same = Episode.objects.filter(pk=OuterRef("pk"))
    works = Case.objects.full_visible_to(user).filter(pk=OuterRef("case"))
    row = (
        Episode.objects.filter(pk=episode.pk)
        .annotate(
            is_given=Exists(same.of_specialist(user)),
            is_led=Exists(same.led_by(user)),
            is_worked=Exists(works),
        )
        .values_list("is_given", "is_led", "is_worked", "case__office_id")
        .get()
    )
    given, led, worked, office = row
    return Ties(given, led, worked, worked and office in standing(user).offices(Role.HEAD))


def in_some_state(allows: Callable[[Any, Episode], bool], user: User, episode: Episode) -> bool:
    """Whether ``user`` may take a step in some state of the episode, though perhaps not in the one that it is in."""
    now = episode.status
    try:
        return any(_allows_in(state, allows, user, episode) for state in EpisodeStatus.values)
    finally:
        episode.status = now


def _allows_in(
    state: str, allows: Callable[[Any, Episode], bool], user: User, episode: Episode
) -> bool:
    episode.status = state
    return allows(user, episode)


def can_request_episode(user: User, case: Case) -> bool:
    """The responsible worker, a stand-in, the head; while the case is open."""
    return can_change_case(user, case)


def can_decide_episode(user: User, episode: Episode) -> bool:
    """Accept or return a request: the head of the office that is asked."""
    return episode.status == EpisodeStatus.REQUESTED and ties_of(user, episode).leads


def can_request_again(user: User, episode: Episode) -> bool:
    return episode.status == EpisodeStatus.RETURNED and ties_of(user, episode).works_case


def can_withdraw_request(user: User, episode: Episode) -> bool:
    return episode.status in _ASKED and ties_of(user, episode).works_case


def can_hand_over_episode(user: User, episode: Episode) -> bool:
    """To another specialist of the same office, by its head."""
    return episode.status == EpisodeStatus.ACTIVE and ties_of(user, episode).leads


def can_lead_meetings(user: User, episode: Episode) -> bool:
    """Plan, begin, record: the episode's specialist while it is in progress."""
    return episode.status == EpisodeStatus.ACTIVE and ties_of(user, episode).gives


def can_complete_episode(user: User, episode: Episode) -> bool:
    return can_lead_meetings(user, episode)


def can_end_episode(user: User, episode: Episode) -> bool:
    """Without result: its specialist, the specialist's head, or the head of the case's office."""
    ties = ties_of(user, episode)
    return episode.status == EpisodeStatus.ACTIVE and (ties.gives or ties.leads or ties.leads_case)


def can_read_episode_content(user: User, episode: Episode) -> bool:
    return ties_of(user, episode).reads_content


def can_read_case_through(user: User, episode: Episode) -> bool:
    """Reason, basis and plan of the case: not for the asked office's head, nor once help has ended without result."""
    ties = ties_of(user, episode)
    holds = episode.status in (EpisodeStatus.ACTIVE, EpisodeStatus.COMPLETED)
    return ties.works_case or (ties.gives and holds)


def can_read_alerts(user: User, episode: Episode) -> bool:
    """Whoever meets the person or decides about meeting them must know of a danger."""
    return can_read_case_through(user, episode) or ties_of(user, episode).leads


def can_keep_notes(user: User, episode: Episode) -> bool:
    """Write private notes: the specialist of an episode that has been accepted, also after its end."""
    return episode.status not in _ASKED and ties_of(user, episode).gives


def can_change_plan(user: User, meeting: Meeting) -> bool:
    return meeting.status == MeetingStatus.PLANNED and can_lead_meetings(user, meeting.episode)


def can_begin_meeting(user: User, meeting: Meeting) -> bool:
    return can_change_plan(user, meeting)


def can_stop_meeting(user: User, meeting: Meeting) -> bool:
    return meeting.status == MeetingStatus.RUNNING and can_lead_meetings(user, meeting.episode)


def can_resume_meeting(user: User, meeting: Meeting) -> bool:
    """Where «end» was touched by mistake: the clock goes on from its beginning."""
    return meeting.status == MeetingStatus.ENDED and can_lead_meetings(user, meeting.episode)


def can_record_meeting(user: User, meeting: Meeting) -> bool:
    """Write up what was held, at once or afterwards, and mend it while the episode is in progress."""
    recordable = (MeetingStatus.PLANNED, MeetingStatus.ENDED, MeetingStatus.HELD)
    return meeting.status in recordable and can_lead_meetings(user, meeting.episode)


def can_miss_meeting(user: User, meeting: Meeting) -> bool:
    return can_change_plan(user, meeting)


def can_cancel_meeting(user: User, meeting: Meeting) -> bool:
    """Called off beforehand, or begun by mistake."""
    mistaken = (MeetingStatus.PLANNED, MeetingStatus.RUNNING, MeetingStatus.ENDED)
    return meeting.status in mistaken and can_lead_meetings(user, meeting.episode)
