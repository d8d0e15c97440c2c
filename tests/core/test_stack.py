"""Calls within ``in_room`` cost the operating system nothing, however deep they begin."""

import resource

import pytest

from core.stack import in_room

DEEP, TIMES = 150, 100


def faults_at_the_worst_depth():
    """Page faults of a hundred small calls, at the depth at which they are most."""
    return max(_faults_below(depth) for depth in range(DEEP))


def _faults_below(depth):
    if depth:
        return _faults_below(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(TIMES):
        _small()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _small():
    a = b = c = d = e = f = g = h = i = j = None
    return a, b, c, d, e, f, g, h, i, j


def test_no_call_within_it_asks_the_machine_for_memory():
    assert in_room(faults_at_the_worst_depth) < TIMES / 2


def test_it_passes_on_what_it_is_given_and_what_comes_of_it():
    assert in_room(divmod, 7, 2) == (3, 1)
    assert in_room(dict, a=1) == {"a": 1}
    with pytest.raises(ZeroDivisionError):
        in_room(divmod, 1, 0)
