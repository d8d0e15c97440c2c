"""Each worker's database, cloned from a template that is migrated once and kept until a migration changes.

After a test that commits (transactional, a server beside it) the next one gets a fresh clone: emptying tables, as Django
does, would lose what migrations put there and is forbidden by the triggers that keep some of them append-only.
"""

import hashlib
import itertools
import os
import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.test import TransactionTestCase
from django.utils.translation.reloader import translation_file_changed

from config.launch import database, messages, processes

_ONE_AT_A_TIME = 729_001  # the advisory lock under which the template is made
_TEMPLATE = "jardam_template_"
_CLONE = "jardam_test_"
_STOCKED = "_stocked"
_used = (f"_used_{n}" for n in itertools.count())


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        messages.compile_all()
        # Django has read the catalogs while it was set up; in a fresh clone there were none yet.
        translation_file_changed(None, Path("django.mo"))
        Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def django_db_setup(request, django_db_blocker):
    """Replaces pytest-django's own: a clone for this process, dropped at its end."""
    clone = f"{_CLONE}{os.getpid()}"
    with django_db_blocker.unblock():
        template = _template(anew=request.config.getvalue("create_db"))
        with _server() as cursor:
            _drop_own(cursor)
        _point_to(clone)
        _clone(template, clone)
    with _renewing(partial(_clone, template, clone), django_db_blocker):
        yield template
    with django_db_blocker.unblock(), _server() as cursor:
        connections.close_all()
        _drop_own(cursor)


@pytest.fixture(scope="session")
def stocked_database(django_db_setup, django_db_blocker):
    """``with stocked_database(): …``: what is loaded in it, once for this process, a test finds that asks for ``restocked``."""

    @contextmanager
    def stocking():
        clone = settings.DATABASES["default"]["NAME"]
        with django_db_blocker.unblock():
            _clone(django_db_setup, f"{clone}{_STOCKED}")
            _point_to(f"{clone}{_STOCKED}")
            try:
                yield
            finally:
                _point_to(clone)

    return stocking


_to_renew = []  # what makes the clone afresh, once a test has committed in it


@contextmanager
def _renewing(renew, blocker):
    """A test that has committed leaves word of it; the clone is made anew when another needs it, see below."""

    def unblocked():
        with blocker.unblock():
            renew()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            TransactionTestCase, "_fixture_teardown", lambda _case: _to_renew.append(unblocked)
        )
        yield
    _to_renew.clear()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if _to_renew and "restocked" not in item.fixturenames:  # that one clones for itself
        _to_renew[0]()
        _to_renew.clear()


@pytest.fixture
def restocked(transactional_db):
    """This test's database is what ``stocked_database`` was loaded with."""
    clone = settings.DATABASES["default"]["NAME"]
    _clone(f"{clone}{_STOCKED}", clone)


@pytest.fixture(scope="session")
def database_url(django_db_setup):
    """DATABASE_URL of this process's database, for a server that runs as a process of its own."""
    named = settings.DATABASES["default"]["NAME"]
    if database.from_environment() is None:
        return database.TEST.url(named)
    return database.with_name(os.environ["DATABASE_URL"], named)


def _server():
    """A cursor outside any test's database, for making and dropping them."""
    return connection._nodb_cursor()


def _point_to(name):
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _clone(template, name):
    connections.close_all()
    with _server() as cursor:
        if name in _databases(cursor):
            _put_aside(cursor, name)
        # By files: 0.08 s instead of 0.25 page by page through the log, which nobody will ever replay.
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY")


def _put_aside(cursor, name):
    """Out of the way and out of reach, to be dropped at the end.

    Dropped at once, its thousands of files would make each new one slower: ext4 without a journal does not use again what was
    deleted a moment ago, but looks through it (0.2 s for a clone at first, 0.9 s after sixteen; 0.2 s each this way).
    """
    cursor.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    # Who is still there is sent away; the renaming itself waits until they have left.
    cursor.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
    )
    cursor.execute(f"ALTER DATABASE {name} RENAME TO {name}{next(_used)}")


def _template(anew=False):
    """The name of a migrated database that nobody connects to."""
    name = f"{_TEMPLATE}{_fingerprint()}"
    with _server() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        try:
            present = _databases(cursor)
            _drop_forsaken(cursor, present)
            if name not in present or (anew and not os.environ.get("PYTEST_XDIST_WORKER")):
                _drop_old(cursor, present)
                _make(cursor, name)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_ONE_AT_A_TIME])
    return name


def _make(cursor, name):
    """Migrate under another name, so that a template with the right name is a complete one."""
    unfinished = f"{name}_unfinished"
    _drop(cursor, unfinished)
    cursor.execute(f"CREATE DATABASE {unfinished}")
    _point_to(unfinished)
    call_command("migrate", interactive=False, verbosity=0, run_syncdb=True)
    connections.close_all()
    _drop(cursor, name)
    cursor.execute(f"ALTER DATABASE {unfinished} RENAME TO {name}")


def _drop(cursor, name):
    cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _drop_old(cursor, present):
    """Templates of other migrations, on our own cluster; another server may serve several checkouts."""
    if database.is_embedded(settings.DATABASES["default"]):
        for name in present:
            if name.startswith(_TEMPLATE):
                _drop(cursor, name)


def _drop_forsaken(cursor, present):
    """Clones whose process was killed, on our own cluster."""
    if database.is_embedded(settings.DATABASES["default"]):
        for name in present:
            if name.startswith(_CLONE) and not processes.is_alive(_process_of(name)):
                _drop(cursor, name)


def _drop_own(cursor):
    """What this process has cloned, or one before it that had its number."""
    for name in _databases(cursor):
        if name.startswith(_CLONE) and _process_of(name) == os.getpid():
            _drop(cursor, name)


def _process_of(clone):
    return int(clone.removeprefix(_CLONE).partition("_")[0])


def _databases(cursor):
    cursor.execute("SELECT datname FROM pg_database")
    return [row[0] for row in cursor.fetchall()]


def _fingerprint():
    """Changes when a template made before would no longer be what the migrations make."""
    digest = hashlib.sha256(sys.version.encode())
    project = Path(settings.BASE_DIR)
    sources = [*project.glob("*/migrations/*.py"), *project.glob("config/settings/*.py")]
    for source in sorted([*sources, project / "requirements" / "base.txt"]):
        digest.update(source.relative_to(project).as_posix().encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()[:16]
