"""/complaints/"""

from django.urls import path

from ..views import afterwards, answering, complaints, considering, journal, morning, receiving

app_name = "complaints"
urlpatterns = [
    path("", complaints.show_register, name="list"),
    path("morning/", morning.show_morning, name="morning"),
    path("journal/", journal.show_journal, name="journal"),
    path("journal/print/", journal.print_journal, name="print_journal"),
    path("journal/export/", journal.export_journal, name="export_journal"),
    path("receive/", receiving.receive, name="receive"),
    path("handed-in/", complaints.show_handed_in, name="handed_in"),
    path("explanations/<uuid:pk>/", considering.explain, name="explain"),
    path("<uuid:pk>/", complaints.show_complaint, name="complaint"),
    path("<uuid:pk>/history/", complaints.show_history, name="history"),
    path("<uuid:pk>/scan/", complaints.open_scan, name="scan"),
    path("<uuid:pk>/evidence/<uuid:file>/", complaints.open_evidence, name="evidence"),
    path("<uuid:pk>/receipt/", complaints.open_receipt, name="receipt"),
    path("<uuid:pk>/receipt/issue/", receiving.make_receipt, name="make_receipt"),
    path("<uuid:pk>/register/", receiving.register, name="register"),
    path("<uuid:pk>/danger/", receiving.tell_danger, name="danger"),
    path("<uuid:pk>/acknowledge/<int:forwarding>/", receiving.acknowledge, name="acknowledge"),
    path("<uuid:pk>/considering/", considering.set_considering, name="considering"),
    path("<uuid:pk>/points/<uuid:point>/", considering.find, name="finding"),
    path("<uuid:pk>/measures/add/", considering.add_measure, name="measure"),
    path("<uuid:pk>/measures/<uuid:measure>/", considering.check_measure, name="check"),
    path("<uuid:pk>/explanation/", considering.ask_explanation, name="ask"),
    *considering.CONFLICTS.urls(),
    path("<uuid:pk>/answer/", answering.write, name="write"),
    path("<uuid:pk>/answer/preview/", answering.preview, name="preview"),
    path("<uuid:pk>/answer/approve/", answering.approve, name="approve"),
    path("<uuid:pk>/answer/return/", answering.send_back, name="send_back"),
    path("<uuid:pk>/answer/sign/", answering.sign, name="sign"),
    path("<uuid:pk>/answer/send/", answering.send, name="send"),
    path("<uuid:pk>/answer/paper/", complaints.open_answer, name="answer"),
    path("<uuid:pk>/appeals/add/", afterwards.appeal, name="appeal"),
    path("<uuid:pk>/appeals/<uuid:step>/", afterwards.outcome, name="outcome"),
    path("<uuid:pk>/withdraw/", afterwards.withdraw, name="withdraw"),
    path("<uuid:pk>/city-hall/", afterwards.city_hall, name="city_hall"),
    path("<uuid:pk>/link/", afterwards.link, name="link"),
    path("<uuid:pk>/case/", afterwards.note_case, name="case"),
]
