"""/releases/"""

from django.urls import path

from ..views import release_export, releases
from ..views import release_steps as steps

app_name = "releases"
urlpatterns = [
    path("", releases.show_register, name="register"),
    path("export/", release_export.export_register, name="export"),
    path("ask/<uuid:conclusion>/", releases.ask, name="ask"),
    path("<uuid:pk>/", releases.show_release, name="release"),
    path("<uuid:pk>/extract/", steps.write_extract, name="extract"),
    path("<uuid:pk>/extract/take-back/", steps.take_back, name="take_back"),
    path("<uuid:pk>/decide/", steps.decide, name="decide"),
    path("<uuid:pk>/hand-out/", steps.hand_out, name="hand_out"),
    path("<uuid:pk>/paper/", releases.open_paper, name="paper"),
]
