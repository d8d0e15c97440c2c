"""What intake puts into a case: its application and its visits in the timeline, planned visits among the dates."""

import pytest

from casework import tasks
from casework.happenings import Asked, timeline
from tests import builders as make

from . import application_builders as apply
from . import reception_builders as came

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.make_case(make.make_office("lenin"))


def told(user, case, kind, person=None):
    return [e.happening for e in timeline(user, Asked([case], person)) if e.kind == kind]


def test_visit_to_two_children_tells_each_the_common_text_and_only_the_own_part(case):
    sister = make.make_child("Асанбек кызы", "Ңурай")
    case.child_places.create(person=sister)
    visit = came.make_visit(case, found_ky="Үйдө жылуу")
    brother = visit.children.get().person
    visit.children.update(text_ky="Бала сабакка барбайт")
    visit.children.create(case=case, person=sister, text_ky="Кыз корккон")
    texts = {
        child: told(case.responsible, case, "visit", child)[0].text for child in (brother, sister)
    }
    assert ["Үйдө жылуу" in text for text in texts.values()] == [True, True]
    assert ("Бала сабакка" in texts[brother], "Кыз корккон" in texts[brother]) == (True, False)
    assert ("Бала сабакка" in texts[sister], "Кыз корккон" in texts[sister]) == (False, True)
    (whole,) = told(case.responsible, case, "visit")
    assert "Кыз корккон" not in whole.text


def test_part_of_a_child_is_told_with_its_own_case_and_to_who_made_the_visit(case):
    """A worker of the sister's case, who only gives social help in the brother's, reads the common text of it."""
    colleague, there = make.make_caseworker(case.office), make.make_psychologist()
    sister = make.make_child("Асанбек кызы", "Ңурай")
    other = make.make_case(case.office, colleague, child=sister, family=case.family)
    make.make_episode(case, colleague, kind="social")
    make.make_episode(case, there)
    visit = came.make_visit(case, staff=[case.responsible, there], found_ky="Үйдө жылуу")
    brother = visit.children.get().person
    visit.children.update(text_ky="Бала сабакка барбайт")
    visit.children.create(case=other, person=sister)
    texts = [
        told(reader, case, "visit", brother)[0].text
        for reader in (case.responsible, there, colleague)
    ]
    assert ["Үйдө жылуу" in text for text in texts] == [True, True, True]
    assert ["Бала сабакка" in text for text in texts] == [True, True, False]


def test_specialist_who_was_not_there_is_told_of_no_visit_and_no_planned_one_has_happened(case):
    psychologist = make.make_psychologist()
    make.make_episode(case, psychologist)
    came.make_visit(case)
    came.make_visit(case, outcome="planned")
    assert len(told(case.responsible, case, "visit")) == 1
    assert told(psychologist, case, "visit") == []


def test_application_is_told_with_its_decision_to_who_reads_it(case):
    worker = make.make_caseworker(case.office)
    opened = apply.make_opened(apply.make_application(case.office, worker), worker)
    psychologist = make.make_psychologist()
    make.make_episode(opened, psychologist)
    assert len(told(worker, opened, "application")) == 2
    assert told(psychologist, opened, "application") == []


def test_planned_visit_stands_among_the_dates_of_who_goes_and_of_each_case(case):
    colleague = make.make_caseworker(case.office)
    sister = make.make_child("Асанбек кызы", "Ңурай")
    other = make.make_case(case.office, colleague, child=sister, family=case.family)
    visit = came.make_visit(case, outcome="planned", staff=[case.responsible, colleague])
    visit.children.create(case=other, person=sister)
    for worker in (case.responsible, colleague):
        assert [d.pk for d in tasks.due_of(worker)] == [str(visit.pk)]
    for one, worker in ((case, case.responsible), (other, colleague)):
        found = tasks.due_in_case(worker, one)
        assert [(d.pk, d.number) for d in found] == [(str(visit.pk), one.number)]
