"""/intake/reception/"""

from django.urls.resolvers import URLPattern

app_name = "reception"
urlpatterns: list[URLPattern] = []
