"""/intake/"""

from django.urls.resolvers import URLPattern

app_name = "calls"
urlpatterns: list[URLPattern] = []
