"""/cases/: who holds a case and how it ends. Stands before the case's own tabs."""

from django.urls import path

from ..views import access_reports, closing, hand_overs, merges, retention, sealed, transfers

app_name = "keeping"
urlpatterns = [
    path("sealed/", sealed.open_sealed, name="open_sealed"),
    path("sealed/list/", sealed.sealed_list, name="sealed_list"),
    path("sealed/<uuid:pk>/shut/", sealed.shut_sealed, name="shut_sealed"),
    path("transfers/", transfers.transfers, name="transfers"),
    path("transfers/<uuid:pk>/", transfers.show_transfer, name="transfer"),
    path("transfers/<uuid:pk>/withdraw/", transfers.withdraw_transfer, name="withdraw_transfer"),
    path("<uuid:pk>/transfer/", transfers.offer_transfer, name="offer_transfer"),
    path("<uuid:pk>/hand-over/", hand_overs.offer_hand_over, name="offer_hand_over"),
    path("hand-overs/<uuid:pk>/", hand_overs.show_hand_over, name="hand_over"),
    path(
        "hand-overs/<uuid:pk>/withdraw/", hand_overs.withdraw_hand_over, name="withdraw_hand_over"
    ),
    path("leaving/", hand_overs.leaving, name="leaving"),
    path("<uuid:pk>/close/", closing.ask_closing, name="ask_closing"),
    path("closings/<uuid:pk>/", closing.show_closing, name="closing"),
    path("closings/<uuid:pk>/withdraw/", closing.withdraw_closing, name="withdraw_closing"),
    path("closings/<uuid:pk>/statement/", closing.show_statement, name="statement"),
    path("follow-ups/<uuid:pk>/", closing.follow_up, name="follow_up"),
    path("<uuid:pk>/reopen/", closing.reopen, name="reopen"),
    path("<uuid:pk>/access-report/", access_reports.access_report, name="access_report"),
    path("retention/", retention.retention, name="retention"),
    path("merges/", merges.merges, name="merges"),
    path("merges/new/<uuid:person>/", merges.bring_together, name="bring_together"),
    path("merges/<uuid:pk>/", merges.show_merge, name="merge"),
    path("merges/<uuid:pk>/withdraw/", merges.withdraw_merge, name="withdraw_merge"),
    path("merges/<uuid:pk>/part/", merges.part_merge, name="part_merge"),
]
