"""/intake/"""

from django.urls import path

from ..views import call_board, call_list, call_steps, call_visit, calls

app_name = "calls"
urlpatterns = [
    path("", call_board.board, name="board"),
    path("pulse/", call_board.pulse, name="pulse"),
    path("sound/", call_board.set_sound, name="sound"),
    path("calls/", call_list.list_calls, name="list"),
    path("calls/new/", calls.new_call, name="new"),
    path("calls/empty/", calls.empty_call, name="empty"),
    path("calls/known/", calls.known, name="known"),
    path("calls/look-through/", call_list.look_through, name="look_through"),
    path("calls/<uuid:pk>/", calls.show_call, name="call"),
    path("calls/<uuid:pk>/change/", calls.change_call, name="change"),
    path("calls/<uuid:pk>/send/", call_steps.send, name="send"),
    path("calls/<uuid:pk>/along/", call_steps.ask_along, name="ask_along"),
    path("calls/<uuid:pk>/visit/", call_visit.show_visit, name="visit"),
    path("calls/<uuid:pk>/left/", call_visit.leave, name="leave"),
    path("calls/<uuid:pk>/here/", call_visit.here, name="here"),
    path("calls/<uuid:pk>/arrive/", call_steps.arrive, name="arrive"),
    path("calls/<uuid:pk>/times/", call_steps.correct_times, name="times"),
    path("calls/<uuid:pk>/findings/", call_visit.findings, name="findings"),
    path("calls/<uuid:pk>/pass/", call_steps.pass_on, name="pass_on"),
    path("calls/<uuid:pk>/end/", call_steps.end, name="end"),
    path("calls/<uuid:pk>/join/", call_steps.join, name="join"),
    path("calls/<uuid:pk>/part/", call_steps.part, name="part"),
    path("calls/<uuid:pk>/reopen/", call_steps.reopen, name="reopen"),
]
