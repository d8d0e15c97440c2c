"""Scenario 2, the days after the night: the paper comes, the girl gets her name, her two files are brought together."""

import datetime as dt

from casework.models import Case, Person, PersonMerge
from offices.models import Office, User
from tests import builders as make

from .conftest import NARROW
from .scenario_1 import ky, submit

PIN = "10206201900187"


def known_since_2024():
    """The same girl in Oktyabr, as somebody wrote her there."""
    office, worker = (
        Office.objects.get(code="oktyabr"),
        User.objects.get(username="caseworker.oktyabr"),
    )
    child = make.make_child("Ибрагимова", "Айым", sex="female", birth_on=dt.date(2019, 6, 2))
    return make.make_case(office, worker, child=child, reason="2024-жылы мектептен чакыруу")


def the_paper_comes(worker, case):
    """My day says that the paper is awaited until today; its number and day are typed from it."""
    assert f"/cases/{case.pk}/" in worker.page.content()
    worker.go(f"/cases/{case.pk}/").press(ky("The document has come"))
    worker.choose("basis_kind", "internal_affairs").type("basis_text", "Свердлов РИИБ")
    worker.type("basis_number", "12/3-4410").type("basis_on", "29.11.2026")
    submit(worker)
    found = Case.objects.get(pk=case.pk)
    assert (found.basis_kind, found.basis_number) == ("internal_affairs", "12/3-4410")
    assert found.identified_by == case.identified_by  # clause 3 and clause 12 are two facts
    assert "12/3-4410" in worker.go(f"/cases/{case.pk}/timeline/").text()


def grandmother_brings_the_certificate(worker, case):
    girl = case.child_places.get(person__given_name="Айым").person
    worker.go(f"/people/{girl.pk}/edit/").type("surname", "Ибраимова").type(
        "patronymic", "Руслановна"
    )
    worker.type("birth", "02.06.2019").unfold().type("pin", PIN)
    submit(worker)
    girl.refresh_from_db()
    assert (girl.surname, girl.birth_on, girl.pin) == ("Ибраимова", dt.date(2019, 6, 2), PIN)
    history = worker.go(f"/people/{girl.pk}/history/").text()
    assert "Ибраимова" in history


def heads_bring_the_files_together(cast, case):
    """Sverdlov's head asks without seeing the other file; Oktyabr's head sees who asks about whom, and agrees."""
    girl = Person.objects.get(pin=PIN)
    head = cast("head.sverdlov").go(f"/cases/merges/new/{girl.pk}/")
    head.type("surname", "Ибрагимова").type("reason", "Туулгандыгы тууралуу күбөлүк боюнча")
    submit(head)
    merge = PersonMerge.objects.get()
    assert "Ибрагимова" not in head.page.content()
    other = cast("head.oktyabr")
    assert merge.get_absolute_url() in other.page.content()
    other.go(merge.get_absolute_url()).choose("answer", "yes")
    submit(other)
    merge.refresh_from_db()
    assert merge.status == "agreed"
    other.go("/cases/merges/")
    return merge


def nobody_sees_more_and_nothing_is_lost(cast, person, case, old, merge):
    """Each office reads its own case as before; the heads' timelines say that the files are one, the workers' do not."""
    said = ky("Two files were brought together")
    head, other = cast("head.sverdlov"), cast("head.oktyabr")
    for reader, own, foreign in ((head, case, old), (other, old, case)):
        assert reader.page.goto(f"{reader.site.url}/cases/{foreign.pk}/").status == 404
        own_child = own.child_places.order_by("person__given_name").last().person
        page = reader.go(f"/children/{own_child.pk}/").text()
        assert foreign.number not in page
        assert said in reader.go(f"/cases/{own.pk}/timeline/").text()
    worker = person("caseworker.oktyabr", size=NARROW, language="ru")
    text = worker.go(f"/cases/{old.pk}/timeline/").text()
    assert (old.number in text, "Ибраимова" in text) == (True, False)
    assert (merge.ours.history.count(), merge.theirs.history.count()) >= (2, 1)
    assert Case.objects.get(pk=old.pk).reason == "2024-жылы мектептен чакыруу"
