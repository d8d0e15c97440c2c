"""The years that were compared with the Labour Code and its decrees, and two days off that the package does not know."""

import datetime as dt

from django.db import migrations

CONFIRMED_YEARS = (2023, 2024, 2025, 2026)
DAYS_OFF = (dt.date(2026, 1, 8), dt.date(2026, 1, 9))


def enter(apps, schema_editor):
    years = apps.get_model("offices", "CalendarYear")
    days = apps.get_model("offices", "CalendarDay")
    for year in CONFIRMED_YEARS:
        years.objects.get_or_create(year=year, defaults={"is_confirmed": True})
    for day in DAYS_OFF:
        words = {
            "is_working": False,
            "reason_ky": "Жаңы жылдык каникулдардын уландысы",
            "reason_ru": "Продолжение новогодних каникул",
            "decree": "Министрлер Кабинети / Кабинет министров, 12.2025",
        }
        days.objects.get_or_create(day=day, defaults=words)


class Migration(migrations.Migration):
    dependencies = [("offices", "0007_calendar")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
