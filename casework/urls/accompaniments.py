"""/accompaniments/"""

from django.urls import path

from ..views import accompaniments

app_name = "accompaniments"
urlpatterns = [
    path("add/<uuid:pk>/", accompaniments.add, name="add"),
    path("<uuid:pk>/", accompaniments.show, name="accompaniment"),
    path("<uuid:pk>/change/", accompaniments.change, name="change"),
    path("<uuid:pk>/record/", accompaniments.record, name="record"),
    path("<uuid:pk>/cancel/", accompaniments.cancel, name="cancel"),
]
