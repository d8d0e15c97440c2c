"""Scenario 2, December: the court puts off and decides, an order runs out, a hospital and a kindergarten."""

import datetime as dt
import io
import subprocess

import pikepdf

from casework.enums import EpisodeKind
from casework.models import Accompaniment, ProtectionOrder, Statement
from offices.models import Office, Organisation, User
from reports.demo.staff import PASSWORD
from tests import builders as make

from .scenario_1 import submit

SUBJECT = "Ограничение родительских прав"


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
    return submit(walker)


def issued(person, episode, author, head):
    sign(author, f"/statements/of/{episode.pk}/sign/")
    statement = Statement.objects.get(episode=episode)
    reader = person(head)
    reader.go("/")
    assert f"/statements/{statement.pk}/countersign/" in reader.page.content()
    sign(reader, f"/statements/{statement.pk}/countersign/")
    statement.refresh_from_db()
    return statement


def help_begins(case):
    """The Centre's lawyer for the girl, their own worker's social help for her and her brother; asked for as in scenario 1."""
    lawyer, worker = (
        User.objects.get(username=name) for name in ("lawyer.centre", "caseworker.sverdlov")
    )
    girl, boy = (
        case.child_places.filter(person__given_name=name).get().person for name in ("Айым", "")
    )
    centre = Office.objects.get(kind="centre")
    legal = make.make_episode(case, lawyer, kind=EpisodeKind.LEGAL, office=centre, person=girl)
    social = [
        make.make_episode(case, worker, kind=EpisodeKind.SOCIAL, office=case.office, person=child)
        for child in (girl, boy)
    ]
    return legal, *social


def hearing_is_planned(lawyer, legal):
    court = Organisation.objects.filter(kind="court", district__code="sverdlov").get()
    lawyer.go(f"/episodes/{legal.pk}/").press("Сот отурумун кошуу")
    lawyer.choose("organisation", str(court.pk)).type("purpose", SUBJECT)
    lawyer.type("court_number", "ГД-1734/26").choose("role", "support")
    lawyer.type("day", "09.12").type("at", "10:30")
    submit(lawyer)
    first = Accompaniment.objects.get()
    assert (first.on, first.at) == (dt.date(2026, 12, 9), dt.time(10, 30))
    lawyer.go("/episodes/calendar/?on=2026-12-09")
    assert "Ибраимова" in lawyer.text()


def order_is_typed(lawyer, legal):
    lawyer.go(f"/legal/{legal.pk}/orders/add/")
    lawyer.type("number", "118").type("issued_on", "30.11.2026").type("expires_on", "30.12.2026")
    lawyer.type("issuer_text", "Свердлов РИИБ").type("against_text", "мать")
    submit(lawyer)
    assert ProtectionOrder.objects.get().expires_on == dt.date(2026, 12, 30)


def hearing_is_put_off(lawyer, legal):
    """In the corridor of the court: four touches and a date."""
    first = Accompaniment.objects.get()
    lawyer.go("/")
    assert f"/accompaniments/{first.pk}/" in lawyer.page.content()
    lawyer.go(f"/accompaniments/{first.pk}/")
    lawyer.press("Сот отурумунун жүрүшүн жазуу")
    lawyer.choose("status", "put_off").type("result", "Ответчик не явился")
    lawyer.type("next_day", "23.12").type("next_at", "14")
    submit(lawyer)
    second = Accompaniment.objects.get(follows=first)
    assert (second.on, second.status) == (dt.date(2026, 12, 23), "planned")
    lawyer.go(f"/episodes/{legal.pk}/complete/")
    assert not lawyer.page.locator("form.form-page").count()


def hospital(worker, girl, boy):
    """One way of both children, written once."""
    worker.go(f"/accompaniments/add/{girl.pk}/")
    worker.choose("files", str(boy.pk)).choose("kind", "medical").type("day", "10.12")
    worker.type("organisation_text", "Детская больница № 3").type("purpose", "Рентген руки")
    worker.choose("status", "held").type("result", "Наложен гипс")
    submit(worker)
    one = Accompaniment.objects.get(on=dt.date(2026, 12, 10))
    assert set(one.episodes.all()) == {girl, boy}
    worker.go(f"/accompaniments/add/{girl.pk}/").choose("kind", "education").type("day", "14.12")
    worker.type("organisation_text", "Детский сад № 71").type("purpose", "Зачисление")
    submit(worker)


def kindergarten(worker, girl, boy):
    planned = Accompaniment.objects.planned().get(on=dt.date(2026, 12, 14))
    worker.go(f"/accompaniments/{planned.pk}/record/").choose("status", "held")
    submit(worker)
    for path in (f"/episodes/{boy.pk}/", f"/episodes/{girl.pk}/", f"/cases/{girl.case_id}/"):
        worker.go(path)
    assert worker.page.locator("#due").count() == 1


def social_help_is_completed(person, worker, girl):
    """With the statement of clause 5, which says where they were and not why."""
    said = words_of(issued(person, girl, worker, "head.sverdlov"))
    assert "Детская больница № 3" in said and "Детский сад № 71" in said
    assert "Рентген" not in said and "гипс" not in said
    with worker.page.expect_navigation():
        worker.go(f"/episodes/{girl.pk}/complete/").page.click("form.form-page .btn-primary")
    girl.refresh_from_db()
    assert girl.status == "completed"
    worker.go("/accounts/").press("Создать адрес")


def court_decides(lawyer):
    second = Accompaniment.objects.get(on=dt.date(2026, 12, 23))
    lawyer.go(f"/accompaniments/{second.pk}/record/")
    lawyer.choose("status", "decided").type("result", "Ограничена в правах на шесть месяцев")
    lawyer.type("next_day", "15.01").type("next_at", "9:30")
    submit(lawyer)
    assert Accompaniment.objects.get(follows=second).on == dt.date(2027, 1, 15)


def order_runs_out(lawyer, case):
    """Within a week it is on the lawyer's day."""
    lawyer.go("/")
    assert f"/legal/orders/{ProtectionOrder.objects.get().pk}/" in lawyer.page.content()
    lawyer.go("/tasks/")
    assert case.number in lawyer.text()


def statement_of_the_court(person, lawyer, legal):
    statement = issued(person, legal, lawyer, "head.centre")
    said = words_of(statement)
    found = [w in said for w in ("09.12.2026", "23.12.2026", "ГД-1734/26", "Ибраимова Айым")]
    assert found == [True] * 4
    assert [w for w in (SUBJECT, "не явился", "шесть месяцев", "15.01.2027") if w in said] == []
    lawyer.go(f"/statements/{statement.pk}/")
