import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import DomainError
from offices.enums import Role, SecurityKind
from offices.models import Notice, ResetLink, SecurityEvent
from offices.services.accounts import find_reset_link, make_reset_link, use_reset_link
from tests.builders import PASSWORD, make_centre, make_head, make_user

pytestmark = pytest.mark.django_db
NEW = "үч сөз жана дагы бири 7"


@pytest.fixture
def administrator(db):
    return make_user(Role.ADMINISTRATOR, make_centre())


@pytest.fixture
def auditor(db):
    return make_user(Role.AUDITOR, make_centre())


def test_link_sets_a_new_password_once(client, administrator):
    person = make_head()
    token = make_reset_link(person, actor=administrator)
    url = f"/accounts/new-password/{token}/"
    assert person.username in client.get(url).content.decode()
    assert client.post(url, {"password": NEW, "again": NEW}).status_code == 302
    person.refresh_from_db()
    assert person.check_password(NEW)
    assert client.get(url).status_code == 404
    assert client.post(url, {"password": PASSWORD, "again": PASSWORD}).status_code == 404


def test_link_works_for_a_day(administrator):
    token = make_reset_link(make_head(), actor=administrator)
    with clock.advanced_by(dt.timedelta(hours=23, minutes=59)):
        assert find_reset_link(token)
    with clock.advanced_by(dt.timedelta(hours=24, minutes=1)):
        assert find_reset_link(token) is None
        with pytest.raises(DomainError):
            use_reset_link(token, NEW)


def test_link_is_kept_only_as_a_hash(administrator):
    token = make_reset_link(make_head(), actor=administrator)
    assert token not in str(ResetLink.objects.values().get())


def test_new_link_stops_the_one_before(administrator):
    person = make_head()
    first = make_reset_link(person, actor=administrator)
    make_reset_link(person, actor=administrator)
    assert find_reset_link(first) is None


def test_link_of_a_closed_account_works_no_more(administrator):
    person = make_head()
    token = make_reset_link(person, actor=administrator)
    person.is_active = False
    person.save()
    assert find_reset_link(token) is None


def test_link_is_refused_for_weak_and_unlike_passwords(client, administrator):
    person = make_head()
    url = f"/accounts/new-password/{make_reset_link(person, actor=administrator)}/"
    for password, again in [("кыска", "кыска"), (NEW, NEW + "!")]:
        assert client.post(url, {"password": password, "again": again}).status_code == 200
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_reset_ends_the_sessions_of_the_account(sign_in, administrator):
    person = make_head()
    browser = sign_in(person)
    use_reset_link(make_reset_link(person, actor=administrator), NEW)
    assert browser.get("/accounts/").status_code == 302


@pytest.mark.parametrize("removes", [True, False])
def test_reset_removes_second_factors_only_where_asked(administrator, removes):
    person = make_head()
    Authenticator.objects.create(user=person, type="totp", data={})
    token = make_reset_link(person, removes_factors=removes, actor=administrator)
    assert Authenticator.objects.count() == 1
    use_reset_link(token, NEW)
    assert Authenticator.objects.count() == int(not removes)


def test_owner_and_auditors_are_told_and_the_events_stand(administrator, auditor):
    person = make_head()
    use_reset_link(make_reset_link(person, actor=administrator), NEW)
    told = {(n.user, n.kind) for n in Notice.objects.all()}
    assert told == {(u, k) for u in (person, auditor) for k in ("reset_given", "reset_used")}
    kinds = set(SecurityEvent.objects.filter(user=person).values_list("kind", "by"))
    assert kinds == {
        (SecurityKind.RESET_GIVEN, administrator.pk),
        (SecurityKind.RESET_USED, person.pk),
    }


@pytest.mark.parametrize("role", [r for r in Role.values if r != "administrator"])
def test_only_administrators_make_links(role):
    with pytest.raises(PermissionDenied):
        make_reset_link(make_head(), actor=make_user(role))


def test_administrator_makes_a_link_with_their_own_password(sign_in, administrator):
    person = make_head(email="head@example.org")
    browser, url = sign_in(administrator), f"/accounts/people/{person.pk}/link/"
    browser.post(url, {"password": "wrong"})
    assert not ResetLink.objects.exists()
    page = browser.post(url, {"password": PASSWORD}).content.decode()
    token = re.search(r"/accounts/new-password/([^/]+)/", page)[1]
    assert find_reset_link(token).user == person
    assert token not in browser.get(url).content.decode()


def test_link_can_go_by_mail(sign_in, administrator):
    person = make_head(email="head@example.org")
    url = f"/accounts/people/{person.pk}/link/"
    page = sign_in(administrator).post(url, {"password": PASSWORD, "sends_mail": "on"})
    token = re.search(r"/accounts/new-password/([^/]+)/", mail.outbox[0].body)[1]
    assert (mail.outbox[0].to, find_reset_link(token).user) == (["head@example.org"], person)
    assert token not in page.content.decode()


def test_account_page_shows_own_events_only(sign_in, administrator):
    person, other = make_head(), make_head()
    make_reset_link(other, actor=administrator)
    page = sign_in(person).get("/accounts/").content.decode()
    assert administrator.full_name not in page
    make_reset_link(person, actor=administrator)
    assert administrator.full_name in sign_in(person).get("/accounts/").content.decode()
