"""What referrals put into a case: its timeline, and its dates."""

import datetime as dt

import pytest

from casework import tasks
from casework.happenings import Asked, timeline
from core import clock
from referrals.services.outgoing import note_reply
from tests import builders as make

from . import builders as refer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def case():
    return make.make_case(make.make_office("lenin"))


@pytest.fixture
def head(case):
    return make.make_head(case.office)


def told(user, case, person=None):
    return [e.happening for e in timeline(user, Asked([case], person)) if e.kind == "referral"]


def test_referral_out_is_told_from_the_asking_to_the_reply(case, head):
    sent = refer.make_outgoing(case, case.responsible, head=head, sent=True)
    note_reply(
        sent,
        on=clock.today(),
        number="12",
        text="Кабыл алдык",
        result="helped",
        actor=case.responsible,
    )
    found = told(case.responsible, case)
    assert len(found) == 3
    assert [h.url for h in found] == [sent.get_absolute_url()] * 3
    assert any("Кабыл алдык" in h.text for h in found)


def test_referral_that_is_about_another_child_is_not_in_this_ones_timeline(case, head):
    sister = make.make_child("Асанбек кызы", "Ңурай")
    case.child_places.create(person=sister)
    refer.make_outgoing(case, case.responsible, head=head, people=(sister,))
    own = case.child_places.exclude(person=sister).get().person
    assert [bool(told(case.responsible, case, child)) for child in (sister, own)] == [True, False]


def test_specialist_who_did_not_ask_is_told_of_no_referral(case, head):
    psychologist = make.make_psychologist()
    make.make_episode(case, psychologist)
    incoming = refer.make_incoming(case.responsible)
    incoming.case = case
    incoming.save()
    refer.make_outgoing(case, case.responsible, head=head)
    assert (len(told(case.responsible, case)), told(psychologist, case)) == (2, [])


def test_reply_that_is_due_stands_in_the_list_and_late_with_the_head(case, head):
    due_on = clock.today() + dt.timedelta(days=2)
    sent = refer.make_outgoing(case, case.responsible, head=head, sent=True, reply_due_on=due_on)
    mine = [due for due in tasks.due_of(case.responsible) if due.pk == str(sent.pk)]
    assert [(due.on, due.url) for due in mine] == [(due_on, sent.get_absolute_url())]
    assert [d.pk for d in tasks.due_in_case(case.responsible, case)] == [str(sent.pk)]
    assert tasks.late_with_others(head) == 0
    with clock.advanced_by(dt.timedelta(days=3)):
        assert tasks.late_with_others(head) == 1
