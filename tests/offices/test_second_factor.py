import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache

from core import clock
from offices.enums import Role, SecurityKind
from offices.models import SecurityEvent
from tests.builders import PASSWORD, make_caseworker, make_head, make_user

pytestmark = pytest.mark.django_db
REQUIRED = ["head", "city_head", "psychologist", "registrar", "administrator", "auditor"]


@pytest.fixture(autouse=True)
def _required(settings):
    settings.SECOND_FACTOR_ROLES = REQUIRED


def _signed_in(client, user):
    client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
    return client


def _code(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def _with_app(client):
    """Sets the app up as a person does; the secret of the app."""
    secret = client.get("/accounts/second-factor/app/").context["form"].secret
    answer = client.post("/accounts/second-factor/app/", {"code": _code(secret)})
    assert answer.headers["Location"] == "/accounts/second-factor/codes/"
    return secret


@pytest.mark.parametrize("role", REQUIRED)
def test_role_is_led_to_set_one_up_before_anything_else(client, role):
    _signed_in(client, make_user(role))
    assert client.get("/").headers["Location"] == "/accounts/second-factor/"
    assert client.post("/drafts/", {}).headers["Location"] == "/accounts/second-factor/"


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.OPERATOR, Role.LAWYER])
def test_other_roles_may_go_on_without(client, role):
    _signed_in(client, make_user(role))
    assert client.get("/drafts/token/").status_code == 200


def test_superuser_is_led_to_set_one_up(client):
    _signed_in(client, make_user(is_superuser=True))
    assert client.get("/admin/").headers["Location"] == "/accounts/second-factor/"


def test_once_set_up_the_rest_opens(client, django_capture_on_commit_callbacks):
    _signed_in(client, make_head())
    with django_capture_on_commit_callbacks(execute=True):
        _with_app(client)
    assert client.get("/drafts/token/").status_code == 200
    assert SecurityEvent.objects.filter(kind=SecurityKind.FACTOR_ADDED).count() == 1


def test_sign_in_asks_for_the_code(client):
    head = make_head()
    secret = _with_app(_signed_in(client, head))
    client.logout()
    answer = client.post("/accounts/login/", {"login": head.username, "password": PASSWORD})
    assert answer.headers["Location"] == "/accounts/second-factor/sign-in/"
    assert client.get("/drafts/token/").status_code == 401
    wrong = client.post("/accounts/second-factor/sign-in/", {"code": "000000"})
    assert wrong.status_code == 200
    assert client.get("/drafts/token/").status_code == 401
    cache.clear()  # a code is accepted once; the next one of the app would come half a minute later
    answer = client.post("/accounts/second-factor/sign-in/", {"code": _code(secret)})
    assert answer.headers["Location"] == "/"
    assert client.get("/drafts/token/").status_code == 200


def test_recovery_code_opens_once(client):
    head = make_head()
    _with_app(_signed_in(client, head))
    code = client.get("/accounts/second-factor/codes/").context["unused_codes"][0]
    for expected in (200, 401):
        client.logout()
        client.post("/accounts/login/", {"login": head.username, "password": PASSWORD})
        client.post("/accounts/second-factor/sign-in/", {"code": code})
        assert client.get("/drafts/token/").status_code == expected


def test_codes_cannot_be_guessed(client):
    head = make_head()
    secret = _with_app(_signed_in(client, head))
    client.logout()
    client.post("/accounts/login/", {"login": head.username, "password": PASSWORD})
    for n in range(6):
        client.post("/accounts/second-factor/sign-in/", {"code": f"00000{n}"})
    client.post("/accounts/second-factor/sign-in/", {"code": _code(secret)})
    assert client.get("/drafts/token/").status_code == 401


def test_last_factor_of_a_required_role_stays(client):
    _signed_in(client, make_head())
    _with_app(client)
    client.post("/accounts/second-factor/app/remove/", {})
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_factor_of_another_role_can_be_removed(client):
    _signed_in(client, make_caseworker())
    _with_app(client)
    client.post("/accounts/second-factor/app/remove/", {})
    assert not Authenticator.objects.filter(type="totp").exists()


def test_somebody_elses_key_is_not_there(client):
    other = Authenticator.objects.create(
        user=make_head(), type=Authenticator.Type.WEBAUTHN, data={"name": "k", "credential": {}}
    )
    _signed_in(client, make_caseworker())
    assert client.post(f"/accounts/second-factor/keys/{other.pk}/remove/").status_code == 404
    assert client.get(f"/accounts/second-factor/keys/{other.pk}/name/").status_code == 404


@pytest.mark.parametrize(
    "page", ["", "app/", "codes/", "codes/new/", "keys/", "keys/add/", "keys/confirm/", "confirm/"]
)
def test_pages_of_the_second_factor_are_ours_in_both_languages(client, page):
    _signed_in(client, make_head())
    _with_app(client)
    for code in ("ky", "ru"):
        client.cookies["language"] = code
        answer = client.get(f"/accounts/second-factor/{page}", follow=True)
        assert (answer.status_code, f'lang="{code}"' in answer.content.decode()) == (200, True)


def test_changing_factors_asks_for_the_password_again_after_a_while(client):
    _signed_in(client, make_caseworker())
    assert client.get("/accounts/second-factor/app/").status_code == 200
    with clock.advanced_by(dt.timedelta(minutes=6)):
        answer = client.get("/accounts/second-factor/app/")
        assert answer.headers["Location"].startswith("/accounts/confirm/?next=")
        client.post(answer.headers["Location"], {"password": PASSWORD})
        assert client.get("/accounts/second-factor/app/").status_code == 200
