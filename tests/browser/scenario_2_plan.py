"""Scenario 2, from the danger of the night to a plan that the Commission has agreed to, on paper."""

import datetime as dt
import io

import pypdf

from casework.models import Assessment, AssessmentDomain, Plan, SafetyAlert

from .conftest import NARROW
from .scenario_1 import ky, submit


def domain(code):
    return AssessmentDomain.objects.get(code=code).pk


def danger_on_sunday(person, case):
    """On a phone, at the hospital: the first assessment, and from its danger an alert."""
    worker = person("caseworker.sverdlov", size=NARROW)
    worker.go(f"/cases/{case.pk}/assessments/").press(ky("New assessment")).press(ky("Begin"))
    assess_danger(worker)
    worker.press(ky("Raise a safety alert"))
    assert SafetyAlert.objects.get().text == "Апасы мас, кызды урган"
    case.refresh_from_db()
    assert case.risk_level == "high"


def plan_is_laid_and_approved(person, case):
    desk = person("caseworker.sverdlov")
    desk.go(f"/cases/{case.pk}/assessments/").press(ky("New assessment"))
    desk.choose("kind", "comprehensive").press(ky("Begin"))
    assess_fully(desk)
    lay_plan(desk)
    head, plan = person("head.sverdlov", language="ru"), Plan.objects.get()
    head.go("/").go(f"/plans/{plan.pk}/decide/").choose("answer", "approve")
    submit(head)


def commission_agrees(person):
    worker, plan = person("caseworker.sverdlov"), Plan.objects.get()
    worker.go(f"/plans/{plan.pk}/agreement/").type("number", "48").type("on", "15.12.2026")
    submit(worker)
    words = text_of(worker, plan)
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


def assess_danger(worker):
    safety = domain("safety")
    worker.choose("danger", "yes").type("danger_text", "Апасы мас, кызды урган")
    worker.type(
        "danger_done", "Тез жардам чакырылды, балдар ооруканада, камкордук органына кабар берилди"
    )
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
    with desk.page.expect_navigation():
        desk.page.click("main form.form-page button.btn-primary")
    desk.examine()


def text_of(walker, plan):
    """The words of the issued paper, as a reader's program finds them."""
    answer = walker.page.request.get(f"{walker.site.url}/plans/{plan.pk}/paper/")
    assert answer.headers["content-type"] == "application/pdf"
    pages = pypdf.PdfReader(io.BytesIO(answer.body())).pages
    assert dt.date(2026, 12, 15) == Plan.objects.get(pk=plan.pk).agreed_on
    return " ".join(" ".join(page.extract_text() for page in pages).split())
