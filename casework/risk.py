"""How great the risk is: a pure rule over what an assessment says. It proposes; its author may differ with a reason.

Two parts. The *floor* is what a single finding demands, and nobody goes below it:

- a child in danger now, or any domain with harm or danger of harm (3): high;
- any domain with a serious concern (2), or danger not known where something was assessed: medium;
- anything assessed at all: low.

Several findings together may raise it: three serious concerns make a high risk, four concerns of any size a medium one.
Where nothing was assessed and nobody says that a child is in danger, the risk is not assessed. A worse score never
lowers the result.
"""

from collections.abc import Iterable, Sequence

from .enums import RiskLevel
from .plan_enums import Danger, Score

_ORDER = (RiskLevel.UNKNOWN, RiskLevel.LOW, RiskLevel.MEDIUM, RiskLevel.HIGH)
_SERIOUS_TOGETHER = 3
_CONCERNS_TOGETHER = 4


def height(level: str) -> int:
    """The place of a level from "not assessed" (0) to high (3)."""
    return _ORDER.index(RiskLevel(level))


def worst(levels: Iterable[str]) -> RiskLevel:
    """The highest of ``levels``; not assessed where there are none."""
    return RiskLevel(max(levels, key=height, default=RiskLevel.UNKNOWN))


def floor(danger: str, scores: Sequence[int | None]) -> RiskLevel:
    """What the danger or the worst single score demands."""
    given = [score for score in scores if score is not None]
    peak = max(given, default=None)
    if danger == Danger.YES or peak == Score.SEVERE:
        return RiskLevel.HIGH
    if peak is None:
        return RiskLevel.UNKNOWN
    if peak == Score.SERIOUS or danger == Danger.UNKNOWN:
        return RiskLevel.MEDIUM
    return RiskLevel.LOW


def overall(danger: str, scores: Sequence[int | None]) -> RiskLevel:
    """The risk by the rule: the floor, or more where concerns add up."""
    given = [score for score in scores if score is not None]
    found = [floor(danger, scores)]
    if sum(score >= Score.SERIOUS for score in given) >= _SERIOUS_TOGETHER:
        found.append(RiskLevel.HIGH)
    if sum(score >= Score.SOME for score in given) >= _CONCERNS_TOGETHER:
        found.append(RiskLevel.MEDIUM)
    return worst(found)


def may_stand(level: str, danger: str, scores: Sequence[int | None]) -> bool:
    """Whether an author may say ``level``: never below the floor, never "not assessed" where something was."""
    return height(level) >= height(floor(danger, scores))
