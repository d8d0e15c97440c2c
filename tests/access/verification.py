"""Is this printed paper genuine: open to anybody, and without a name."""

from .rows import ANYBODY, Row

ROWS = [
    Row("verify:door", opens=ANYBODY, sees=set()),
    Row(
        "verify:paper",
        opens=ANYBODY,
        sees=set(),
        done=404,
        kwargs=lambda w: {"code": "AAAAAAAAAAAAAAAA"},
    ),
]
