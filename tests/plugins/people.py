"""Browsers with somebody signed in."""

import pytest
from django.test import Client

from tests.builders import PASSWORD


@pytest.fixture
def sign_in(db):
    """``sign_in(user)``: a test client in which ``user`` is signed in, past any password and second factor."""

    def as_person(user):
        client = Client()
        client.force_login(user, backend="offices.backends.StaffBackend")
        return client

    return as_person


@pytest.fixture
def try_password(client):
    """``try_password(name, password)``: the answer to the sign-in form, sent from ``address``."""

    def send(name, password=PASSWORD, *, address="192.0.2.10", **extra):
        return client.post(
            "/accounts/login/",
            {"login": name, "password": password, **extra},
            REMOTE_ADDR=address,
        )

    return send
