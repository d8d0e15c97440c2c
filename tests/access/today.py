"""My day and the rail: each person's own."""

from .rows import STAFF, Row
from .world import HEADS_OF_IT

LOG_READERS = HEADS_OF_IT | {"head shut out", "Centre's head", "other head", "auditor"}
# Operators, caseworkers and heads of any office: who meets people at the door.
INTAKE = {
    "responsible", "stand-in", "colleague", "operator", "head", "deputy", "Centre's head",
    "social worker with an episode", "head shut out", "colleague shut out",
    "other caseworker", "other head", "other operator",
}  # fmt: skip

ROWS = [
    # The lines of My day name the children of one's own work.
    Row(
        "reports:my_day",
        opens=STAFF,
        sees={"responsible", "stand-in", "psychologist", "lawyer", "social worker with an episode"},
    ),
    # The log of reads and the events of accounts: numbers and colleagues, no client.
    Row("reports:reading", opens=LOG_READERS, otherwise=403, sees=set()),
    Row("reports:reading_export", opens=LOG_READERS, otherwise=403, sees=set()),
    Row("reports:security", opens={"auditor"}, otherwise=403, sees=set()),
    Row("reports:blanks", opens=STAFF, sees=set()),
    Row(
        "reports:blank",
        opens=INTAKE,
        kwargs=lambda w: {"code": "reception"},
        sees=set(),
    ),
    Row("reports:rail", opens=STAFF, sees=set()),
]
