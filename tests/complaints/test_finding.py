"""The one search box finds complaints and entries of the book for whoever may see them, and never for anybody else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.search import find
from complaints.services import book, receiving
from core import clock
from offices.enums import Role
from offices.models import ReadLog
from tests import builders as make

from . import builders as b

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return b.City()


@pytest.fixture
def strangers():
    """Another office's registrar, head and operator, with a complaint and an entry of their own."""
    office = make.make_office("lenin")
    b.make_complaint(office, number="T.7-0001/26")
    operator = make.make_user(Role.OPERATOR, office)
    b.make_entry(office, entered_by=operator)
    return [make.make_user(Role.REGISTRAR, office), make.make_head(office), operator]


def numbers(text, user):
    return [paper.number for paper in find(text, user).of_rooms]


def write(city, **fields):
    fields = {"kind": "complaint", "text": "Эки саат күттүм", "written_on": clock.today()} | fields
    return book.write_entry(office=city.oktyabr, **fields, actor=city.operator)


def keep(city):
    paper = b.receive(city)
    handed = b.handed_in(city, received_at=paper.received_at, is_signed=False)
    return receiving.keep_incomplete(
        paper, handed, note="Чалдык", seen=0, actor=city.city_registrar
    )


def test_a_complaint_is_found_by_its_number_by_whoever_sees_it(city, strangers):
    complaint = b.consider(city, person=city.colleague)
    index, rest = complaint.number.rsplit("-", 1)
    seen = [city.city_registrar, city.registrar, city.city_head, city.head, city.colleague]
    unseen = [city.worker, city.operator, *strangers]
    unseen += [make.make_user(role, city.city) for role in (Role.ADMINISTRATOR, Role.AUDITOR)]
    for text in (complaint.number, rest, rest.split("/")[0], rest[2:4]):
        assert [numbers(text, user).count(complaint.number) for user in seen] == [1] * len(seen)
        assert not [user for user in unseen if complaint.number in numbers(text, user)]
    assert numbers(f"{index}-9/26", city.city_registrar) == []


def test_whom_it_is_about_and_who_has_a_conflict_find_nothing(city):
    complaint = b.register(city, about_person=city.registrar)
    b.shut_out(complaint, city.city_registrar)
    for user in (city.registrar, city.city_registrar):
        assert complaint.number not in numbers(complaint.number, user)
    assert complaint.number in numbers(complaint.number, city.head)


def test_an_incomplete_paper_is_found_by_its_number_in_the_book_and_later_by_both(city, strangers):
    paper = keep(city)
    assert numbers(paper.book_number, city.registrar) == [paper.book_number]
    for user in (city.worker, city.operator, *strangers):
        assert numbers(paper.book_number, user) == []
    registered = b.register(city, paper)
    found = find(paper.book_number, city.registrar).of_rooms
    assert [one.number for one in found] == [registered.number]
    assert paper.book_number in found[0].about
    assert registered.number in numbers(registered.number, city.registrar)


def test_an_entry_of_the_book_is_found_by_its_writer_and_who_keeps_it(city, strangers):
    entry = write(city, about_person=city.worker)
    seen = [city.operator, city.registrar, city.head, city.city_registrar, city.city_head]
    for user in seen:
        assert numbers(entry.number, user) == [entry.number]
    for user in (city.worker, city.colleague, *strangers):
        assert entry.number not in numbers(entry.number, user)


def test_results_lead_to_the_complaint_and_are_logged_without_its_name(city, sign_in):
    complaint = b.register(city)
    page = sign_in(city.head).post("/search/", {"text": complaint.number}, follow=True)
    assert complaint.get_absolute_url() in page.content.decode()
    assert complaint.complainant_name not in page.content.decode()
    assert f"complaint:{complaint.pk}" in ReadLog.objects.get(kind="search").subjects
    page = sign_in(city.worker).post("/search/", {"text": complaint.number}, follow=True)
    assert complaint.get_absolute_url() not in page.content.decode()


def test_the_search_asks_as_often_for_many_as_for_one(city):
    def count():
        with CaptureQueriesContext(connection) as asked:
            find("0001", city.city_registrar)
        return len(asked)

    b.register(city)
    write(city)
    one = count()
    for n in range(6):
        b.make_complaint(city.oktyabr, number=f"T.{n}-0001/26")
    assert count() == one
