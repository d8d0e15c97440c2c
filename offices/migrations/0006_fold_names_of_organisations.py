"""The key under which an organisation is found; saving it anew makes it exact (core.names)."""

from django.db import migrations

FOLD = """
UPDATE offices_organisation SET search_key = trim(regexp_replace(
    translate(lower(name_ky || ' ' || name_ru), 'ңөүё', 'ноуе'), '[^[:alnum:]]+', ' ', 'g'));
"""


class Migration(migrations.Migration):
    dependencies = [("offices", "0005_organisations")]

    operations = [migrations.RunSQL(FOLD, migrations.RunSQL.noop)]
