"""The history of records in the reader's words: who, when, what it said and what it says."""

import datetime as dt

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from casework.enums import Relation
from casework.history import Change, Trail, _field_names, history_of, told_since
from casework.models import Child, Conclusion, Person
from casework.trails import case_trails, person_trails
from core import clock
from core.history import acting_as
from tests import builders as make
from tests.casework import people_builders as people

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(minutes=5)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def worker():
    return make.make_caseworker(surname="Бакирова", given_name="Айгүл")


def changed(record, by, after=LATER, **fields):
    """Save ``fields`` as ``by`` some time later."""
    with clock.advanced_by(after), acting_as(by):
        for name, value in fields.items():
            setattr(record, name, value)
        if hasattr(record, "version"):
            record.version += 1
        record.save()


def of_person(person, **more):
    return history_of(Trail(Person, Q(id=person.pk), "Person", **more))


def test_a_change_says_what_stood_and_what_stands_in_words(worker):
    person = make.make_person(birth_on=dt.date(2017, 3, 14))
    changed(person, worker, sex="female", birth_on=dt.date(2017, 4, 15), patronymic="Асанович")
    newest = of_person(person)[0]
    assert (newest.by, newest.kind, newest.what) == ("Бакирова Айгүл", "~", "Person")
    assert newest.changes == (
        Change("Patronymic", "", "Асанович"),
        Change("Sex", "Male", "Female"),
        Change("Birth date, exact", "14.03.2017", "15.04.2017"),
    )


def test_words_follow_the_reader(worker):
    person = make.make_person()
    changed(person, worker, sex="female")
    with translation.override("ru"):
        change = of_person(person)[0].changes[0]
    assert (change.label, change.before, change.after) == ("Пол", "Мужской", "Женский")


def test_a_new_record_says_what_was_chosen_and_nothing_of_the_machines_own(worker):
    with acting_as(worker):
        person = make.make_person("Ким", "Сергей")
    [entry] = of_person(person)
    assert entry.kind == "+"
    assert {c.label for c in entry.changes} == {"Surname", "Given name", "Sex"}


def test_a_save_that_changes_nothing_to_be_told_is_left_out(worker):
    person = make.make_person()
    changed(person, worker)
    assert [e.kind for e in of_person(person)] == ["+"]


def test_fields_narrow_what_is_told(worker):
    person = make.make_person()
    changed(person, worker, disability="Угуусу начар")
    changed(person, worker, 2 * LATER, surname="Башка")
    told = of_person(person, fields=frozenset({"surname"}))
    assert [c.label for e in told for c in e.changes] == ["Surname", "Surname"]


def test_related_records_and_lists_are_named(worker):
    case = make.make_case(responsible=worker)
    school = make.make_organisation(name_ky="№ 57 мектеп", name_ru="Школа № 57")
    child = Child.objects.get(person__case_places__case=case)
    mother = people.make_member(case.family).person
    changed(child, worker, school=school, representative=mother, representative_capacity="mother")
    [entry] = [e for e in history_of(Trail(Child, Q(person=child.pk), "Child")) if e.kind == "~"]
    said = {c.label: c.after for c in entry.changes}
    assert said == {
        "School or kindergarten": "№ 57 мектеп",
        "Lawful representative": "Төлөгөнова Жаңыл",
        "In what capacity": "Mother",
    }


def test_rows_of_one_save_are_told_as_one(worker):
    case = make.make_case(responsible=worker)
    mother = people.make_member(case.family).person
    with acting_as(worker):
        people.make_hidden(people.make_phone(mother), case.child_places.get().person, set_by=worker, reason="Коркутат")  # fmt: skip
    hidden = [
        e for e in history_of(*person_trails(mother, [case], full=True)) if e.what == "Hidden"
    ]
    assert len(hidden) == 1
    said = {c.label: c.after for c in hidden[0].changes}
    assert (said["Hidden from"], said["Why"]) == ("Асанбек уулу Үсөн", "Коркутат")


def test_told_since_names_every_later_save(worker):
    person = make.make_person()
    changed(person, worker, surname="Бир")
    changed(person, worker, 2 * LATER, surname="Эки")
    everything, last = told_since(person, 0), told_since(person, 1)
    assert everything.count("Бакирова Айгүл") == 2
    assert "Surname: Асанбек уулу → Бир." in everything
    assert "Surname: Бир → Эки." in last
    assert "Асанбек" not in last


def test_a_removed_row_is_told_without_its_content(worker):
    """A draft is the one thing that may be thrown away."""
    episode = make.make_episode()
    draft = Conclusion.objects.create(episode=episode, author=episode.specialist)
    with clock.advanced_by(LATER), acting_as(worker):
        Conclusion.objects.get(pk=draft.pk).delete()
    trail = Trail(Conclusion, Q(id=draft.pk), "Draft", named_by=("author",))
    newest = history_of(trail)[0]
    assert (newest.kind, newest.changes) == ("-", ())
    assert newest.what == f"Draft · {draft.author}"


def grow(case, worker, rows):
    for _ in range(rows):
        member = people.make_member(case.family, Relation.RELATIVE, make.make_person("Тууган"))
        people.make_consent(case, given_by=member.person)
        alert = make.make_safety_alert(case)
        alert.notices.create(body="police", given_at=clock.now(), given_by=worker)
        make.make_episode(case)
        changed(case, worker, reason=f"{rows} {clock.now()}")


def test_the_history_of_a_case_asks_as_often_for_many_rows(worker):
    case = make.make_case(responsible=worker)
    counts = []
    for rows in (1, 3):
        grow(case, worker, rows)
        with CaptureQueriesContext(connection) as asked:
            assert len(history_of(*case_trails(case))) > rows
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 21


def test_every_field_that_is_told_has_its_words_in_kyrgyz(worker):
    case = make.make_case(responsible=worker)
    child = case.child_places.get().person
    for trail in [*person_trails(child, [case], full=True), *case_trails(case)]:
        for name in set(_field_names(trail)) - set(trail.named_by):
            words = str(trail.model._meta.get_field(name).verbose_name)
            with translation.override("ky"):
                assert str(trail.model._meta.get_field(name).verbose_name) != words, (trail.model, name)  # fmt: skip


def test_every_trail_names_fields_that_there_are(worker):
    """A trail that narrows, leaves out or names itself by a field must not outlive the field."""
    case = make.make_case(responsible=worker)
    child = case.child_places.get().person
    for trail in [*person_trails(child, [case], full=True), *person_trails(child, [case], full=False), *case_trails(case)]:  # fmt: skip
        known = {f.name for f in trail.model._meta.get_fields()}
        assert {*(trail.fields or ()), *trail.without, *trail.named_by} <= known, trail.model
