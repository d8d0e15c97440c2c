"""Where every address leads. Paths in English; one app, one file of its own."""

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("core.urls")),
    path("language/", set_language, name="set_language"),
    path("accounts/", include("allauth.urls")),
    path("cases/", include("casework.urls.cases")),
    path("admin/", admin.site.urls),
]
