"""My day and the rail: each person's own."""

from .rows import STAFF, Row

ROWS = [
    Row("reports:my_day", opens=STAFF, sees=set()),
    Row("reports:rail", opens=STAFF, sees=set()),
]
