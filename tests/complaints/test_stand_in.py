"""Whoever stands in for the considering person during a leave sees the complaint and does the work; nobody else by it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from complaints.models import Complaint
from complaints.permissions import considers
from complaints.services import answers, considering
from core import clock
from offices.enums import Role
from offices.models import Membership, Notice
from offices.waiting import waiting_for
from tests import builders as make

from . import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return b.City()


def sees(user, complaint):
    return Complaint.objects.visible_to(user).filter(pk=complaint.pk).exists()


def on_leave(person, stand_in, **days):
    return make.make_stand_in(person.memberships.get(), stand_in, **days)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.LAWYER, Role.REGISTRAR])
def test_the_stand_in_considers_and_the_register_keeps_whose_it_is(city, role):
    away = make.make_user(role, city.oktyabr)
    helper, other = make.make_caseworker(city.oktyabr), make.make_caseworker(city.oktyabr)
    complaint = b.consider(city, person=away)
    assert not sees(helper, complaint) and not considers(helper, complaint)
    on_leave(away, helper)
    assert sees(helper, complaint) and considers(helper, complaint)
    assert not sees(other, complaint) and not considers(other, complaint)
    assert [line.url for line in waiting_for(helper) if line.number == complaint.number] == [complaint.get_absolute_url()]  # fmt: skip
    for point in complaint.points.all():
        considering.record_finding(point, finding="upheld", evidence="Очередь", actor=helper)
    answer = answers.write_answer(complaint, text_ky="Каралды", text_ru="Рассмотрена", is_finished=True, actor=helper)  # fmt: skip
    assert answer.written_by == helper
    assert Complaint.objects.get(pk=complaint.pk).considered_by == away
    assert {point.found_by for point in complaint.points.all()} == {helper}


def test_after_the_leave_it_is_theirs_no_more(city):
    complaint = b.consider(city, person=city.colleague)
    helper = make.make_caseworker(city.oktyabr)
    today = clock.today()
    on_leave(city.colleague, helper, starts_on=today, ends_on=today + dt.timedelta(days=3))
    with clock.moved_to(clock.now() + dt.timedelta(days=4)):
        assert not sees(helper, complaint) and not considers(helper, complaint)
        with pytest.raises(PermissionDenied):
            answers.write_answer(complaint, text_ky="Каралды", actor=helper)


def test_whom_it_is_about_and_who_has_a_conflict_do_not_consider_it_as_stand_ins(city):
    complaint = b.consider(city, person=city.colleague)
    relative = make.make_caseworker(city.oktyabr)
    b.shut_out(b.consider_again(complaint, relative, city), relative)
    complaint = b.consider_again(complaint, city.colleague, city)
    for person in (city.worker, relative):
        on_leave(city.colleague, person)
        assert not sees(person, complaint)
        with pytest.raises(PermissionDenied):
            answers.write_answer(complaint, text_ky="Каралды", actor=person)


def test_about_a_head_nobody_below_them_considers_it_as_a_stand_in(city):
    """A worker of the district who also works for the city stands in there for the considering person."""
    away = make.make_user(Role.LAWYER, city.city)
    both = make.make_caseworker(city.oktyabr)
    Membership.objects.create(user=both, office=city.city, role=Role.LAWYER, starts_on=dt.date(2024, 1, 1))  # fmt: skip
    helper = make.make_user(Role.LAWYER, city.city)
    complaint = b.consider(city, b.register(city, about_person=city.head), person=away)
    on_leave(away, both)
    on_leave(away, helper)
    assert sees(helper, complaint) and considers(helper, complaint)
    assert not sees(both, complaint) and not considers(both, complaint)


def test_the_stand_in_is_told_as_the_person_is(city):
    on_leave(city.colleague, helper := make.make_caseworker(city.oktyabr))
    b.consider(city, person=city.colleague)
    for person in (city.colleague, helper):
        assert Notice.objects.filter(user=person, kind="complaint_to_consider").count() == 1


def test_page_and_morning_say_who_does_the_work_meanwhile(city, sign_in):
    complaint = b.consider(city, person=city.colleague)
    head = sign_in(city.head)
    helper = make.make_caseworker(city.oktyabr, surname="Ордундагыева")
    for path in (complaint.get_absolute_url(), "/complaints/morning/"):
        assert "Ордундагыева" not in head.get(path).content.decode()
    on_leave(city.colleague, helper)
    for path in (complaint.get_absolute_url(), "/complaints/morning/"):
        page = head.get(path).content.decode()
        assert "Ордундагыева" in page and city.colleague.surname in page
