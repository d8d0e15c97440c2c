"""The years that were compared with the Labour Code and its decrees, and two days off that the package does not know.

In SQL: one step in Python would make every later migration render all models anew, which takes minutes.
"""

from django.db import migrations

ENTER = """
INSERT INTO offices_calendaryear (year, is_confirmed)
SELECT year, TRUE FROM unnest(ARRAY[2023, 2024, 2025, 2026]) AS year ON CONFLICT (year) DO NOTHING;
INSERT INTO offices_calendarday (day, is_working, reason_ky, reason_ru, decree)
SELECT day, FALSE, 'Жаңы жылдык каникулдардын уландысы', 'Продолжение новогодних каникул',
    'Министрлер Кабинети / Кабинет министров, 12.2025'
FROM unnest(ARRAY[DATE '2026-01-08', DATE '2026-01-09']) AS day ON CONFLICT (day) DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("offices", "0003_shared_cache")]
    operations = [migrations.RunSQL(ENTER, migrations.RunSQL.noop)]
