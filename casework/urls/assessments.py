"""/assessments/"""

from django.urls import path

from ..views import assessments

app_name = "assessments"
urlpatterns = [
    path("begin/<uuid:case>/", assessments.begin, name="begin"),
    path("<uuid:pk>/", assessments.show, name="assessment"),
    path("<uuid:pk>/write/", assessments.write, name="write"),
    path("<uuid:pk>/finish/", assessments.finish, name="finish"),
    path("<uuid:pk>/decide/", assessments.decide, name="decide"),
    path("<uuid:pk>/correct/", assessments.correct, name="correct"),
    path("<uuid:pk>/discard/", assessments.discard, name="discard"),
]
