"""/summaries/"""

from django.urls import path

from ..views import summaries

app_name = "summaries"
urlpatterns = [
    path("ask/<uuid:case>/", summaries.ask, name="ask"),
    path("<uuid:pk>/", summaries.show, name="summary"),
    path("<uuid:pk>/decide/", summaries.decide, name="decide"),
    path("<uuid:pk>/paper/", summaries.paper, name="paper"),
]
