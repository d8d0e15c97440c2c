"""December of the call at night: the court puts off and decides, an order runs out, a hospital and a kindergarten."""

import datetime as dt
import io
import subprocess

import pikepdf
import pytest

from casework.enums import EpisodeKind
from casework.models import Accompaniment, ProtectionOrder, Statement
from offices.models import Office, Organisation, User
from reports.demo.staff import PASSWORD
from tests import builders as make

from .conftest import NARROW

SUBJECT = "Ограничение родительских прав"


@pytest.fixture
def family(city):
    """Айым and her brother of the Sverdlov district, with the Centre's lawyer and their own worker's social help."""
    sverdlov, centre = Office.objects.get(code="sverdlov"), Office.objects.get(kind="centre")
    worker = User.objects.get(username="caseworker.sverdlov")
    girl = make.make_child("Ибраимова", "Айым", sex="female", birth_on=dt.date(2019, 6, 2))
    boy = make.make_child("Ибраимов", "Данияр", birth_on=dt.date(2025, 2, 1))
    mother = make.make_person("Петрова", "Анна", sex="female")
    case = make.make_case(
        sverdlov, worker, child=girl, family=make.make_family(girl, boy, mother=mother)
    )
    case.child_places.create(person=boy)
    lawyer = User.objects.get(username="lawyer.centre")
    legal = make.make_episode(case, lawyer, kind=EpisodeKind.LEGAL, office=centre)
    social = [
        make.make_episode(case, worker, kind=EpisodeKind.SOCIAL, office=sverdlov, person=child)
        for child in (girl, boy)
    ]
    return {"case": case, "legal": legal, "girl": social[0], "boy": social[1]}


def save(walker):
    with walker.page.expect_navigation():
        walker.page.click("form.form-page .btn-primary")
    return walker.examine()


def on(site, walker, name, moment):
    """Another day: the session of the day before has ended, and whoever works has signed in again."""
    site.at(moment)
    walker.page.context.clear_cookies(name="sessionid")
    return walker.come_in(name)


def words_of(statement):
    """The text of the paper as it is kept, found again through the fonts' own tables."""

    found = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=bytes(statement.paper.pdf), capture_output=True
    )
    assert len(pikepdf.open(io.BytesIO(bytes(statement.paper.pdf))).pages) == statement.paper.pages
    return " ".join(found.stdout.decode().split())


def sign(walker, path):
    walker.go(path)
    walker.page.fill("[name=password]", PASSWORD)
    return save(walker)


def issued(person, episode, author, head):
    sign(author, f"/statements/of/{episode.pk}/sign/")
    statement = Statement.objects.get(episode=episode)
    reader = person(head)
    reader.go("/")
    assert f"/statements/{statement.pk}/countersign/" in reader.page.content()
    sign(reader, f"/statements/{statement.pk}/countersign/")
    statement.refresh_from_db()
    return statement


def test_december_in_court(family, person, site):
    legal, case = family["legal"], family["case"]
    court = Organisation.objects.filter(kind="court", district__code="sverdlov").get()
    site.at("2026-12-02 10:00")
    lawyer = person("lawyer.centre", size=NARROW)
    lawyer.go(f"/episodes/{legal.pk}/").press("Сот отурумун кошуу")
    lawyer.choose("organisation", str(court.pk)).type("purpose", SUBJECT)
    lawyer.type("court_number", "ГД-1734/26").choose("role", "support")
    lawyer.type("day", "09.12").type("at", "10:30")
    save(lawyer)
    first = Accompaniment.objects.get()
    assert (first.on, first.at) == (dt.date(2026, 12, 9), dt.time(10, 30))
    lawyer.go("/episodes/calendar/?on=2026-12-09")
    assert "Ибраимова" in lawyer.text()

    lawyer.go(f"/legal/{legal.pk}/orders/add/")
    lawyer.type("number", "118").type("issued_on", "30.11.2026").type("expires_on", "30.12.2026")
    lawyer.type("issuer_text", "Свердлов РИИБ").type("against_text", "мать")
    save(lawyer)
    order = ProtectionOrder.objects.get()
    assert order.expires_on == dt.date(2026, 12, 30)

    # In the corridor of the court: four touches and a date.
    on(site, lawyer, "lawyer.centre", "2026-12-09 11:20")
    lawyer.go("/")
    assert f"/accompaniments/{first.pk}/" in lawyer.page.content()
    lawyer.go(f"/accompaniments/{first.pk}/")
    lawyer.press("Сот отурумунун жүрүшүн жазуу")
    lawyer.choose("status", "put_off").type("result", "Ответчик не явился")
    lawyer.type("next_day", "23.12").type("next_at", "14")
    save(lawyer)
    second = Accompaniment.objects.get(follows=first)
    assert (second.on, second.status) == (dt.date(2026, 12, 23), "planned")
    lawyer.go(f"/episodes/{legal.pk}/complete/")
    assert not lawyer.page.locator("form.form-page").count()

    on(site, lawyer, "lawyer.centre", "2026-12-23 15:00")
    lawyer.go(f"/accompaniments/{second.pk}/record/")
    lawyer.choose("status", "decided").type("result", "Ограничена в правах на шесть месяцев")
    lawyer.type("next_day", "15.01").type("next_at", "9:30")
    save(lawyer)
    third = Accompaniment.objects.get(follows=second)
    assert third.on == dt.date(2027, 1, 15)
    on(site, lawyer, "lawyer.centre", "2026-12-24 09:00")
    lawyer.go("/")
    assert f"/legal/orders/{order.pk}/" in lawyer.page.content()
    lawyer.go("/tasks/")
    assert case.number in lawyer.text()

    statement = issued(person, legal, lawyer, "head.centre")
    said = words_of(statement)
    found = [w in said for w in ("09.12.2026", "23.12.2026", "ГД-1734/26", "Ибраимова Айым")]
    assert found == [True] * 4
    assert [w for w in (SUBJECT, "не явился", "шесть месяцев", "15.01.2027") if w in said] == []
    lawyer.go(f"/statements/{statement.pk}/")


def test_hospital_and_kindergarten(family, person, site):
    girl, boy = family["girl"], family["boy"]
    site.at("2026-12-10 16:00")
    worker = person("caseworker.sverdlov", language="ru")
    worker.go(f"/accompaniments/add/{girl.pk}/")
    worker.choose("files", str(boy.pk)).choose("kind", "medical").type("day", "10.12")
    worker.type("organisation_text", "Детская больница № 3").type("purpose", "Рентген руки")
    worker.choose("status", "held").type("result", "Наложен гипс")
    save(worker)
    one = Accompaniment.objects.get()
    assert set(one.episodes.all()) == {girl, boy}

    worker.go(f"/accompaniments/add/{girl.pk}/").choose("kind", "education").type("day", "14.12")
    worker.type("organisation_text", "Детский сад № 71").type("purpose", "Зачисление")
    save(worker)
    assert Accompaniment.objects.filter(on=dt.date(2026, 12, 14), status="planned").exists()
    planned = Accompaniment.objects.planned().get()
    on(site, worker, "caseworker.sverdlov", "2026-12-14 17:00")
    worker.go(f"/accompaniments/{planned.pk}/record/").choose("status", "held")
    save(worker)
    for path in (f"/episodes/{boy.pk}/", f"/episodes/{girl.pk}/", f"/cases/{girl.case_id}/"):
        worker.go(path)
    assert worker.page.locator("#due").count() == 1

    statement = issued(person, girl, worker, "head.sverdlov")
    said = words_of(statement)
    assert "Детская больница № 3" in said and "Детский сад № 71" in said
    assert "Рентген" not in said and "гипс" not in said
    with worker.page.expect_navigation():
        worker.go(f"/episodes/{girl.pk}/complete/").page.click("form.form-page .btn-primary")
    girl.refresh_from_db()
    assert girl.status == "completed"
    worker.go("/accounts/").press("Создать адрес")


def test_other_pages_of_the_legal_file_meet_the_measure(family, person):
    legal, case = family["legal"], family["case"]
    lawyer = person("lawyer.centre", size=NARROW, language="ru")
    for path in (
        f"/legal/{legal.pk}/documents/add/",
        f"/legal/{legal.pk}/lawyers/add/",
        f"/tasks/add/{case.pk}/",
        "/tasks/?when=done",
        f"/statements/of/{legal.pk}/sign/",
    ):
        lawyer.go(path)
