"""An order about to run out is told of once, to who works with it, and never to who is shut out."""

import datetime as dt

import pytest
from django.core.management import call_command

from casework.enums import EpisodeStatus
from casework.models.legal import REMINDS_BEFORE
from casework.services.cases import declare_conflict
from casework.services.expiring_orders import tell_of_expiring_orders
from core import clock
from offices.models import Notice
from tests import builders as make
from tests.casework.accompaniment_builders import make_legal_episode, make_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def episode():
    return make_legal_episode()


def in_days(days):
    return clock.today() + dt.timedelta(days=days)


def told():
    return set(Notice.objects.filter(kind="order_expires").values_list("user", flat=True))


def test_worker_and_lawyer_are_told_once(episode):
    order = make_order(episode, expires_on=clock.today() + REMINDS_BEFORE)
    assert (tell_of_expiring_orders(), tell_of_expiring_orders()) == (1, 0)
    notices = Notice.objects.filter(kind="order_expires")
    assert told() == {episode.case.responsible_id, episode.specialist_id}
    assert {(n.number, n.url) for n in notices} == {(episode.case.number, order.get_absolute_url())}
    assert notices.count() == 2


def test_another_expiry_is_told_of_anew(episode):
    order = make_order(episode, expires_on=in_days(2))
    tell_of_expiring_orders()
    order.refresh_from_db()
    order.expires_on = in_days(6)
    order.save()
    assert (tell_of_expiring_orders(), tell_of_expiring_orders()) == (1, 0)


def test_not_too_early_nor_when_over_nor_closed(episode):
    make_order(episode, expires_on=clock.today() + REMINDS_BEFORE + dt.timedelta(days=1))
    make_order(episode, expires_on=in_days(-1))
    make_order(episode, expires_on=None)
    make_order(episode, expires_on=in_days(1), closed_on=clock.today(), closing_reason="Узартылды")
    assert tell_of_expiring_orders() == 0 and not told()
    with clock.moved_to(clock.now() + dt.timedelta(days=1)):
        assert tell_of_expiring_orders() == 1


def test_stand_ins_are_told_and_who_is_shut_out_is_not(episode):
    case = episode.case
    keeps = make.make_caseworker(case.office)
    make.make_stand_in(case.responsible.memberships.get(), keeps)
    declare_conflict(case, episode.specialist, "тууганы", actor=make.make_head(case.office))
    make_order(episode)
    tell_of_expiring_orders()
    assert told() == {case.responsible_id, keeps.pk}


def test_once_the_help_is_over_it_is_the_workers_alone():
    over = make_legal_episode(status=EpisodeStatus.COMPLETED)
    make_order(over)
    tell_of_expiring_orders()
    assert told() == {over.case.responsible_id}


def test_signing_in_tells_and_so_does_the_command(episode, try_password):
    make_order(episode)
    try_password(episode.case.responsible.username)
    assert told() == {episode.case.responsible_id, episode.specialist_id}
    make_order(episode, expires_on=in_days(4))
    call_command("watch_orders")
    assert Notice.objects.filter(kind="order_expires", user=episode.specialist).count() == 2
