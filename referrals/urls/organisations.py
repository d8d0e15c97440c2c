"""/referrals/organisations/"""

from django.urls import path

from ..views import organisations

app_name = "organisations"
urlpatterns = [
    path("", organisations.list_organisations, name="list"),
    path("new/", organisations.add, name="new"),
    path("<uuid:pk>/", organisations.show_organisation, name="organisation"),
    path("<uuid:pk>/change/", organisations.change, name="change"),
    path("<uuid:pk>/merge/", organisations.merge, name="merge"),
]
