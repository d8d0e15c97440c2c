"""/conclusions/"""

from django.urls import path

from ..views import conclusion_scans as scans
from ..views import conclusion_signing as signing
from ..views import conclusion_writing as writing
from ..views import conclusions

app_name = "conclusions"
urlpatterns = [
    path("", conclusions.show_desk, name="desk"),
    path("begin/<uuid:episode>/", conclusions.begin, name="begin"),
    path("<uuid:pk>/", conclusions.show_conclusion, name="conclusion"),
    path("<uuid:pk>/write/", writing.write_conclusion, name="write"),
    path("<uuid:pk>/keep/", writing.keep_conclusion, name="keep"),
    path("<uuid:pk>/preview/", writing.preview_conclusion, name="preview"),
    path("<uuid:pk>/preview.pdf", writing.preview_pdf, name="preview_pdf"),
    path("<uuid:pk>/discard/", writing.discard, name="discard"),
    path("<uuid:pk>/sign/", signing.sign, name="sign"),
    path("<uuid:pk>/countersign/", signing.countersign, name="countersign"),
    path("<uuid:pk>/return/", signing.send_back, name="return"),
    path("<uuid:pk>/correct/", signing.correct, name="correct"),
    path("<uuid:pk>/paper/", conclusions.open_paper, name="paper"),
    path("<uuid:pk>/scan/", scans.open_scan, name="scan"),
    path("<uuid:pk>/scan/add/", scans.add_scan, name="add_scan"),
]
