"""/complaints/book/"""

from django.urls.resolvers import URLPattern

app_name = "book"
urlpatterns: list[URLPattern] = []
