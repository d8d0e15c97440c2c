"""Where every address leads. Paths in English; one app, one file of its own."""

from django.contrib import admin
from django.urls import include, path

from config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("reports.urls")),
    path("", include("core.urls")),
    path("", include("offices.urls")),
    path("cases/", include("casework.urls.cases")),
    path("search/", include("casework.urls.search")),
    path("conclusions/", include("casework.urls.conclusions")),
    path("episodes/", include("casework.urls.episodes")),
    path("releases/", include("casework.urls.releases")),
    path("children/", include("casework.urls.children")),
    path("families/", include("casework.urls.families")),
    path("people/", include("casework.urls.people")),
    path("verify/", include("papers.urls")),
    path("admin/", admin.site.urls),
]
