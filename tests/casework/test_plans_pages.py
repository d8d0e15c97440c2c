"""The pages of assessments and plans: rows without scripts, one click from a need to a goal, alerts, what waits for whom."""

import datetime as dt
import re

import pytest

from casework.models import Assessment, Measure, Plan, PlanGoal, SafetyAlert
from casework.plan_enums import AssessmentKind
from casework.services.deadlines import start_deadlines
from casework.tasks import due_of
from core import clock
from offices.waiting import waiting_for
from tests import builders as make
from tests.casework.plan_builders import (
    make_assessment,
    make_domain,
    make_goal,
    make_measure,
    make_plan,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.make_case()


def key_of(page):
    return re.search(r'name="submission_key" value="([^"]+)"', page.content.decode())[1]


def rows(number, **fields):
    sent = {"measures-TOTAL_FORMS": str(number), "measures-INITIAL_FORMS": "0"}
    return sent | {f"measures-{name}": value for name, value in fields.items()}


def test_assessment_is_written_finished_and_its_danger_becomes_an_alert(sign_in, case):
    domain = make_domain()
    client = sign_in(case.responsible)
    begun = client.post(f"/assessments/begin/{case.pk}/", {"kind": "initial", "person": ""})
    assessment = Assessment.objects.get()
    assert begun.headers["Location"] == f"/assessments/{assessment.pk}/write/"
    sent = {
        "danger": "yes",
        "danger_text": "Бала урулган",
        "danger_done": "Ооруканага алып барылды",
        "heard": "yes",
        f"score_{domain.pk}": "3",
        f"evidence_{domain.pk}": "Колунда көк так",
        "record_version": "0",
        "go": "finish",
    }
    answer = client.post(f"/assessments/{assessment.pk}/write/", sent)
    assert answer.headers["Location"] == f"/assessments/{assessment.pk}/finish/"
    page = client.get(f"/assessments/{assessment.pk}/finish/")
    assert [c[0] for c in page.context["form"].fields["risk_level"].choices] == ["high"]
    done = client.post(
        f"/assessments/{assessment.pk}/finish/", {"risk_level": "high", "record_version": "1"}
    )
    assert done.status_code == 302
    page = client.get(f"/assessments/{assessment.pk}/")
    form = page.context["alert_form"]
    assert form["text"].value() == "Бала урулган"
    assert "Колунда көк так" in page.content.decode()
    sent = {
        "text": form["text"].value(),
        "person": "",
        "submission_key": str(form["submission_key"].value()),
    }
    client.post(f"/cases/{case.pk}/alert/", sent)
    assert SafetyAlert.objects.get().text == "Бала урулган"
    assert client.get(f"/assessments/{assessment.pk}/").context["alert_form"] is None


def test_second_writer_keeps_what_was_typed(sign_in, case):
    domain, assessment = make_domain(), make_assessment(case)
    client = sign_in(case.responsible)
    sent = {"danger": "no", "heard": "unknown", f"score_{domain.pk}": "1", "record_version": "0"}
    url = f"/assessments/{assessment.pk}/write/"
    assert client.post(url, {**sent, "child_words": "Биринчи"}).status_code == 302
    answer = client.post(url, {**sent, "child_words": "Экинчи"})
    assert (answer.status_code, "Экинчи" in answer.content.decode()) == (200, True)
    assessment.refresh_from_db()
    assert assessment.child_words == "Биринчи"


def test_comparison_says_better_and_worse(sign_in, case):
    make_assessment(case, scores={"safety": 1, "health": 2, "housing": None}, status="approved")
    with clock.moved_to(clock.now() + dt.timedelta(hours=1)):
        now = make_assessment(
            case, scores={"safety": 3, "health": 0, "housing": 1}, status="finished"
        )
    page = sign_in(case.responsible).get(f"/assessments/{now.pk}/")
    assert {line.domain.code: line.change for line in page.context["lines"]} == {
        "safety": "worse",
        "health": "better",
        "housing": "",
    }
    assert page.content.decode().count('class="score-bar') == 5


def test_goal_begins_from_a_need_in_one_click_and_rows_come_without_scripts(sign_in, case):
    assessment = make_assessment(case, scores={"safety": 3, "health": 0}, status="finished")
    client, domain = sign_in(case.responsible), make_domain()
    assert b"plans/need" in client.get(f"/assessments/{assessment.pk}/").content
    answer = client.post(f"/plans/need/{assessment.pk}/{domain.pk}/")
    plan = Plan.objects.get()
    url = f"/plans/{plan.pk}/goals/new/?need={domain.pk}"
    assert answer.headers["Location"] == url
    page = client.get(url)
    assert page.context["form"]["domain"].value() == domain.pk
    sent = rows(1, **{"0-text_ky": "Эне менен сүйлөшүү", "0-executor_kind": "other"})
    more = client.post(url, {**sent, "add_row": "measures", "text_ky": "Үйдө тынч"})
    assert len(more.context["page"]["measures"].forms) == 2
    assert "Эне менен сүйлөшүү" in more.content.decode()
    assert PlanGoal.objects.count() == 0
    refused = client.post(url, {**sent, "text_ky": "Үйдө тынч"})
    wrong = refused.context["page"]["measures"].forms[0].errors
    assert sorted(wrong) == ["due_on", "executor_text"]
    whole = sent | rows(2, **{"0-due_on": "25.12.2026", "0-executor_text": "мектептин психологу"})
    once = {**whole, "text_ky": "Үйдө тынч", "domain": domain.pk, "submission_key": key_of(page)}
    for _attempt in range(2):
        assert client.post(url, once).status_code == 302
    goal = PlanGoal.objects.get()
    assert (goal.domain, Measure.objects.get().executor) == (domain, "мектептин психологу")


def test_goal_is_changed_and_a_row_left_out(sign_in, case):
    plan = make_plan(case, measures=2)
    goal = plan.goals.get()
    first, second = goal.measures.all()
    client, url = sign_in(case.responsible), f"/plans/{plan.pk}/goals/{goal.pk}/"
    shown = client.get(url).context["page"]["measures"]
    assert [str(form["id"].value()) for form in shown.forms] == [str(first.pk), str(second.pk)]
    sent = rows(2) | {"text_ky": "Жаңы максат", "record_version": "0"}
    for n, measure in enumerate((first, second)):
        sent |= {
            f"measures-{n}-id": str(measure.pk),
            f"measures-{n}-text_ky": f"Чара {n}",
            f"measures-{n}-executor_kind": "worker",
            f"measures-{n}-worker": str(case.responsible_id),
            f"measures-{n}-due_on": "25.12.2026",
        }
    sent["measures-1-DELETE"] = "on"
    assert client.post(url, sent).status_code == 302
    assert [m.text_ky for m in goal.measures.all()] == ["Чара 0"]
    assert goal.measures.get().pk == first.pk
    assert client.post(url, sent).status_code == 200


def test_plan_shows_how_far_it_is(sign_in, case):
    plan = make_plan(case, status="approved", measures=0)
    goal = make_goal(plan, measures=2)
    make_measure(goal, status="done", result="Өттү", settled_on=clock.today())
    make_measure(goal, due_on=clock.today() - dt.timedelta(days=1))
    make_measure(goal, status="dropped", result="Керек эмес", settled_on=clock.today())
    progress = sign_in(case.responsible).get(f"/plans/{plan.pk}/").context["progress"]
    assert (progress.done, progress.late, progress.of, progress.percent) == (1, 1, 4, 25)


def test_old_links_lead_on_and_steps_of_others_are_refused(sign_in, case):
    head = make.make_head(case.office)
    done = make_assessment(case, scores={"safety": 1}, status="finished")
    client = sign_in(case.responsible)
    assert (
        client.get(f"/assessments/{done.pk}/write/").headers["Location"]
        == f"/assessments/{done.pk}/"
    )
    assert client.get(f"/assessments/{done.pk}/decide/").status_code == 403
    assert sign_in(head).get(f"/assessments/{done.pk}/decide/").status_code == 200


def test_what_waits_for_whom(case):
    start_deadlines(case)
    worker, head = case.responsible, make.make_head(case.office)
    make_assessment(case, scores={"safety": 1}, status="finished")
    make_assessment(
        case, kind=AssessmentKind.COMPREHENSIVE, status="returned", scores={"safety": 1}
    )
    make_plan(case, status="submitted")
    child = case.child_places.get().person
    plan = make_plan(case, person=child, status="approved", review_on=clock.today())
    mine = make_measure(plan.goals.get(), due_on=clock.today() - dt.timedelta(days=2))

    def tabs(user):
        """The lines of this slice alone: measures are told by the register of dates."""
        ours = re.compile(rf"/(assessments|plans)/[0-9a-f]{{8}}-|/cases/{case.pk}/assessments/")
        lines = [line for line in waiting_for(user) if ours.match(line.url)]
        return sorted(f"{line.url.split('/')[1]}:{line.urgency}" for line in lines)

    assert tabs(worker) == ["assessments:calm", "cases:soon", "plans:soon"]
    assert tabs(head) == ["assessments:calm", "plans:calm"]
    with clock.moved_to(clock.now() + dt.timedelta(days=30)):
        assert "cases:late" in tabs(head)
    codes = {(due.source, due.pk) for due in due_of(worker)}
    assert ("measure", str(mine.pk)) in codes
    assert {source for source, _pk in codes} == {"measure", "review", "deadline"}


def test_child_s_page_shows_only_what_the_reader_may_see(sign_in, case):
    child, helper = case.child_places.get().person, make.make_psychologist()
    make.make_episode(case, helper)
    assessment = make_assessment(case, person=child, scores={"safety": 1}, status="finished")
    plan = make_plan(case, person=child, status="approved")
    seen = {}
    for name, user in (("worker", case.responsible), ("helper", helper)):
        page = sign_in(user).get(f"/children/{child.pk}/").content.decode()
        seen[name] = (str(assessment.pk) in page, str(plan.pk) in page)
    assert seen == {"worker": (True, True), "helper": (False, True)}
