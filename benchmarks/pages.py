"""``python -m benchmarks.pages``: median time, queries and weight of the main pages, on the database of the settings.

Fill it first: ``python manage.py demo --families 5000``. Pages are asked of Django directly, without network or server.
"""

import gzip
import os
import statistics
import time
from collections.abc import Iterator

import django

ROUNDS = 15


def addresses() -> Iterator[tuple[str, str, str]]:
    """What to measure: a name, whose page, its address."""
    from casework.models import Case, Conclusion

    case = Case.objects.filter(office__code="lenin").order_by("-opened_at").first()
    assert case is not None, "Build the demo city first."
    child = case.child_places.first()
    yield "my day, head", "head.lenin", "/"
    yield "my day, psychologist", "psychologist.centre", "/"
    yield "case list", "head.lenin", "/cases/"
    yield "case", "head.lenin", f"/cases/{case.pk}/"
    yield "family tab", "head.lenin", f"/cases/{case.pk}/family/"
    yield "history tab", "head.lenin", f"/cases/{case.pk}/history/"
    if child is not None:
        yield "child", "head.lenin", f"/children/{child.person_id}/"
    yield "the desk", "psychologist.centre", "/conclusions/"
    conclusion = Conclusion.objects.exclude(status="draft").select_related("author").first()
    if conclusion is not None:
        yield "conclusion", conclusion.author.username, f"/conclusions/{conclusion.pk}/"


def measure(username: str, path: str) -> tuple[float, int, int]:
    """Median milliseconds of ROUNDS, queries, and bytes as gzip would send them."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from offices.models import User

    client = Client()
    client.force_login(User.objects.get(username=username))
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    # Counted at once: the next request empties the log of a debugging connection.
    count = len(queries)
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times), count, len(gzip.compress(answer.content))


def main() -> None:
    print(f"{'page':24}{'ms':>8}{'queries':>9}{'kB gzip':>9}")
    for name, username, path in addresses():
        milliseconds, queries, weight = measure(username, path)
        print(f"{name:24}{milliseconds:8.0f}{queries:9}{weight / 1024:9.1f}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
    django.setup()
    main()
