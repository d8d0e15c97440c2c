"""A mother walks in: application, receipt, eligibility, case with everything carried. And one refused by two, with its notice."""

from casework.models import Case
from intake.models import Application

from .conftest import NARROW
from .scenario_1 import Cast, ky, pick

KY, RU = "Үй-бүлөгө барылды: балдар коопсуз.", "Семью посетили: дети в безопасности."


def test_walk_in_mother_gets_a_case_and_another_family_a_notice(person, site):
    cast = Cast(person)
    site.at("2026-11-23 09:10")
    worker = cast("caseworker.lenin")
    application = register(worker, "Асанбек уулу", "Үсөн")
    worker.page.request.get(site.url + application)
    case_opened(worker)
    refused_by_two(cast, worker)
    phone = person("caseworker.lenin", size=NARROW, language="ru")
    for path in ("/intake/applications/?view=all", "/intake/applications/new/", application):
        phone.go(path)


def register(worker, surname, given_name):
    worker.go("/intake/applications/").press(ky("Register an application")).unfold()
    worker.choose("adults-0-relation", "mother").type("adults-0-surname", "Төлөгөнова")
    worker.type("adults-0-given_name", "Жаңыл")
    worker.page.check("main [name='adults-0-is_applicant']")
    worker.type("children-0-surname", surname).type("children-0-given_name", given_name)
    worker.type("children-0-birth", "14.03.2017").type("street", "Мөңгүлүү").type("house", "34-а")
    worker.type("reason", "Өгөй ата мас келет").choose("identified_by", "self")
    worker.choose("basis_kind", "application").press(ky("Register"))
    return worker.page.url.removeprefix(worker.site.url)


def case_opened(worker):
    worker.press(ky("Decide eligibility")).choose("is_eligible", "yes")
    pick(worker, "categories", "Зордук")
    worker.type("facts_ky", "Баланын денесинде көгөргөн жерлер бар").press(
        ky("Write down the decision")
    )
    worker.press(ky("Open the case"))
    case = Case.objects.get()
    assert worker.page.url.endswith(case.get_absolute_url())
    text = worker.text()
    assert ("Өгөй ата мас келет" in text, Application.objects.get().number in text) == (True, True)
    assert case.child_places.get().person.addresses.get().house == "34-а"


def refused_by_two(cast, worker):
    url = register(worker, "Бекова", "Айжан")
    worker.press(ky("Decide eligibility")).choose("is_eligible", "no")
    worker.type("facts_ky", KY).type("facts_ru", RU).press(ky("Write down the decision"))
    head = cast("head.lenin").go(f"{url}refusal/")
    assert RU in head.text()
    head.choose("answer", "confirm").press(ky("Save"))
    paper = head.page.request.get(f"{head.site.url}{url}notice/")
    assert (paper.status, paper.body()[:4]) == (200, b"%PDF")
