"""Whose turn it is (clause 6): whatever comes, nobody is lost and no privileged person waits behind another."""

import datetime as dt
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from intake.queue import in_turn, overtaken_by

NINE = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Somebody:
    number: int
    is_privileged: bool
    arrived_at: dt.datetime


@st.composite
def queues(draw):
    """People in any order, with numbers of the day as they came; several may come in one minute."""
    steps = draw(st.lists(st.tuples(st.booleans(), st.integers(0, 3)), max_size=12))
    came, minute = [], 0
    for number, (privileged, later) in enumerate(steps, 1):
        minute += later
        came.append(Somebody(number, privileged, NINE + dt.timedelta(minutes=minute)))
    return draw(st.permutations(came))


@given(queues())
def test_nobody_is_lost_or_doubled(queue):
    assert sorted(one.number for one in in_turn(queue)) == sorted(one.number for one in queue)


@given(queues())
def test_no_privileged_person_waits_behind_another(queue):
    kinds = [one.is_privileged for one in in_turn(queue)]
    assert kinds == sorted(kinds, reverse=True)


@given(queues())
def test_among_equals_who_came_earlier_stands_earlier(queue):
    for kind in (True, False):
        numbers = [one.number for one in in_turn(queue) if one.is_privileged == kind]
        assert numbers == sorted(numbers)


@given(queues(), st.booleans())
def test_turn_does_not_depend_on_how_it_is_asked_and_a_newcomer_moves_nobody(queue, privileged):
    before = in_turn(queue)
    assert in_turn(before) == in_turn(queue[::-1]) == before
    newcomer = Somebody(99, privileged, NINE + dt.timedelta(hours=9))
    after = in_turn([newcomer, *queue])
    assert [one for one in after if one is not newcomer] == before


@given(queues())
def test_page_says_how_many_are_overtaken(queue):
    turn = in_turn(queue)
    for place, one in enumerate(turn):
        behind = [other for other in turn[place + 1 :] if other.number < one.number]
        assert overtaken_by(one, turn) == (len(behind) if one.is_privileged else 0)
