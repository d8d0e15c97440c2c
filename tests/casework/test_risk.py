"""The rule of the risk: what a single finding demands, what adds up, and that a worse finding never lowers it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework import risk
from casework.enums import RiskLevel
from casework.plan_enums import Danger, Score

scores = st.lists(st.none() | st.sampled_from(Score.values), max_size=12)
dangers = st.sampled_from(Danger.values)


@pytest.mark.parametrize(
    ("danger", "found", "level"),
    [
        ("no", [], "unknown"),
        ("unknown", [None, None], "unknown"),
        ("yes", [], "high"),
        ("yes", [0, 0], "high"),
        ("no", [0, None], "low"),
        ("no", [1, 0], "low"),
        ("unknown", [0], "medium"),
        ("no", [2, 0], "medium"),
        ("no", [3, 0], "high"),
        ("no", [2, 2, 2], "high"),
        ("no", [2, 2], "medium"),
        ("no", [1, 1, 1], "low"),
        ("no", [1, 1, 1, 1], "medium"),
    ],
)
def test_rule_says(danger, found, level):
    assert risk.overall(danger, found) == level


@given(dangers, scores, st.integers(0, 11), st.sampled_from(Score.values))
def test_worse_score_never_lowers_the_risk(danger, found, place, worse):
    if place >= len(found) or (found[place] is not None and found[place] > worse):
        return
    changed = [*found[:place], worse, *found[place + 1 :]]
    assert risk.height(risk.overall(danger, changed)) >= risk.height(risk.overall(danger, found))
    assert risk.height(risk.floor(danger, changed)) >= risk.height(risk.floor(danger, found))


@given(dangers, scores)
def test_risk_is_never_below_its_floor_and_danger_is_always_high(danger, found):
    assert risk.height(risk.overall(danger, found)) >= risk.height(risk.floor(danger, found))
    assert risk.overall(Danger.YES, found) == RiskLevel.HIGH
    if Score.SEVERE in found:
        assert risk.overall(danger, found) == RiskLevel.HIGH


@given(dangers, scores, st.sampled_from(RiskLevel.values))
def test_author_may_go_above_the_rule_and_never_below_the_floor(danger, found, level):
    lowest = risk.floor(danger, found)
    assert risk.may_stand(level, danger, found) == (risk.height(level) >= risk.height(lowest))


@given(dangers, scores)
def test_order_of_domains_does_not_matter(danger, found):
    assert risk.overall(danger, found) == risk.overall(danger, found[::-1])
