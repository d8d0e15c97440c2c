"""The table of Django's database cache: counts that all web processes share."""

from django.db import migrations

MAKE = """
CREATE TABLE shared_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("offices", "0002_append_only")]
    operations = [migrations.RunSQL(MAKE, "DROP TABLE shared_cache;")]
