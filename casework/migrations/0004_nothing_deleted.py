"""No client's record is ever deleted, by whoever connects as the product's own role; what has happened stays as it was."""

from django.db import migrations

RECORDS = [
    "accessreport", "address", "case", "casechild", "caseconflict", "child",
    "closing", "consent", "episode", "family", "familymember", "followup", "forsakennotice",
    "handover", "hiddenfact", "meeting", "person", "personmerge", "phone", "release", "reopening",
    "safetyalert", "safetynotice", "sealedopening", "transfer",
]  # fmt: skip
HISTORIES = [f"historical{name}" for name in RECORDS]

KEEP = """
CREATE FUNCTION casework_kept_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'kept for good: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


def _forbid(table: str, events: str) -> str:
    return (
        f"CREATE TRIGGER kept_for_good BEFORE {events} ON casework_{table}"
        " FOR EACH ROW EXECUTE FUNCTION casework_kept_for_good();"
    )


def _allow(table: str) -> str:
    return f"DROP TRIGGER kept_for_good ON casework_{table};"


FORBID = KEEP + "\n".join(
    [_forbid(table, "DELETE") for table in RECORDS]
    + [_forbid(table, "UPDATE OR DELETE") for table in HISTORIES]
)
ALLOW = "\n".join(
    [_allow(table) for table in (*RECORDS, *HISTORIES)]
    + ["DROP FUNCTION casework_kept_for_good();"]
)


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_fixed_assessments")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
