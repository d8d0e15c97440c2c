"""/intake/reception/"""

from django.urls import path

from ..views import display, reception, reception_steps

app_name = "reception"
urlpatterns = [
    path("", reception.desk, name="desk"),
    path("mark/", reception.mark, name="mark"),
    path("new/", reception.arrive, name="arrive"),
    path("next/", reception_steps.call_next, name="call_next"),
    path("unserved/", reception.unserved, name="unserved"),
    path("screen/", display.open_display, name="open_display"),
    path("screen/renew/", display.renew_display, name="renew_display"),
    path("screen/<str:token>/", display.display, name="display"),
    path("screen/<str:token>/numbers/", display.display_numbers, name="display_numbers"),
    path("<uuid:pk>/", reception.show_visitor, name="visitor"),
    path("<uuid:pk>/change/", reception.change, name="change"),
    path("<uuid:pk>/call/", reception_steps.call, name="call"),
    path("<uuid:pk>/begin/", reception_steps.begin, name="begin"),
    path("<uuid:pk>/back/", reception_steps.back, name="back"),
    path("<uuid:pk>/left/", reception_steps.left, name="left"),
    path("<uuid:pk>/end/", reception_steps.end, name="end"),
]
