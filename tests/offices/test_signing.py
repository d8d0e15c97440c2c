import datetime as dt

import pytest
from django.test import RequestFactory

from core import clock
from offices.enums import SecurityKind
from offices.models import SecurityEvent
from offices.signing import confirm_password
from tests.builders import PASSWORD, make_psychologist

pytestmark = pytest.mark.django_db


@pytest.fixture
def signing():
    request = RequestFactory().post("/")
    request.user = make_psychologist()
    request.client_address = "192.0.2.10"
    return request


def test_signature_is_confirmed_by_the_own_password(signing):
    assert confirm_password(signing, PASSWORD)
    assert not confirm_password(signing, PASSWORD.upper())
    assert [e.kind for e in SecurityEvent.objects.all()] == [SecurityKind.SIGNATURE_REFUSED]


def test_signature_is_locked_after_five_failures_even_for_the_right_password(signing):
    for _ in range(5):
        assert not confirm_password(signing, "wrong")
    assert not confirm_password(signing, PASSWORD)
    with clock.advanced_by(dt.timedelta(minutes=16)):
        assert confirm_password(signing, PASSWORD)


def test_failures_of_signing_and_of_sign_in_count_together(signing, client):
    for _ in range(5):
        confirm_password(signing, "wrong")
    answer = client.post(
        "/accounts/login/",
        {"login": signing.user.username, "password": PASSWORD},
        REMOTE_ADDR="192.0.2.10",
    )
    assert answer.status_code == 200
