"""The read log can be added to and never changed, by whoever connects as the product's own role."""

from django.db import migrations

FORBID = """
CREATE FUNCTION jardam_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: %', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER read_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON offices_readlog
    FOR EACH STATEMENT EXECUTE FUNCTION jardam_append_only();
"""
ALLOW = """
DROP TRIGGER read_log_append_only ON offices_readlog;
DROP FUNCTION jardam_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("offices", "0001_initial")]
    operations = [migrations.RunSQL(FORBID, ALLOW)]
