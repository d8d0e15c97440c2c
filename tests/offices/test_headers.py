import pytest

from offices.enums import Role
from tests.builders import make_case, make_centre, make_user

pytestmark = pytest.mark.django_db
POLICY = {
    "default-src 'self'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
}


def _policy(answer):
    return {part.strip() for part in answer.headers["Content-Security-Policy"].split(";")}


@pytest.mark.parametrize(
    "page",
    ["/accounts/login/", "/accounts/", "/accounts/second-factor/keys/add/", "/admin/", "/none/"],
)
def test_policy_is_the_strict_one_everywhere(client, page):
    client.force_login(
        make_user(Role.ADMINISTRATOR, make_centre()), backend="offices.backends.StaffBackend"
    )
    answer = client.get(page, follow=True)
    assert _policy(answer) == POLICY


def test_pages_of_clients_are_not_stored(sign_in):
    case = make_case()
    answer = sign_in(case.responsible).get(case.get_absolute_url())
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]


def test_headers_of_every_page(client):
    answer = client.get("/accounts/login/")
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_cookies_are_shut_to_scripts_and_other_sites(client):
    person = make_user(Role.CASEWORKER)
    client.post("/accounts/login/", {"login": person.username, "password": "test-only-password-41"})
    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie["max-age"] == ""
