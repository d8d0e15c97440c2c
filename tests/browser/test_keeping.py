"""Who holds a case and how it ends, at the screen: a transfer, the sealed door, a closing, the two files of Айым."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from casework.models import Case, FollowUp, SealedOpening, Transfer
from core import clock
from offices.models import Office, User
from tests import builders as make

from .conftest import NARROW

pytestmark = pytest.mark.browser
BORN = dt.date(2019, 6, 2)


def case_of(office, child, worker="caseworker"):
    place = Office.objects.get(code=office)
    person = User.objects.get(username=f"{worker}.{office}")
    return make.make_case(place, person, child=child, assigned_at=clock.now())


@pytest.fixture
def aiym(city):
    """Known in Oktyabr since 2024 under another spelling, and now in Sverdlov."""
    old = make.make_child("Ибрагимова", "Айым", birth_on=BORN, sex="female")
    new = make.make_child("Ибраимова", "Айым", birth_on=BORN, sex="female", pin="10206201900187")
    return case_of("oktyabr", old), case_of("sverdlov", new)


def send(walker):
    with walker.page.expect_navigation():
        walker.page.click("form.form-page .btn-primary")


def test_a_transfer_is_offered_and_accepted(aiym, person):
    _then, now = aiym
    head = person("head.sverdlov", size=NARROW)
    head.go(f"/cases/{now.pk}/transfer/")
    head.page.select_option("[name=to_office]", str(Office.objects.get(code="oktyabr").pk))
    head.page.fill("[name=reason]", "Үй-бүлө көчтү")
    head.page.fill("[name=summary]", "Чоң энеси менен жашайт")
    send(head)
    head.examine()
    transfer = Transfer.objects.get()
    there = person("head.oktyabr", language="ru")
    there.go("/")
    there.go(transfer.get_absolute_url())
    expect(there.page.get_by_text("Чоң энеси менен жашайт")).to_be_visible()
    there.page.check("[name=answer][value=yes]")
    there.page.check(f"[name=worker][value='{User.objects.get(username='caseworker.oktyabr').pk}']")
    send(there)
    there.examine()
    assert Case.objects.get(pk=now.pk).office.code == "oktyabr"
    head.go(transfer.get_absolute_url())
    assert head.page.goto(f"{head.site.url}/cases/{now.pk}/").status == 404
    there.go("/cases/transfers/")


def test_the_sealed_door_opens_and_the_clock_shuts_it(aiym, person, site):
    site.at("2026-11-28 23:50")
    _then, now = aiym
    head = person("head.lenin")
    head.go("/cases/sealed/")
    head.page.fill("[name=number]", now.number)
    head.page.fill("[name=reason]", "Түнкү чалуу, бала кыйкырып жатат, дарегин билүү керек")
    send(head)
    head.examine()
    expect(head.page.get_by_text("Ибраимова").first).to_be_visible()
    expect(
        head.page.locator(f"form[action='/cases/sealed/{SealedOpening.objects.get().pk}/shut/']")
    ).to_be_visible()
    site.at("2026-11-29 00:10")
    head.go(f"/cases/{now.pk}/")
    site.at("2026-11-29 00:21")
    assert head.page.goto(f"{site.url}/cases/{now.pk}/").status == 404
    auditor = person("auditor", size=NARROW)
    auditor.go("/cases/sealed/list/")
    expect(auditor.page.get_by_text(now.number)).to_be_visible()
    assert "Ибраимова" not in auditor.page.content()


def test_a_case_is_closed_with_its_follow_ups(aiym, person):
    _then, now = aiym
    worker = person("caseworker.sverdlov", size=NARROW)
    worker.go(f"/cases/{now.pk}/close/")
    page = worker.page
    page.locator("[name=reason]").first.check()
    page.check("[name=goals][value=yes]")
    page.check("[name=risk_now][value=low]")
    page.check("[name=was_polite][value=yes]")
    page.check("[name=was_in_time][value=yes]")
    page.check("[name=was_useful][value=partly]")
    send(worker)
    worker.examine()
    head = person("head.sverdlov")
    head.go(page.url.removeprefix(worker.site.url))
    head.page.check("[name=answer][value=yes]")
    send(head)
    head.examine()
    assert Case.objects.get(pk=now.pk).stage == "closed"
    follow_up = FollowUp.objects.order_by("due_on").first()
    worker.go(f"/cases/{now.pk}/")
    worker.go(follow_up.get_absolute_url())
    for url in (f"/cases/{now.pk}/reopen/", f"/cases/{now.pk}/access-report/", "/cases/leaving/"):
        head.go(url)
