"""My day and the rail: each person's own."""

from .rows import STAFF, Row

ROWS = [
    # The lines of My day name the children of one's own work.
    Row("reports:my_day", opens=STAFF, sees={"responsible", "stand-in", "psychologist", "lawyer"}),
    Row("reports:rail", opens=STAFF, sees=set()),
]
