"""/intake/duty/"""

from django.urls import path

from ..views import duty

app_name = "duty"
urlpatterns = [
    path("", duty.roster, name="roster"),
    path("new/", duty.new_shift, name="new"),
    path("<uuid:pk>/", duty.change_shift, name="change"),
    path("<uuid:pk>/remove/", duty.remove_shift, name="remove"),
]
