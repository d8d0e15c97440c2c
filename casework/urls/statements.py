"""/statements/"""

from django.urls import path

from ..views import statements

app_name = "statements"
urlpatterns = [
    path("of/<uuid:pk>/sign/", statements.sign, name="sign"),
    path("of/<uuid:pk>/preview.pdf", statements.preview, name="preview"),
    path("<uuid:pk>/", statements.show, name="statement"),
    path("<uuid:pk>/countersign/", statements.countersign, name="countersign"),
    path("<uuid:pk>/return/", statements.send_back, name="return"),
    path("<uuid:pk>/paper.pdf", statements.open_paper, name="paper"),
]
