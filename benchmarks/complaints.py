"""``python -m benchmarks.complaints``: the register of complaints, its filters and the morning with 20,000 complaints.

It makes a database of its own beside that of the settings, fills it, measures, and drops it again. Pages are asked of
Django directly, without network or server. ``--count`` makes fewer; ``--keep`` leaves the database for the next run.
"""

import argparse
import datetime as dt
import os
import time
from collections.abc import Iterator

import django

COUNT = 20_000
DATABASE = "jardam_complaints_benchmark"


def addresses() -> Iterator[tuple[str, str, str]]:
    """What to measure: a name, whose page, its address."""
    yield "register, in work", "head.city", "/complaints/"
    yield "register, past due", "head.city", "/complaints/?state=late"
    yield "register, all", "head.city", "/complaints/?state=all"
    yield "register, all, last page", "head.city", "/complaints/?state=all&page=800"
    yield "register, by number", "registrar.city", "/complaints/?number=0777"
    yield "register, one office", "head.oktyabr", "/complaints/?state=all"
    yield "morning, city", "head.city", "/complaints/morning/"
    yield "morning, one office", "head.oktyabr", "/complaints/morning/"
    yield "morning, registrar", "registrar.lenin", "/complaints/morning/"
    yield "book, city", "head.city", "/complaints/book/"
    yield "journal of a month", "head.city", "/complaints/journal/?first=01.10.2026&last=31.10.2026"


def fill(count: int) -> None:
    """The offices and their staff, and ``count`` complaints of three years."""
    from django.core.management import call_command

    from complaints.models import Complaint
    from reports.demo.complaint_book import load_book
    from reports.demo.complaint_years import Planner
    from reports.demo.complaints import FIRST_DAY
    from reports.demo.families import LAST_DAY
    from reports.demo.staff import load_staff

    if Complaint.objects.exists():
        return
    call_command("reference", verbosity=0)
    load_staff()
    began = time.perf_counter()
    Planner(FIRST_DAY, LAST_DAY).load(count)
    load_book(FIRST_DAY, LAST_DAY)
    print(f"{Complaint.objects.count()} complaints made in {time.perf_counter() - began:.0f} s")


def report() -> None:
    from django.db import connection
    from django.utils import timezone

    from benchmarks.pages import measure
    from core import clock
    from reports.demo.families import LAST_DAY

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(f"{'page':28}{'ms':>8}{'queries':>9}{'kB gzip':>9}")
    with clock.moved_to(timezone.make_aware(dt.datetime.combine(LAST_DAY, dt.time(9)))):
        for name, username, path in addresses():
            milliseconds, queries, weight = measure(username, path)
            print(f"{name:28}{milliseconds:8.0f}{queries:9}{weight / 1024:9.1f}")


def main() -> None:
    from django.core.management import call_command
    from django.db import connection

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--keep", action="store_true")
    options = parser.parse_args()
    beside = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if cursor.fetchone() is None:
            cursor.execute(f"CREATE DATABASE {DATABASE}")
    connection.close()
    connection.settings_dict["NAME"] = DATABASE
    call_command("migrate", verbosity=0)
    fill(options.count)
    report()
    connection.close()
    connection.settings_dict["NAME"] = beside
    if not options.keep:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {DATABASE}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    main()
