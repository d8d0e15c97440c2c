"""Cases: the list, the case and what is done with it."""

from .rows import Row
from .world import KNOW_OF_IT, WORK_IT


def _case(world):
    return {"pk": world.case.pk}


ROWS = [
    Row("cases:case", opens=KNOW_OF_IT, kwargs=_case),
    Row(
        "cases:case_tab",
        opens=WORK_IT,
        refuses=KNOW_OF_IT - WORK_IT,
        kwargs=lambda w: {"pk": w.case.pk, "tab": "history"},
    ),
]
