"""/episodes/"""

from django.urls import path

from ..views import (
    episode_calendar,
    episode_steps,
    episodes,
    meeting_clock,
    meetings,
    private_notes,
)

app_name = "episodes"
urlpatterns = [
    path("", episodes.list_episodes, name="list"),
    path("calendar/", episode_calendar.show_calendar, name="calendar"),
    path("load/", episode_calendar.show_load, name="load"),
    path("notes/", private_notes.list_notes, name="notes"),
    path("request/<uuid:case_pk>/", episodes.ask_for_help, name="request"),
    path("<uuid:pk>/", episodes.show_episode, name="episode"),
    path("<uuid:pk>/request-again/", episodes.ask_again, name="request_again"),
    path("<uuid:pk>/accept/", episode_steps.accept, name="accept"),
    path("<uuid:pk>/return/", episode_steps.return_request, name="return"),
    path("<uuid:pk>/withdraw/", episode_steps.withdraw, name="withdraw"),
    path("<uuid:pk>/hand-over/", episode_steps.hand_over, name="hand_over"),
    path("<uuid:pk>/complete/", episode_steps.complete, name="complete"),
    path("<uuid:pk>/end/", episode_steps.end, name="end"),
    path("<uuid:pk>/note/", private_notes.show_episode_note, name="episode_note"),
    path("<uuid:pk>/note/keep/", private_notes.keep_episode_note, name="keep_episode_note"),
    path("<uuid:pk>/meetings/plan/", meetings.plan, name="plan_meeting"),
    path("<uuid:pk>/meetings/record/", meetings.record_unplanned, name="record_unplanned"),
    path("<uuid:pk>/meetings/begin/", meeting_clock.begin_unplanned, name="begin_unplanned"),
    path("meetings/<uuid:pk>/", meetings.show_meeting, name="meeting"),
    path("meetings/<uuid:pk>/plan/", meetings.change_plan, name="change_plan"),
    path("meetings/<uuid:pk>/begin/", meeting_clock.begin, name="begin"),
    path("meetings/<uuid:pk>/stop/", meeting_clock.stop, name="stop"),
    path("meetings/<uuid:pk>/resume/", meeting_clock.resume, name="resume"),
    path("meetings/<uuid:pk>/record/", meetings.record, name="record"),
    path("meetings/<uuid:pk>/missed/", meetings.miss, name="miss"),
    path("meetings/<uuid:pk>/cancel/", meetings.cancel, name="cancel"),
    path("meetings/<uuid:pk>/note/", private_notes.show_meeting_note, name="meeting_note"),
    path(
        "meetings/<uuid:pk>/note/keep/", private_notes.keep_meeting_note, name="keep_meeting_note"
    ),
]
