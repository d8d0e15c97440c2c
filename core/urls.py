from django.urls import path

from . import drafts

app_name = "core"
urlpatterns = [
    path("drafts/", drafts.save_draft, name="save_draft"),
    path("drafts/token/", drafts.fresh_token, name="fresh_token"),
    path("drafts/signed-in/", drafts.signed_in, name="signed_in"),
]
