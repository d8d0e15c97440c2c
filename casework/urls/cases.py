"""/cases/"""

from django.urls import path

from ..views import cases

app_name = "cases"
urlpatterns = [
    path("<uuid:pk>/", cases.show_case, name="case"),
    path("<uuid:pk>/<slug:tab>/", cases.show_case, name="case_tab"),
]
