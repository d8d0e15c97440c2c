from django.urls import path

from . import drafts

app_name = "core"
urlpatterns = [path("drafts/", drafts.save_draft, name="save_draft")]
