import datetime as dt

import pytest
from django.contrib.auth import get_user
from django.template import Context, engines
from django.test import RequestFactory

from core import clock
from offices.enums import Role, SecurityKind
from offices.models import SecurityEvent, SignInThrottle, User
from tests.builders import PASSWORD, make_caseworker, make_user
from tests.plugins.strict import UndefinedInTemplate

pytestmark = pytest.mark.django_db
WRONG = "not the password 17"


def _is_signed_in(client):
    return "_auth_user_id" in client.session


def test_sign_in_leads_to_the_first_page(client, try_password):
    make_caseworker(username="caseworker.lenin")
    answer = try_password("Caseworker.Lenin ")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert _is_signed_in(client)
    assert [e.kind for e in SecurityEvent.objects.all()] == [SecurityKind.SIGNED_IN]


def test_sign_in_leads_to_no_other_site(try_password):
    make_caseworker(username="a")
    assert try_password("a", next="https://example.org/").headers["Location"] == "/"


@pytest.mark.parametrize("name", ["caseworker.lenin", "nobody", "closed", "demo"])
def test_sign_in_refusal_tells_nothing_of_the_name(settings, try_password, name):
    settings.DEMO_ALLOWED = False
    make_caseworker(username="caseworker.lenin")
    make_user(username="closed", is_active=False)
    make_user(username="demo", is_demo=True)
    password = PASSWORD if name in ("closed", "demo") else WRONG
    answer = try_password(name, password)
    shown = answer.content.decode().replace(name, "…")
    unknown = try_password("someone.else", WRONG).content.decode().replace("someone.else", "…")
    assert answer.status_code == 200
    assert _without_tokens(shown) == _without_tokens(unknown)


def _without_tokens(page):
    return [line for line in page.splitlines() if "csrfmiddlewaretoken" not in line]


def test_sign_in_hashes_for_unknown_names_too(monkeypatch, try_password):
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *a, **k: hashed.append(1) or encode(*a, **k)
    )
    make_caseworker(username="known")
    hashed.clear()
    try_password("known", WRONG)
    known, _ = len(hashed), hashed.clear()
    try_password("unknown", WRONG)
    assert len(hashed) == known == 1


@pytest.mark.parametrize("name", ["operator.lenin", "nobody"])
def test_throttle_locks_the_pair_after_five_failures(client, try_password, name):
    make_user(Role.OPERATOR, username="operator.lenin")
    for _ in range(5):
        assert b"is not right" in _english(try_password(name, WRONG))
    locked = try_password(name, PASSWORD)
    assert "Wait 15 minutes" in _english(locked).decode()
    assert not _is_signed_in(client)


def test_throttle_leaves_the_owner_elsewhere_alone(client, try_password):
    make_user(Role.OPERATOR, username="operator.lenin")
    for _ in range(7):
        try_password("operator.lenin", WRONG, address="203.0.113.5")
    try_password("operator.lenin", address="192.0.2.10")
    assert _is_signed_in(client)


def test_throttle_leaves_other_names_from_the_same_place_alone(client, try_password):
    make_user(Role.OPERATOR, username="one")
    make_user(Role.OPERATOR, username="two")
    for _ in range(6):
        try_password("one", WRONG)
    try_password("two")
    assert _is_signed_in(client)


def test_throttle_opens_after_fifteen_minutes_and_not_before(client, try_password):
    make_user(Role.OPERATOR, username="one")
    for _ in range(5):
        try_password("one", WRONG)
    with clock.advanced_by(dt.timedelta(minutes=14, seconds=50)):
        try_password("one")
        assert not _is_signed_in(client)
    with clock.advanced_by(dt.timedelta(minutes=15, seconds=10)):
        try_password("one")
        assert _is_signed_in(client)


def test_throttle_forgets_failures_after_success(client, try_password):
    make_user(Role.OPERATOR, username="one")
    for _ in range(4):
        try_password("one", WRONG)
    try_password("one")
    assert not SignInThrottle.objects.exists()


def test_throttle_counts_a_whole_ipv6_network_as_one_place(client, try_password):
    make_user(Role.OPERATOR, username="one")
    for n in range(5):
        try_password("one", WRONG, address=f"2001:db8:1:2::{n + 1}")
    try_password("one", address="2001:db8:1:2::99")
    assert not _is_signed_in(client)


def test_throttle_keeps_no_name_and_no_address(try_password):
    try_password("secret.name", WRONG, address="203.0.113.5")
    row = SignInThrottle.objects.values().get()
    assert "secret" not in str(row) and "203.0.113.5" not in str(row)


def test_lock_is_an_event_of_the_account(try_password):
    owner = make_user(Role.OPERATOR, username="one")
    for _ in range(5):
        try_password("one", WRONG)
    kinds = [e.kind for e in SecurityEvent.objects.filter(user=owner).order_by("id")]
    assert kinds == [SecurityKind.FAILED] * 4 + [SecurityKind.LOCKED]


def test_closing_an_account_ends_its_sessions(sign_in):
    person = make_caseworker()
    browser = sign_in(person)
    assert browser.get("/accounts/").status_code == 200
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert browser.get("/accounts/").status_code == 302


def test_changing_the_password_ends_other_sessions_only(sign_in):
    person = make_caseworker()
    here, elsewhere = sign_in(person), sign_in(person)
    new = "төрт сөз эсте калат 9"
    answer = here.post(
        "/accounts/password/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    assert here.get("/accounts/").status_code == 200
    assert elsewhere.get("/accounts/").status_code == 302


@pytest.mark.parametrize(
    "weak",
    [
        "short 11 ch",
        "123456789012345",
        "1qaz2wsx3edc",
        "aabbaabbaabbaabb",
        "Жардам-жардам-12",
        "кызматкер-бакыт",
    ],
)
def test_weak_passwords_are_refused(sign_in, weak):
    person = make_caseworker(username="кызматкер-бакы")
    here = sign_in(person)
    here.post(
        "/accounts/password/", {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    )
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_sign_out_ends_the_session_and_needs_post(sign_in):
    browser = sign_in(make_caseworker())
    browser.get("/accounts/logout/")
    assert _is_signed_in(browser)
    browser.post("/accounts/logout/")
    assert get_user(_request(browser)).is_anonymous


def _request(browser):
    request = RequestFactory().get("/")
    request.session = browser.session
    return request


def _english(answer):
    """The message ids behind the page: errors of the form in the source language."""
    from django.utils import translation

    with translation.override(None):
        return str(answer.context["form"].non_field_errors()).encode()


@pytest.mark.parametrize("code", ["ky", "ru"])
def test_language_is_kept_and_leads_back(client, code):
    answer = client.post("/language/", {"language": code, "next": "/accounts/login/?next=/x/"})
    assert answer.headers["Location"] == "/accounts/login/?next=/x/"
    assert client.get("/accounts/login/").headers["Content-Language"] == code


@pytest.mark.parametrize("evil", ["https://example.org/", "//example.org/", "/\\example.org", ""])
def test_language_leads_to_no_other_site(client, evil):
    assert client.post("/language/", {"language": "ru", "next": evil}).headers["Location"] == "/"


def test_language_is_kyrgyz_whatever_the_browser_asks_for(client):
    answer = client.get("/accounts/login/", headers={"accept-language": "ru"})
    assert answer.headers["Content-Language"] == "ky"


def test_second_factor_secrets_lie_encrypted():
    from offices.adapters import SecondFactorAdapter

    adapter = SecondFactorAdapter()
    kept = adapter.encrypt("JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in kept
    assert adapter.decrypt(kept) == "JBSWY3DPEHPK3PXP"


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "email/", "login/code/"])
def test_there_is_no_way_in_but_the_password(client, path):
    assert client.get(f"/accounts/{path}").status_code == 404


def test_strict_templates_notice_an_undefined_variable(settings):
    engine = engines["django"].engine
    template = engine.from_string("{{ nobody_gave_this }}")
    template.origin.name = str(settings.BASE_DIR / "templates" / "x.html")
    with pytest.raises(UndefinedInTemplate):
        template.render(Context({}))
