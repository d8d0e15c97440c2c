"""Clause 7's hour: from the earliest of the joined calls, until a team is on site; nobody sent is an alarm."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core import clock
from core.errors import DomainError
from intake.models import HotlineCall
from intake.services import call_steps as steps
from intake.services.call_joining import join_calls, part_call
from intake.services.calls import receive_signal
from tests import builders as make
from tests.intake.call_builders import MINUTE, make_call, make_operator

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator():
    return make_operator()


def test_limits_come_from_the_standard_in_force_and_stay(operator):
    make.make_standard(hotline_visit_minutes=50, hotline_amber_minutes=30, hotline_unsent_minutes=5)
    call = make_call(operator)
    assert (call.due_at - call.received_at, call.amber_at - call.received_at) == (50 * MINUTE, 30 * MINUTE)  # fmt: skip
    assert call.unsent_at - call.received_at == 5 * MINUTE
    standard = call.standard
    standard.hotline_visit_minutes = 90
    standard.save()
    call.refresh_from_db()
    assert (call.visit_minutes, call.due_at - call.received_at) == (50, 50 * MINUTE)


@pytest.mark.parametrize(("minutes", "is_unsent", "is_late"), [(9, False, False), (10, True, False), (59, True, False), (61, True, True)])  # fmt: skip
def test_row_and_list_agree_on_alarm_and_hour(operator, minutes, is_unsent, is_late):
    call, at = make_call(operator, minutes_ago=minutes), clock.now()
    assert (call.is_unsent(at), call.is_past_due(at)) == (is_unsent, is_late)
    assert (HotlineCall.objects.unsent(at).exists(), HotlineCall.objects.past_due(at).exists()) == (is_unsent, is_late)  # fmt: skip


def test_a_sent_team_ends_the_alarm_and_arrival_the_clock(operator):
    call = make_call(operator, minutes_ago=70)
    steps.send_team(call, team_text="Милиция менен", at=clock.now() - 30 * MINUTE, actor=operator)
    assert not HotlineCall.objects.unsent(clock.now()).exists()
    assert HotlineCall.objects.past_due(clock.now()).exists()
    steps.arrive(call, at=clock.now() - 20 * MINUTE, actor=operator)
    call.refresh_from_db()
    assert not HotlineCall.objects.past_due(clock.now()).exists()
    assert not call.is_past_due(clock.now())


def test_second_touch_changes_nothing(operator):
    call = make_call(operator, minutes_ago=20)
    first = steps.arrive(call, actor=operator)
    with clock.advanced_by(5 * MINUTE):
        again = steps.arrive(call, actor=operator)
    assert (again.on_site_at, again.version) == (first.on_site_at, first.version)


def test_past_the_hour_findings_ask_why(operator):
    call = make_call(operator, minutes_ago=75)
    steps.arrive(call, actor=operator)
    call.refresh_from_db()
    with pytest.raises(DomainError, match="60"):
        steps.record_findings(call, findings="Тынч", seen=call.version, actor=operator)
    call = steps.record_findings(call, findings="Тынч", late_reason="Тыгын", seen=call.version, actor=operator)  # fmt: skip
    assert steps.end_call(call, outcome="nothing_found", actor=operator).late_reason == "Тыгын"


def test_within_the_hour_nobody_asks_why(operator):
    call = steps.arrive(make_call(operator, minutes_ago=50), actor=operator)
    with clock.advanced_by(60 * MINUTE):
        call = steps.record_findings(call, findings="Тынч", seen=call.version, actor=operator)
    assert steps.end_call(call, outcome="visit", actor=operator).ended_at is not None


def test_other_signal_has_the_alarm_but_no_hour(operator):
    office = operator.memberships.get().office
    make.make_standard()
    signal = receive_signal(office=office, what="Коркунуч", where="", channel="complaint", actor=operator)  # fmt: skip
    with clock.advanced_by(600 * MINUTE):
        now = clock.now()
        assert (signal.due_at, signal.is_unsent(now), signal.is_past_due(now)) == (
            None,
            True,
            False,
        )
        assert list(HotlineCall.objects.unsent(now)) == [signal]


def test_joined_event_starts_at_the_earliest_and_parts_again(operator):
    later, earlier = make_call(operator, minutes_ago=5), make_call(operator, minutes_ago=30)
    steps.send_team(later, team_text="Экипаж", actor=operator)
    lead = join_calls(earlier, later, actor=operator)
    assert (lead.pk, lead.due_at) == (later.pk, earlier.received_at + 60 * MINUTE)
    assert list(HotlineCall.objects.open()) == [lead]
    part_call(HotlineCall.objects.get(pk=earlier.pk), actor=operator)
    lead.refresh_from_db()
    assert lead.due_at == later.received_at + 60 * MINUTE
    assert HotlineCall.objects.open().count() == 2


def test_team_that_went_for_the_joined_call_keeps_it(operator):
    earlier, later = make_call(operator, minutes_ago=30), make_call(operator, minutes_ago=5)
    lead = join_calls(earlier, later, actor=operator)
    steps.send_team(lead, team_text="Экипаж", at=clock.now() - 20 * MINUTE, actor=operator)
    part_call(HotlineCall.objects.get(pk=later.pk), actor=operator)
    lead.refresh_from_db()
    assert lead.clock_from == earlier.received_at


class EventOfManyCalls(TestCase):
    """Property: whatever is joined in whatever order, and whoever is parted again."""

    @given(
        ages=st.lists(st.integers(0, 120), min_size=2, max_size=5),
        pairs=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=8),
        parted=st.sets(st.integers(0, 4), max_size=2),
        arrived=st.booleans(),
    )
    def test_due_is_the_earliest_and_red_is_never_silent(self, ages, pairs, parted, arrived):
        operator = make_operator()
        calls = [make_call(operator, minutes_ago=age).pk for age in ages]
        event = {pk: {pk} for pk in calls}
        for a, b in pairs:
            one, two = (_lead(calls[n % len(calls)]) for n in (a, b))
            if one.pk != two.pk:
                join_calls(one, two, actor=operator)
                both = event[one.pk] | event[two.pk]
                event.update(dict.fromkeys(both, both))
        for n in parted:
            call = HotlineCall.objects.get(pk=calls[n % len(calls)])
            if call.joined_to_id:
                part_call(call, actor=operator)
                for other in event[call.pk] - {call.pk}:
                    event[other] = event[other] - {call.pk}
                event[call.pk] = {call.pk}
        if arrived:
            steps.arrive(_lead(calls[0]), actor=operator)
        now = clock.now()
        for pk in calls:
            lead, members = _lead(pk), HotlineCall.objects.filter(pk__in=event[pk])
            earliest = min(member.received_at for member in members)
            assert lead.pk in event[pk]
            assert lead.due_at == earliest + dt.timedelta(minutes=60)
            on_board = HotlineCall.objects.open().get(pk=lead.pk)
            if now > lead.due_at:
                late = HotlineCall.objects.past_due(now).filter(pk=lead.pk).exists()
                assert late != (on_board.on_site_at is not None)


def _lead(pk):
    call = HotlineCall.objects.select_related("joined_to").get(pk=pk)
    return call.joined_to or call
