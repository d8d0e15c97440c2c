"""/intake/raids/"""

from django.urls import path

from ..views import raids

app_name = "raids"
urlpatterns = [
    path("", raids.list_raids, name="list"),
    path("new/", raids.new, name="new"),
    path("<uuid:pk>/", raids.show_raid, name="raid"),
    path("<uuid:pk>/change/", raids.change, name="change"),
    path("<uuid:pk>/findings/new/", raids.add_finding, name="add_finding"),
    path("findings/<uuid:pk>/change/", raids.change_finding, name="change_finding"),
    path("findings/<uuid:pk>/settle/", raids.settle, name="settle"),
]
