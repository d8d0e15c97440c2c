"""No client's record is ever deleted, by whoever connects as the product's own role; what has happened stays as it was."""

from django.db import migrations

RECORDS = [
    "accessreport", "accompaniment", "address", "case", "casechild", "caseconflict", "casesummary",
    "child", "closing", "consent", "drafteddocument", "episode", "family", "familymember", "followup",
    "forsakennotice", "handover", "hiddenfact", "meeting", "person", "personmerge", "phone", "plan",
    "planreview", "protectionorder", "release", "reopening", "safetyalert", "safetynotice",
    "sealedopening", "statelawyer", "statement", "task", "transfer",
]  # fmt: skip
# Of a plan that is still being written, goals and measures come and go; an assessment has its own lock.
WRITTEN = ["assessment", "assessmentscore", "measure", "plangoal"]
HISTORIES = [f"historical{name}" for name in (*RECORDS, *WRITTEN)]

KEEP = """
CREATE FUNCTION casework_kept_for_good() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'kept for good: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE FUNCTION casework_kept_plan() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    plan uuid;
BEGIN
    IF TG_TABLE_NAME = 'casework_plangoal' THEN
        plan := OLD.plan_id;
    ELSE
        SELECT g.plan_id INTO plan FROM casework_plangoal g WHERE g.id = OLD.goal_id;
    END IF;
    IF EXISTS (SELECT FROM casework_plan p WHERE p.id = plan AND p.status <> 'draft') THEN
        RAISE EXCEPTION 'kept for good: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER kept_with_plan BEFORE DELETE ON casework_plangoal
    FOR EACH ROW EXECUTE FUNCTION casework_kept_plan();
CREATE TRIGGER kept_with_plan BEFORE DELETE ON casework_measure
    FOR EACH ROW EXECUTE FUNCTION casework_kept_plan();
"""
FREE = """
DROP TRIGGER kept_with_plan ON casework_measure;
DROP TRIGGER kept_with_plan ON casework_plangoal;
DROP FUNCTION casework_kept_plan();
DROP FUNCTION casework_kept_for_good();
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
ALLOW = "\n".join([_allow(table) for table in (*RECORDS, *HISTORIES)] + [FREE])


class Migration(migrations.Migration):
    dependencies = [("casework", "0003_fixed_assessments")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
