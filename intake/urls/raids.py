"""/intake/raids/"""

from django.urls.resolvers import URLPattern

app_name = "raids"
urlpatterns: list[URLPattern] = []
