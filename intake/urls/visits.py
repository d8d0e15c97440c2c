"""/intake/visits/"""

from django.urls import path

from ..views import visit_files, visits

app_name = "visits"
urlpatterns = [
    path("", visits.list_visits, name="list"),
    path("new/", visits.new, name="new"),
    path("new/case/<uuid:case_pk>/", visits.new_for_case, name="new_for_case"),
    path("new/finding/<uuid:finding_pk>/", visits.new_from_finding, name="new_from_finding"),
    path("<uuid:pk>/", visits.show_visit, name="visit"),
    path("<uuid:pk>/record/", visits.record, name="record"),
    path("<uuid:pk>/cancel/", visits.cancel, name="cancel"),
    path("<uuid:pk>/attach/", visits.attach, name="attach"),
    path("<uuid:pk>/photos/new/", visit_files.add_photo, name="add_photo"),
    path("<uuid:pk>/act/", visit_files.act, name="act"),
    path("<uuid:pk>/act/preview/", visit_files.preview, name="preview"),
    path("<uuid:pk>/act/paper/", visit_files.paper, name="paper"),
    path("photos/<uuid:pk>/", visit_files.photo, name="photo"),
    path("photos/<uuid:pk>/small/", visit_files.photo_small, name="photo_small"),
]
