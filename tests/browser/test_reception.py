"""The reception from arrival to end, its screen, and a raid with a family found; as people do it, at 1280 and 360 px."""

import pytest
from playwright.sync_api import expect

from intake.models import RaidFinding, Visitor
from intake.reception_lists import load_reception_lists

from .conftest import NARROW

pytestmark = pytest.mark.browser
DESK = "/intake/reception/"
ASKS_EVERY = 5_000  # milliseconds


@pytest.fixture
def lists(city):
    load_reception_lists()


def test_reception_from_arrival_to_end_with_its_screen(lists, site, person):
    site.at("2026-11-23 10:00")
    door, worker = person("operator.lenin"), person("caseworker.lenin", size=NARROW, language="ru")
    door.page.context.clock.install()
    door.go(DESK)
    for _visitor in range(2):
        door.press("Номер берүү")
    door.page.select_option("main [name=privilege]", label="Кош бойлуу аялдар")
    door.press("Номер берүү")
    numbers = door.page.locator("#turn").locator("xpath=ancestor::section").locator(".queue-number")
    assert numbers.all_inner_texts() == ["№ 3", "№ 1", "№ 2"]
    assert "Эрте келген 2 адамдан мурда" in door.text()

    with door.page.context.expect_page() as opened:
        door.page.get_by_role("button", name="Экранды ачуу").click()
    screen = type(door)(opened.value, site)
    screen.page.wait_for_load_state()
    screen.examine()
    expect(screen.page.locator(".display-next strong")).to_have_text(["3", "1", "2"])

    worker.go(DESK)
    worker.page.fill("#call-window", "3")
    worker.press("Вызвать № 3")
    worker.press("Начать")
    assert "ещё 30 минут" in worker.text() or "ещё 29 минут" in worker.text()
    screen.page.clock.fast_forward(ASKS_EVERY)
    expect(screen.page.locator(".display-now strong")).to_have_text(["3"])
    assert "Кош бойлуу" not in screen.text()

    worker.choose("outcome", "information").type("answer", "Рассказали о пособии.")
    worker.press("Завершить приём")
    door.page.context.clear_cookies()
    screen.page.clock.fast_forward(ASKS_EVERY)
    expect(screen.page.locator(".display-now strong")).to_have_count(0)
    done = Visitor.objects.get(number=3)
    assert (done.status, done.window, done.outcome) == ("ended", "3", "information")

    worker.go("/intake/reception/new/").go(f"{DESK}{done.pk}/change/").go(f"{DESK}{done.pk}/")


def test_raid_with_a_family_found_and_a_visit_to_it(lists, site, person):
    site.at("2026-11-23 15:00")
    worker = person("caseworker.lenin", size=NARROW)
    worker.go("/intake/raids/").press("Рейдди жазуу")
    worker.type("held_on", "22.11").type("place", "Ош базары").press("Сактоо")
    worker.press("Табылган үй-бүлө")
    worker.type("children-0-given_name", "Эрмек").type("children-0-birth", "9")
    worker.type("seen", "Арабача түртөт.").press("Сактоо")
    assert "Эрмек, ≈ 9 жаш" in worker.text()
    finding = RaidFinding.objects.get()
    assert finding.carried().children[0].given_name == "Эрмек"

    worker.press("Үйгө барууну жазуу")
    worker.choose("outcome", "nobody_home").press("Барууну сактоо")
    assert "Үйдө эч ким жок" in worker.text()
    worker.go("/intake/visits/")
