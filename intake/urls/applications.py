"""/intake/applications/"""

from django.urls import path

from ..views import applications

app_name = "applications"
urlpatterns = [
    path("<uuid:pk>/", applications.show_application, name="application"),
]
