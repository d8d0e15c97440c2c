"""/tasks/"""

from django.urls import path

from ..views import calendar_feed, tasks

app_name = "tasks"
urlpatterns = [
    path("", tasks.list_due, name="list"),
    path("add/<uuid:case_pk>/", tasks.add, name="add"),
    path("calendar/make/", calendar_feed.make_feed, name="make_feed"),
    path("calendar/end/", calendar_feed.end_feed, name="end_feed"),
    path("calendar/<str:token>.ics", calendar_feed.read_feed, name="feed"),
    path("<uuid:pk>/", tasks.show, name="task"),
    path("<uuid:pk>/change/", tasks.change, name="change"),
]
