"""Every step of a meeting, in every state, for everybody who may know of it."""

import pytest
from django.core.exceptions import PermissionDenied

from casework.enums import EpisodeStatus, MeetingStatus
from casework.models import Meeting
from casework.services import meetings as services
from core import clock
from core.errors import DomainError
from tests import builders as make
from tests.access.world import World, cast_of

pytestmark = pytest.mark.django_db

PLANNED, RUNNING, ENDED, HELD, MISSED, CANCELLED = MeetingStatus.values

# In which states the episode's specialist may take a step; nobody else ever may.
STEPS = {
    "change": {PLANNED},
    "begin": {PLANNED, RUNNING},
    "stop": {RUNNING, ENDED},
    "resume": {ENDED, RUNNING},
    "record": {PLANNED, ENDED, HELD},
    "miss": {PLANNED},
    "cancel": {PLANNED, RUNNING, ENDED},
}


def take(step, meeting, actor):
    now = clock.now()
    if step == "change":
        plan = services.Plan("session", now, 30)
        return services.change_plan(meeting, plan, seen=meeting.version, actor=actor)
    if step == "record":
        record = services.Record(now - make.dt.timedelta(minutes=30), now)
        return services.record_meeting(meeting, record, seen=meeting.version, actor=actor)
    if step in ("miss", "cancel"):
        return getattr(services, f"{step}_meeting")(meeting, reason="Ооруп калды", actor=actor)
    return getattr(services, f"{step}_meeting")(meeting, actor=actor)


def meeting_in(status, episode):
    planned_at = clock.now() - make.dt.timedelta(hours=2)
    fields = {} if status in (RUNNING, ENDED, HELD) else {"planned_at": planned_at}
    return make.make_meeting(episode, status=status, **fields)


@pytest.mark.parametrize("step", STEPS)
def test_step_is_for_the_specialist_in_its_states(step):
    episode = make.make_episode()
    outcomes = {}
    for status in MeetingStatus.values:
        meeting = meeting_in(status, episode)
        try:
            take(step, meeting, episode.specialist)
        except DomainError:
            outcomes[status] = "too late"
            assert Meeting.objects.get(pk=meeting.pk).status == status
        else:
            outcomes[status] = "done"
        Meeting.objects.filter(pk=meeting.pk).update(
            status=CANCELLED, missed_reason="-"
        )  # one meeting runs at a time

    assert outcomes == {s: "done" if s in STEPS[step] else "too late" for s in MeetingStatus.values}


@pytest.mark.parametrize("step", STEPS)
def test_step_is_for_nobody_else(step):
    world = World()
    people = cast_of(world)
    meeting = meeting_in(sorted(STEPS[step])[0], world.episode)
    outcomes = {}
    for name, user in people.items():
        if name == "psychologist":
            continue
        try:
            take(step, meeting, user)
        except PermissionDenied:
            continue
        outcomes[name] = "done"
    assert outcomes == {}


@pytest.mark.parametrize("status", [s for s in EpisodeStatus.values if s != "active"])
def test_nothing_is_done_outside_an_episode_in_progress(status):
    helper = make.make_psychologist()
    episode = make.make_episode(specialist=helper, status=status)
    with pytest.raises(PermissionDenied):
        services.plan_meeting(episode, services.Plan("session", clock.now(), 30), actor=helper)
    with pytest.raises(PermissionDenied):
        services.begin_unplanned_meeting(episode, kind="session", actor=helper)
    meeting = make.make_meeting(episode, status=PLANNED, specialist=helper)
    with pytest.raises(PermissionDenied):
        services.begin_meeting(meeting, actor=helper)
