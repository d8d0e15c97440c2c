"""/plans/"""

from django.urls import path

from ..views import plan_goals, plan_steps, plans

app_name = "plans"
urlpatterns = [
    path("begin/<uuid:case>/", plans.begin, name="begin"),
    path("need/<uuid:assessment>/<int:domain>/", plans.begin_from_need, name="begin_from_need"),
    path("measures/<uuid:pk>/", plan_goals.settle_measure, name="measure"),
    path("<uuid:pk>/", plans.show, name="plan"),
    path("<uuid:pk>/opinions/", plans.opinions, name="opinions"),
    path("<uuid:pk>/submit/", plans.submit, name="submit"),
    path("<uuid:pk>/decide/", plans.decide, name="decide"),
    path("<uuid:pk>/discard/", plans.discard, name="discard"),
    path("<uuid:pk>/paper/", plans.paper, name="paper"),
    path("<uuid:pk>/goals/new/", plan_goals.add_goal, name="add_goal"),
    path("<uuid:pk>/goals/<uuid:goal>/", plan_goals.write_goal, name="write_goal"),
    path("<uuid:pk>/goals/<uuid:goal>/remove/", plan_goals.remove_goal, name="remove_goal"),
    path("<uuid:pk>/agreement/", plan_steps.agree, name="agree"),
    path("<uuid:pk>/change/", plan_steps.change, name="change"),
    path("<uuid:pk>/review/", plan_steps.review, name="review"),
]
