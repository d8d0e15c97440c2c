from django.urls import path

from .views import blanks, my_day, reading, reading_export

app_name = "reports"
urlpatterns = [
    path("", my_day.my_day, name="my_day"),
    path("reports/blanks/", blanks.list_blanks, name="blanks"),
    path("reports/blanks/<slug:code>/", blanks.print_blank, name="blank"),
    path("reports/rail/", my_day.rail, name="rail"),
    path("reports/reading/", reading.reading, name="reading"),
    path("reports/reading/export/", reading_export.export_reading, name="reading_export"),
    path("reports/security/", reading.security, name="security"),
]
