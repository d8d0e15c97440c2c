"""/children/"""

from django.urls import path

from ..views import children

app_name = "children"
urlpatterns = [
    path("<uuid:pk>/", children.show_child, name="child"),
    path("<uuid:pk>/timeline/", children.show_timeline, name="timeline"),
    path("<uuid:pk>/edit/", children.edit_child, name="edit"),
]
