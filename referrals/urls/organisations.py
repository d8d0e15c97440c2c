"""/referrals/organisations/"""

from django.urls.resolvers import URLPattern

app_name = "organisations"
urlpatterns: list[URLPattern] = []
