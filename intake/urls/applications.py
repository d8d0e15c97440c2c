"""/intake/applications/"""

from django.urls import path

from ..views import applications as pages
from ..views import applications_decide as decide
from ..views import applications_journal as journal
from ..views import applications_new as new
from ..views import applications_steps as steps

app_name = "applications"
urlpatterns = [
    path("", pages.list_applications, name="list"),
    path("journal/", journal.show_journal, name="journal"),
    path("journal/print/", journal.print_journal, name="print_journal"),
    path("journal/export/", journal.export_journal, name="export_journal"),
    path("new/", new.register, name="new"),
    path("new/call/<uuid:pk>/", new.register_from, {"source": "call"}, name="new_from_call"),
    path(
        "new/finding/<uuid:pk>/", new.register_from, {"source": "finding"}, name="new_from_finding"
    ),
    path(
        "new/visitor/<uuid:pk>/", new.register_from, {"source": "visitor"}, name="new_from_visitor"
    ),
    path(
        "new/referral/<uuid:pk>/",
        new.register_from,
        {"source": "referral"},
        name="new_from_referral",
    ),
    path("<uuid:pk>/", pages.show_application, name="application"),
    path("<uuid:pk>/change/", new.change, name="change"),
    path("<uuid:pk>/basis/", steps.receive_basis, name="receive_basis"),
    path("<uuid:pk>/basis/scan/", pages.show_basis_scan, name="basis_scan"),
    path("<uuid:pk>/decide/", decide.decide, name="decide"),
    path("<uuid:pk>/open/", decide.open_case_page, name="open"),
    path("<uuid:pk>/refusal/", decide.settle, name="settle_refusal"),
    path("<uuid:pk>/withdraw/", steps.withdraw, name="withdraw"),
    *steps.CONFLICTS.urls(),
    path("<uuid:pk>/receipt/new/", steps.make_receipt, name="make_receipt"),
    path("<uuid:pk>/receipt/", pages.open_receipt, name="receipt"),
    path("<uuid:pk>/notice/", pages.open_notice, name="notice"),
]
