"""The one search box finds what the upper rooms number, for whoever may know of it."""

import pytest

from casework.search import find
from offices.enums import Role
from offices.models import ReadLog
from tests import builders as make
from tests.intake import application_builders as apply

from . import builders as refer

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker():
    make.make_standard()
    return make.make_caseworker(make.make_office("lenin"))


@pytest.fixture
def stranger():
    """A worker of another office with a referral and an application of their own."""
    user = make.make_caseworker(make.make_office("oktyabr"))
    refer.make_incoming(user)
    apply.make_application(user.memberships.get().office, user)
    return user


def numbers(text, user):
    return [paper.number for paper in find(text, user).of_rooms]


def test_papers_of_the_upper_rooms_are_found_by_their_number(worker, stranger):
    office = worker.memberships.get().office
    head = make.make_head(office)
    incoming = refer.make_incoming(worker)
    answer = refer.make_feedback(incoming, worker, head=head)
    outgoing = refer.make_outgoing(make.make_case(responsible=worker), worker, head=head)
    application = apply.make_application(office, worker)
    auditor = make.make_user(Role.AUDITOR, make.make_centre())
    for paper in (incoming, answer, outgoing, application):
        assert paper.number
        assert paper.number in numbers(paper.number, worker)
        assert paper.number not in numbers(paper.number, stranger)
        assert paper.number not in numbers(paper.number, auditor)


def test_results_lead_to_the_referral_and_are_logged(sign_in, worker):
    incoming = refer.make_incoming(worker)
    answer = sign_in(worker).post("/search/", {"text": incoming.number}, follow=True)
    assert incoming.get_absolute_url() in answer.content.decode()
    row = ReadLog.objects.get(kind="search")
    assert f"incomingreferral:{incoming.pk}" in row.subjects
