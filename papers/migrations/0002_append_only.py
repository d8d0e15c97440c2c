"""An issued paper stays as it was issued."""

from django.db import migrations

FORBID = """
CREATE TRIGGER issued_paper_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON papers_issuedpaper
    FOR EACH STATEMENT EXECUTE FUNCTION jardam_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("papers", "0001_initial"), ("offices", "0002_append_only")]
    operations = [
        migrations.RunSQL(FORBID, "DROP TRIGGER issued_paper_append_only ON papers_issuedpaper")
    ]
