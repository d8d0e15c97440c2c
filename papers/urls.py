"""Checking a printed paper: /verify/."""

from django.urls import path

from .views import verify

app_name = "verify"
urlpatterns = [
    path("", verify.door, name="door"),
    path("<str:code>/", verify.paper, name="paper"),
]
