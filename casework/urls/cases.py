"""/cases/"""

from django.urls import path

from ..views import cases, cases_list, cases_open, cases_safety, cases_steps

app_name = "cases"
urlpatterns = [
    path("", cases_list.list_cases, name="list"),
    path("export/", cases_list.export_cases, name="export"),
    path("new/", cases_open.open_case_page, name="open"),
    path("<uuid:pk>/", cases.show_case, name="case"),
    path("<uuid:pk>/assign/", cases_steps.assign, name="assign"),
    path("<uuid:pk>/restrict/", cases_steps.restrict, name="restrict"),
    *cases_steps.CONFLICTS.urls(),
    path("<uuid:pk>/word/", cases_steps.settle_word, name="settle_word"),
    path("<uuid:pk>/basis/", cases_steps.receive_basis, name="receive_basis"),
    path("<uuid:pk>/basis/scan/", cases_steps.show_basis_scan, name="basis_scan"),
    path(
        "<uuid:pk>/basis/scan/original/",
        cases_steps.unseal_basis_scan,
        name="basis_scan_original",
    ),
    path("<uuid:pk>/change/", cases_steps.change, name="change"),
    path("<uuid:pk>/alert/", cases_safety.raise_alert, name="raise_alert"),
    path("<uuid:pk>/alert/<uuid:alert>/notice/", cases_safety.record_notice, name="record_notice"),
    path("<uuid:pk>/alert/<uuid:alert>/lift/", cases_safety.lift_alert, name="lift_alert"),
    path("<uuid:pk>/<slug:tab>/", cases.show_case, name="case_tab"),
]
