"""From a danger found on a visit, on a phone, to a plan that the Commission has agreed to, on paper."""

import datetime as dt
import io

import pypdf
import pytest

from casework.models import Assessment, AssessmentDomain, Plan, SafetyAlert
from offices.models import Office, User
from tests import builders as make

from .conftest import NARROW
from .scenario_1 import ky


@pytest.fixture
def case(city):
    """The night's case of the Sverdlov district: a girl whose surname nobody knows yet, her mother not sober."""
    office = Office.objects.get(code="sverdlov")
    worker = User.objects.get(username="caseworker.sverdlov")
    mother = make.make_person("Петрова", "Анна", sex="female")
    child = make.make_child("", "Айым", sex="female", birth_on=None)
    family = make.make_family(child, mother=mother)
    return make.make_case(office, worker, child=child, family=family, number="05.1-0001/26")


def domain(code):
    return AssessmentDomain.objects.get(code=code).pk


def test_danger_becomes_an_alert_and_a_plan_agreed_by_the_commission(case, person, site):
    site.at("2026-11-29 10:00")
    worker = person("caseworker.sverdlov", size=NARROW)
    worker.go(f"/cases/{case.pk}/assessments/").press(ky("New assessment")).press(ky("Begin"))
    assess_danger(worker)
    worker.press(ky("Raise a safety alert"))
    assert SafetyAlert.objects.get().text == "Апасы мас, кызды урган"
    case.refresh_from_db()
    assert case.risk_level == "high"

    site.at("2026-12-07 11:00")
    desk = person("caseworker.sverdlov")
    desk.go(f"/cases/{case.pk}/assessments/").press(ky("New assessment"))
    desk.choose("kind", "comprehensive").press(ky("Begin"))
    assess_fully(desk)
    lay_plan(desk)

    head = person("head.sverdlov", language="ru")
    plan = Plan.objects.get()
    head.go("/").go(f"/plans/{plan.pk}/decide/").choose("answer", "approve")
    submit(head)
    site.at("2026-12-15 16:00")
    desk.page.goto(f"{site.url}/accounts/login/")
    again = person("caseworker.sverdlov")
    again.go(f"/plans/{plan.pk}/agreement/").type("number", "48").type("on", "15.12.2026")
    submit(again)
    words = text_of(again, plan)
    for said in (
        "Үй-бүлө менен жекече иштөө планы",
        "№ 48, 2026-жылдын 15-декабры",
        "Айым үйдө коопсуз жашайт",
        "Коопсуздук",
        "22.12.2026",
        "Айым живёт дома в безопасности",
        "Мектептин психологу",
    ):
        assert said in words, said
    assert "391" not in words


def assess_danger(worker):
    safety = domain("safety")
    worker.choose("danger", "yes").type("danger_text", "Апасы мас, кызды урган")
    worker.type("danger_done", "Тез жардам чакырылды, балдар ооруканада")
    worker.choose("heard", "seen").type("not_heard_reason", "Бала уктап калды")
    worker.choose(f"score_{safety}", "3").unfold()
    worker.type(f"evidence_{safety}", "Колу жабыркаган").type(f"source_{safety}", "өзүм көрдүм")
    worker.examine().press(ky("Save and finish")).press(ky("Finish"))
    assert "Колу жабыркаган" in worker.text()


def assess_fully(desk):
    desk.choose("danger", "no").choose("heard", "yes")
    for code, score in (("safety", 2), ("care", 2), ("health", 1), ("income", 0)):
        desk.choose(f"score_{domain(code)}", str(score))
    desk.type("protective_factors", "Таенеси балдарды алууга даяр")
    desk.press(ky("Save and finish")).press(ky("Finish"))
    done = Assessment.objects.get(kind="comprehensive")
    assert (done.risk_level, done.status) == ("medium", "finished")
    assert ky("better than before") in desk.text()


def lay_plan(desk):
    """The plan of the family, its goal begun by one click from the need."""
    with desk.page.expect_navigation():
        desk.page.locator("form[action*='/plans/need/'] button").first.click()
    desk.examine().type("text_ky", "Айым үйдө коопсуз жашайт")
    desk.type("text_ru", "Айым живёт дома в безопасности")
    desk.type("measures-0-text_ky", "Баланы жума сайын көрүү")
    desk.choose("measures-0-executor_kind", "other")
    desk.type("measures-0-executor_text", "Мектептин психологу")
    desk.type("measures-0-due_on", "22.12.2026").press(ky("Save"))
    desk.press(ky("Lay it before the head"))
    submit(desk)


def submit(walker):
    with walker.page.expect_navigation():
        walker.page.click("main form.form-page button.btn-primary")
    return walker.examine()


def text_of(walker, plan):
    """The words of the issued paper, as a reader's program finds them."""
    answer = walker.page.request.get(f"{walker.site.url}/plans/{plan.pk}/paper/")
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    assert dt.date(2026, 12, 15) == Plan.objects.get(pk=plan.pk).agreed_on
    return " ".join(" ".join(page.extract_text() for page in pages).split())
