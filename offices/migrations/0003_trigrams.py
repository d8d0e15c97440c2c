"""Names are searched by pieces of words; that needs PostgreSQL's own extension pg_trgm."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("offices", "0002_append_only")]
    run_before = [("casework", "0001_initial")]
    operations = [TrigramExtension()]
