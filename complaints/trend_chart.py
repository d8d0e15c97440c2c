"""The chart of the last twelve months: bars of whole numbers in the units of its viewBox; the template only draws them."""

from collections.abc import Sequence
from dataclasses import dataclass

from .morning import Counted

HEIGHT = 100
_COLUMN, _BAR = 10, 6


@dataclass(frozen=True)
class Block:
    """One part of a bar: ``kind`` is in-time, late, running or without."""

    kind: str
    x: int
    y: float
    width: int
    height: float


@dataclass(frozen=True)
class Chart:
    """``top`` is what the full height stands for, ``half`` the line in the middle (none where that is no whole number)."""

    blocks: Sequence[Block]
    months: Sequence[str]
    top: int
    half: int | None
    width: int
    height: int


def trend_chart(months: Sequence[Counted]) -> Chart:
    """Late at the foot, where lengths compare best; then in time, then those that still run or have no answer."""
    top = _rounded(max((m.figures.registered for m in months), default=0))
    blocks: list[Block] = []
    for n, month in enumerate(months):
        found = month.figures
        parts = (
            ("late", found.late),
            ("in-time", found.in_time),
            ("running", found.running),
            ("without", found.without),
        )
        foot = 0
        for kind, count in parts:
            if count:
                foot += count
                height = count * HEIGHT / top
                y = HEIGHT - foot * HEIGHT / top
                blocks.append(Block(kind, n * _COLUMN + 2, round(y, 2), _BAR, round(height, 2)))
    return Chart(
        blocks=blocks,
        months=[month.label for month in months],
        top=top,
        half=top // 2 if top % 2 == 0 else None,
        width=_COLUMN * max(len(months), 1),
        height=HEIGHT,
    )


def _rounded(most: int) -> int:
    """``most`` or a little more: an even number that is read at a glance (2, 4 … 20, 25·2 …)."""
    step = 2
    while step * 10 < most:
        step *= 5 if str(step)[0] == "2" else 2
    return max(2, -(-most // step) * step)
