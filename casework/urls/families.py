"""/families/"""

from django.urls import path

from ..views import families

app_name = "families"
urlpatterns = [
    path("<uuid:pk>/", families.show_family, name="family"),
    path("<uuid:pk>/edit/", families.edit_family, name="edit"),
    path("<uuid:pk>/history/", families.family_history, name="history"),
    path("<uuid:pk>/members/new/", families.add_member, name="add_member"),
    path("members/<uuid:pk>/", families.edit_member, name="edit_member"),
    path("members/<uuid:pk>/end/", families.end_member, name="end_member"),
]
