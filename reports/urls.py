from django.urls import path

from .views import my_day, reading

app_name = "reports"
urlpatterns = [
    path("", my_day.my_day, name="my_day"),
    path("reports/rail/", my_day.rail, name="rail"),
    path("reports/reading/", reading.reading, name="reading"),
    path("reports/security/", reading.security, name="security"),
]
