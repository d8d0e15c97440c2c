import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder

from config import health


@pytest.fixture(autouse=True)
def _forget():
    health._seen_migrated.clear()
    yield
    health._seen_migrated.clear()


def test_healthz_says_ok_when_the_database_is_up_to_date(client, db):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok")


def test_healthz_sends_nobody_here_while_a_migration_is_missing(client, db):
    MigrationRecorder(connection).record_unapplied("sessions", "0001_initial")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"not ready")


def test_healthz_sends_nobody_here_without_the_database(client, db):
    with connection.execute_wrapper(_refuse):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (503, b"not ready")


def test_healthz_takes_no_post(client, db):
    assert client.post("/healthz").status_code == 405


def test_healthz_is_never_cached(client, db):
    assert "no-store" in client.get("/healthz")["Cache-Control"]


def _refuse(*_arguments):
    raise OperationalError("the server is gone")
