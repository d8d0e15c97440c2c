"""Help: the list, an episode and its steps, meetings, calendars, private notes."""

from casework.enums import EpisodeStatus, MeetingStatus
from tests import builders as make

from .rows import STAFF, Row
from .world import HEADS_OF_IT, HELP_IT, KNOW_OF_IT, WORK_IT

CENTRE = "Centre's head"
HELPER = "psychologist"
HEADS = HEADS_OF_IT | {CENTRE, "head shut out", "other head"}
HELPERS = HELP_IT | {
    "responsible",
    "stand-in",
    "deputy",
    "colleague",
    "Centre's psychologist without an episode",
    "colleague shut out",
    "psychologist shut out",
    "other caseworker",
}
NOTE = "замолкает"


def _episode(world):
    return {"pk": world.episode.pk}


def _in(status):
    def build(world):
        episode = make.make_episode(world.case, world.psychologist, status=status)
        return {"pk": episode.pk}

    return build


def _meeting(world):
    return {"pk": world.meeting.pk}


def _meeting_in(status):
    return lambda world: {"pk": make.make_meeting(world.episode, status=status).pk}


def _noted_meeting(world):
    make.make_private_note(world.episode, meeting=world.meeting)
    return _meeting(world)


def _step(name, opens, kwargs=_episode):
    """A step of an episode: known to those who work the case, its helper and the asked office's head."""
    known = WORK_IT | {CENTRE} | ({HELPER} if kwargs is _episode else set())
    return Row(name, opens=opens, refuses=known - opens, kwargs=kwargs)


def _meeting_step(name, kwargs):
    return Row(name, opens={HELPER}, refuses=WORK_IT, kwargs=kwargs)


def _touch(name, refuses, kwargs, **send):
    return Row(
        name,
        opens={HELPER},
        refuses=refuses,
        kwargs=kwargs,
        send=lambda world: send,
        done=302,
        sees=set(),
    )


def _note(name, kwargs):
    return Row(name, opens={HELPER}, kwargs=kwargs, shows=NOTE)


def _kept_note(name, kwargs):
    return _touch(name, set(), kwargs, private_note="Жаңы", note_version="0")


ROWS = [
    Row("episodes:list", opens=HEADS | HELPERS, otherwise=403, sees=WORK_IT | HELP_IT | {CENTRE}),
    Row("episodes:calendar", opens=HELPERS, otherwise=403, sees={HELPER}),
    Row("episodes:load", opens=HEADS, otherwise=403, sees=set()),
    Row("episodes:notes", opens=STAFF, sees={HELPER}, shows=NOTE),
    Row(
        "episodes:request",
        opens=WORK_IT,
        refuses=KNOW_OF_IT - WORK_IT,
        kwargs=lambda w: {"case_pk": w.case.pk},
    ),
    Row("episodes:episode", opens=WORK_IT | {HELPER, CENTRE}, kwargs=_episode),
    _step("episodes:request_again", WORK_IT, _in(EpisodeStatus.RETURNED)),
    _step("episodes:accept", {CENTRE}, _in(EpisodeStatus.REQUESTED)),
    _step("episodes:return", {CENTRE}, _in(EpisodeStatus.REQUESTED)),
    _step("episodes:withdraw", WORK_IT, _in(EpisodeStatus.REQUESTED)),
    _step("episodes:hand_over", {CENTRE}),
    _step("episodes:complete", {HELPER}),
    _step("episodes:end", HEADS_OF_IT | {HELPER, CENTRE}),
    _step("episodes:plan_meeting", {HELPER}),
    _step("episodes:record_unplanned", {HELPER}),
    _touch("episodes:begin_unplanned", WORK_IT | {CENTRE}, _episode, kind="session"),
    Row("episodes:meeting", opens=WORK_IT | {HELPER}, kwargs=_meeting),
    _meeting_step("episodes:record", _meeting),
    _meeting_step("episodes:change_plan", _meeting_in(MeetingStatus.PLANNED)),
    _meeting_step("episodes:miss", _meeting_in(MeetingStatus.PLANNED)),
    _meeting_step("episodes:cancel", _meeting_in(MeetingStatus.PLANNED)),
    _touch("episodes:begin", WORK_IT, _meeting_in(MeetingStatus.PLANNED)),
    _touch("episodes:stop", WORK_IT, _meeting_in(MeetingStatus.RUNNING)),
    _touch("episodes:resume", WORK_IT, _meeting_in(MeetingStatus.ENDED)),
    _note("episodes:episode_note", _episode),
    _note("episodes:meeting_note", _noted_meeting),
    _kept_note("episodes:keep_episode_note", _episode),
    _kept_note("episodes:keep_meeting_note", _noted_meeting),
]
