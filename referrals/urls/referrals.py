"""/referrals/"""

from django.urls import path

from ..views import exports, feedback, incoming, outgoing
from ..views import incoming_writing as writing
from ..views import outgoing_steps as steps

app_name = "referrals"
urlpatterns = [
    path("", incoming.list_incoming, name="incoming"),
    path("new/", writing.register, name="new"),
    path("export/", exports.export_incoming, name="export_incoming"),
    path("outgoing/", outgoing.list_outgoing, name="outgoing"),
    path("outgoing/export/", exports.export_outgoing, name="export_outgoing"),
    path("outgoing/ask/<uuid:case_pk>/", outgoing.ask, name="ask_outgoing"),
    path("outgoing/<uuid:pk>/", outgoing.show_outgoing, name="outgoing_referral"),
    path("outgoing/<uuid:pk>/decide/", steps.decide, name="decide_outgoing"),
    path("outgoing/<uuid:pk>/preview/", steps.preview, name="preview_outgoing"),
    path("outgoing/<uuid:pk>/send/", steps.send, name="send_outgoing"),
    path("outgoing/<uuid:pk>/reply/", steps.reply, name="reply"),
    path("outgoing/<uuid:pk>/close/", steps.close, name="close_outgoing"),
    path("outgoing/<uuid:pk>/paper/", outgoing.open_paper, name="outgoing_paper"),
    *outgoing.OUTGOING_FILES.urls("outgoing/<uuid:pk>/files/"),
    path("feedback/<uuid:pk>/decide/", feedback.decide, name="decide_feedback"),
    path("feedback/<uuid:pk>/send/", feedback.send, name="send_feedback"),
    path("feedback/<uuid:pk>/paper/", feedback.open_paper, name="feedback_paper"),
    path("<uuid:pk>/", incoming.show_referral, name="referral"),
    path("<uuid:pk>/change/", writing.change, name="change"),
    path("<uuid:pk>/settle/", writing.settle, name="settle"),
    path("<uuid:pk>/reopen/", writing.reopen, name="reopen"),
    *incoming.CONFLICTS.urls(),
    path("<uuid:pk>/answer/", feedback.ask, name="ask_feedback"),
    *incoming.INCOMING_FILES.urls(),
]
