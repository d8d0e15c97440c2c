"""/intake/visits/"""

from django.urls.resolvers import URLPattern

app_name = "visits"
urlpatterns: list[URLPattern] = []
