"""/healthz: whether a proxy should send people to this process."""

from threading import Event

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

# Set once this process has seen every migration applied: its code does not change, and asking costs half a second.
_seen_migrated = Event()


@never_cache
@require_safe
def healthz(_request: HttpRequest) -> HttpResponse:
    """200 "ok" when the database answers and has every migration of this code, else 503. Says no more."""
    try:
        is_well = _database_answers() and _is_migrated()
    except DatabaseError:
        is_well = False
    words = "ok" if is_well else "not ready"
    return HttpResponse(words, status=200 if is_well else 503, content_type="text/plain")


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return bool(cursor.fetchone() == (1,))


def _is_migrated() -> bool:
    if not _seen_migrated.is_set():
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return False
        _seen_migrated.set()
    return True
