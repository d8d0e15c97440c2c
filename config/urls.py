"""Where every address leads. Paths in English; one app, one file of its own."""

from django.contrib import admin
from django.urls import include, path

from config.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("reports.urls")),
    path("", include("core.urls")),
    path("", include("offices.urls")),
    path("cases/", include("casework.urls.keeping")),
    path("cases/", include("casework.urls.cases")),
    path("search/", include("casework.urls.search")),
    path("assessments/", include("casework.urls.assessments")),
    path("plans/", include("casework.urls.plans")),
    path("conclusions/", include("casework.urls.conclusions")),
    path("episodes/", include("casework.urls.episodes")),
    path("releases/", include("casework.urls.releases")),
    path("accompaniments/", include("casework.urls.accompaniments")),
    path("legal/", include("casework.urls.legal")),
    path("statements/", include("casework.urls.statements")),
    path("tasks/", include("casework.urls.tasks")),
    path("summaries/", include("casework.urls.summaries")),
    path("children/", include("casework.urls.children")),
    path("families/", include("casework.urls.families")),
    path("people/", include("casework.urls.people")),
    path("intake/reception/", include("intake.urls.reception")),
    path("intake/raids/", include("intake.urls.raids")),
    path("intake/visits/", include("intake.urls.visits")),
    path("intake/applications/", include("intake.urls.applications")),
    path("intake/duty/", include("intake.urls.duty")),
    path("intake/", include("intake.urls.calls")),
    path("referrals/organisations/", include("referrals.urls.organisations")),
    path("referrals/", include("referrals.urls.referrals")),
    path("complaints/book/", include("complaints.urls.book")),
    path("complaints/", include("complaints.urls.complaints")),
    path("verify/", include("papers.urls")),
    path("admin/", admin.site.urls),
]
