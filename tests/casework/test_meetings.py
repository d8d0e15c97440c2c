"""Meetings: planned, begun, ended, written up; the limit of a consultation (clause 7), fixed when it begins."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError

from casework.enums import MeetingKind, MeetingStatus
from casework.models import Meeting
from casework.services import meetings as services
from casework.services.meetings import Plan, Record
from core import clock
from core.errors import ChangedMeanwhile, DomainError
from tests import builders as make

pytestmark = pytest.mark.django_db
BISHKEK = ZoneInfo("Asia/Bishkek")
MINUTE = dt.timedelta(minutes=1)


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=BISHKEK)


@pytest.fixture
def episode():
    make.make_standard()
    return make.make_episode()


def consultation(episode, *, begins="2026-11-24T10:00", minutes=30, **fields):
    """A consultation that ran for ``minutes``, by the clock."""
    actor = episode.specialist
    with clock.moved_to(at(begins)):
        meeting = services.begin_unplanned_meeting(
            episode, kind=MeetingKind.CONSULTATION, with_whom=[episode.person], actor=actor
        )
    with clock.moved_to(at(begins) + minutes * MINUTE):
        services.stop_meeting(meeting, actor=actor)
    meeting.refresh_from_db()
    return meeting


def written(meeting, **fields):
    return Record(meeting.began_at, meeting.ended_at, **fields)


def test_begin_fixes_the_limit_of_the_standard_in_force(episode):
    make.make_standard(
        "2",
        in_force_from=dt.date(2026, 12, 1),
        consultation_minutes=40,
        consultation_amber_minutes=33,
    )
    before = consultation(episode, begins="2026-11-30T23:50", minutes=5)
    after = consultation(episode, begins="2026-12-01T00:10", minutes=5)

    limits = [(m.standard.number, m.limit_minutes, m.amber_minutes) for m in (before, after)]
    assert limits == [("1", 30, 25), ("2", 40, 33)]


def test_a_later_change_of_the_standard_does_not_move_a_running_clock(episode):
    meeting = consultation(episode)
    meeting.standard.consultation_minutes = 10
    meeting.standard.save()
    meeting.refresh_from_db()

    assert meeting.limit_at == meeting.began_at + 30 * MINUTE


def test_session_has_no_limit(episode):
    actor = episode.specialist
    meeting = services.begin_unplanned_meeting(episode, kind=MeetingKind.SESSION, actor=actor)

    assert (meeting.limit_minutes, meeting.limit_at, meeting.standard) == (None, None, None)
    assert not meeting.has_run_over(clock.now() + dt.timedelta(hours=7))


@pytest.mark.parametrize(
    ("seconds", "is_over"), [(0, False), (25 * 60, False), (30 * 60, False), (30 * 60 + 1, True)]
)
def test_consultation_runs_over_past_its_limit(seconds, is_over, episode):
    meeting = make.make_meeting(
        episode,
        kind=MeetingKind.CONSULTATION,
        status=MeetingStatus.RUNNING,
        began_at=at("2026-11-24T10:00"),
    )
    assert meeting.has_run_over(meeting.began_at + dt.timedelta(seconds=seconds)) is is_over


def test_record_past_the_limit_asks_for_the_reason(episode):
    meeting = consultation(episode, minutes=35)
    with clock.moved_to(at("2026-11-24T11:00")):
        with pytest.raises(DomainError):
            services.record_meeting(meeting, written(meeting), seen=0, actor=episode.specialist)
        reason = "Эне ыйлап жиберди"
        services.record_meeting(
            meeting, written(meeting, overrun_reason=reason), seen=0, actor=episode.specialist
        )
    meeting.refresh_from_db()
    assert (meeting.status, meeting.minutes, meeting.overrun_reason) == ("held", 35, reason)


def test_record_within_the_limit_keeps_no_reason(episode):
    meeting = consultation(episode, minutes=30)
    with clock.moved_to(at("2026-11-24T11:00")):
        services.record_meeting(
            meeting, written(meeting, overrun_reason="Ашыкча"), seen=0, actor=episode.specialist
        )
    meeting.refresh_from_db()
    assert (meeting.status, meeting.overrun_reason) == ("held", "")


def test_mending_the_times_of_a_held_consultation_asks_anew(episode):
    meeting = consultation(episode, minutes=20)
    actor = episode.specialist
    with clock.moved_to(at("2026-11-24T11:30")):
        services.record_meeting(meeting, written(meeting), seen=0, actor=actor)
        longer = Record(meeting.began_at, meeting.began_at + 31 * MINUTE)
        with pytest.raises(DomainError):
            services.record_meeting(meeting, longer, seen=1, actor=actor)
    meeting.refresh_from_db()
    assert meeting.minutes == 20


def test_database_refuses_a_long_consultation_without_its_reason(episode):
    meeting = consultation(episode, minutes=35)
    with pytest.raises(IntegrityError):
        Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.HELD)


def test_scenario_of_the_first_week(episode):
    """Scenario 1: the mother 35 min with the reason, the child 40, 30 and 30 min, typed afterwards."""
    mother = make.make_person("Төлөгөнова", "Жаңыл")
    make.FamilyMember.objects.create(family=episode.case.family, person=mother, relation="mother")
    actor = episode.specialist
    said = [
        ("consultation", "2026-11-24T10:00", 35, mother, "Эне ыйлап жиберди"),
        ("session", "2026-11-24T11:00", 40, episode.person, ""),
        ("session", "2026-11-26T10:00", 30, episode.person, ""),
        ("session", "2026-12-01T10:00", 30, episode.person, ""),
    ]
    with clock.moved_to(at("2026-12-01T12:00")):
        for kind, begins, minutes, whom, why in said:
            record = Record(
                at(begins), at(begins) + minutes * MINUTE, with_whom=(whom,), overrun_reason=why
            )
            services.record_unplanned_meeting(episode, record, kind=kind, actor=actor)
    held = episode.meetings.filter(status=MeetingStatus.HELD).order_by("began_at")
    assert [(m.kind, m.minutes, m.with_whom.get().given_name) for m in held] == [
        ("consultation", 35, "Жаңыл"),
        ("session", 40, "Үсөн"),
        ("session", 30, "Үсөн"),
        ("session", 30, "Үсөн"),
    ]


def test_touching_begin_and_end_twice_changes_nothing(episode):
    actor = episode.specialist
    meeting = make.make_meeting(episode, status=MeetingStatus.PLANNED, planned_at=clock.now())
    first = services.begin_meeting(meeting, actor=actor)
    with clock.advanced_by(5 * MINUTE):
        again = services.begin_meeting(meeting, actor=actor)
        assert again.began_at == first.began_at
        ended = services.stop_meeting(meeting, actor=actor)
    with clock.advanced_by(9 * MINUTE):
        assert services.stop_meeting(meeting, actor=actor).ended_at == ended.ended_at


def test_resume_goes_on_from_the_beginning(episode):
    meeting = consultation(episode, minutes=10)
    began = meeting.began_at
    services.resume_meeting(meeting, actor=episode.specialist)
    meeting.refresh_from_db()

    assert (meeting.status, meeting.began_at, meeting.ended_at) == ("running", began, None)


def test_begin_leaves_the_form_that_is_being_typed_valid(episode):
    meeting = consultation(episode, minutes=10)
    assert meeting.version == 0


def test_second_running_meeting_is_refused(episode):
    actor = episode.specialist
    services.begin_unplanned_meeting(episode, kind="session", actor=actor)
    other = make.make_episode(specialist=actor)
    with pytest.raises(DomainError):
        services.begin_unplanned_meeting(other, kind="session", actor=actor)
    with pytest.raises(IntegrityError):
        make.make_meeting(other, status=MeetingStatus.RUNNING)


def test_two_specialists_meet_at_the_same_time(episode):
    services.begin_unplanned_meeting(episode, kind="session", actor=episode.specialist)
    other = make.make_episode()
    services.begin_unplanned_meeting(other, kind="session", actor=other.specialist)
    assert Meeting.objects.filter(status=MeetingStatus.RUNNING).count() == 2


@pytest.mark.parametrize(
    ("began", "ended"),
    [("10:00", "10:00"), ("10:00", "09:00"), ("09:00", "17:01"), ("12:30", "13:30")],
    ids=["no length", "backwards", "longer than eight hours", "in the future"],
)
def test_impossible_times_are_refused(began, ended, episode):
    now = at("2026-11-24T17:30" if began == "09:00" else "2026-11-24T13:00")
    record = Record(at(f"2026-11-24T{began}"), at(f"2026-11-24T{ended}"))
    with clock.moved_to(now), pytest.raises(DomainError):
        services.record_unplanned_meeting(episode, record, kind="session", actor=episode.specialist)
    assert not episode.meetings.exists()


def test_plan_for_a_day_that_has_passed_is_refused(episode):
    yesterday = clock.now() - dt.timedelta(days=1)
    with pytest.raises(DomainError):
        services.plan_meeting(episode, Plan("session", yesterday, 30), actor=episode.specialist)


def test_change_of_a_plan_is_refused_over_another_change(episode):
    actor = episode.specialist
    meeting = make.make_meeting(episode, status=MeetingStatus.PLANNED)
    later = Plan("session", clock.now() + dt.timedelta(days=3), 45, with_whom=(episode.person,))
    services.change_plan(meeting, later, seen=0, actor=actor)
    with pytest.raises(ChangedMeanwhile):
        services.change_plan(meeting, later, seen=0, actor=actor)
    meeting.refresh_from_db()
    assert (meeting.planned_minutes, list(meeting.with_whom.all())) == (45, [episode.person])


def test_missed_only_when_its_time_has_come(episode):
    actor = episode.specialist
    meeting = make.make_meeting(episode, status=MeetingStatus.PLANNED)
    with pytest.raises(DomainError):
        services.miss_meeting(meeting, reason="Келген жок", actor=actor)
    with clock.advanced_by(dt.timedelta(days=1, minutes=1)):
        services.miss_meeting(meeting, reason="Келген жок", actor=actor)
    meeting.refresh_from_db()
    assert (meeting.status, meeting.missed_reason) == ("missed", "Келген жок")


@pytest.mark.parametrize(
    ("begins", "overlaps"),
    [
        ("09:30", False),
        ("09:31", True),
        ("10:00", True),
        ("10:29", True),
        ("10:30", False),
    ],
)
def test_overlapping_finds_every_shared_minute(begins, overlaps, episode):
    make.make_meeting(
        episode,
        status=MeetingStatus.PLANNED,
        planned_at=at("2026-11-24T10:00"),
        planned_minutes=30,
    )
    found = Meeting.objects.overlapping(at(f"2026-11-24T{begins}"), 30)
    assert found.exists() is overlaps


def test_history_says_who_held_and_when_by_our_clock(episode):
    meeting = consultation(episode, minutes=10)
    last = meeting.history.first()
    assert last.history_date.replace(microsecond=0) == at("2026-11-24T10:10")
    assert last.status == MeetingStatus.ENDED
