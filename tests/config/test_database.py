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


def test_database_weighs_the_orders_of_few_tables_at_a_time(cursor):
    """Also on the server that DATABASE_URL names."""
    cursor.execute("SHOW join_collapse_limit")
    assert cursor.fetchone() == ("4",)


def test_what_an_address_says_of_options_holds():
    address = "postgresql://jardam:word@db.example.kg/jardam"
    assert database.at(address)["OPTIONS"] == {"options": database.PLANNING}
    more = database.at(f"{address}?sslmode=require&options=-c%20join_collapse_limit%3D6")["OPTIONS"]
    assert more["sslmode"] == "require"
    assert more["options"].split(" -c ")[-1] == "join_collapse_limit=6"


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_a_row():
    User.objects.create_user("somebody.who.stays", "a-long-password-77")
    assert User.objects.filter(username="somebody.who.stays").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_leaves_nothing_to_the_next():
    assert User.objects.filter(username="somebody.who.stays").count() == 0
