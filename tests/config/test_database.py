"""The embedded server as the product relies on it."""

import pytest
from django.db import connection

from config.launch import database
from offices.models import User

embedded = pytest.mark.skipif(
    database.from_environment() is not None, reason="DATABASE_URL names another server"
)


@pytest.fixture
def cursor(db):
    with connection.cursor() as cursor:
        yield cursor


@embedded
def test_embedded_server_sees_letters_in_kyrgyz_words(cursor):
    """pg_trgm takes Cyrillic for punctuation unless the C library's classes are UTF-8 as well."""
    cursor.execute("SELECT similarity('Өмүрбекова', 'Өмүрбекова'), upper('ңөү'), 'ӨҢҮ' ILIKE 'өңү'")
    assert cursor.fetchone() == (1.0, "ҢӨҮ", True)


@embedded
def test_embedded_server_runs_the_application_without_superuser_rights(cursor):
    cursor.execute("SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user")
    assert cursor.fetchone() == (False, True)


@embedded
def test_embedded_server_has_room_for_300_clients(cursor):
    cursor.execute("SHOW max_connections")
    assert int(cursor.fetchone()[0]) >= 320


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_a_row():
    User.objects.create_user("somebody.who.stays", "a-long-password-77")
    assert User.objects.filter(username="somebody.who.stays").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_nothing_to_the_next():
    assert User.objects.filter(username="somebody.who.stays").count() == 0
