"""Worlds that are dear to build: built once for a module's tests, and taken back when they are over."""

from contextlib import contextmanager

import pytest
from django.db import transaction


@pytest.fixture(scope="session")
def standing_still(django_db_setup, django_db_blocker):
    """``with standing_still(): …`` in a module's fixture: what is made in it stands for all of its tests.

    Each test's own changes are taken back after it, as ever; records held in memory are to be read anew.
    """

    @contextmanager
    def keep():
        with django_db_blocker.unblock(), transaction.atomic():
            yield
            transaction.set_rollback(True)

    return keep
