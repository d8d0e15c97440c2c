"""Every release kept so far is of its case's office."""

from django.db import migrations

NAME = """
UPDATE casework_release SET office_id = c.office_id FROM casework_case c WHERE c.id = case_id;
UPDATE casework_historicalrelease SET office_id = c.office_id FROM casework_case c WHERE c.id = case_id;
"""


class Migration(migrations.Migration):
    dependencies = [("casework", "0005_releases_of_offices")]

    operations = [migrations.RunSQL(NAME, migrations.RunSQL.noop)]
