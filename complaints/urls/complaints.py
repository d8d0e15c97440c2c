"""/complaints/"""

from django.urls import path

from ..views import complaints

app_name = "complaints"
urlpatterns = [
    path("<uuid:pk>/", complaints.show_complaint, name="complaint"),
    path("explanations/<uuid:pk>/", complaints.show_complaint, name="explain"),
]
