import datetime as dt

import pytest
from django.contrib import admin
from django.urls import reverse

from core import clock
from offices.enums import Role, SecurityKind
from offices.models import Membership, SecurityEvent, User
from offices.reference_site import REFERENCE
from tests.builders import make_centre, make_head, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(db):
    return make_user(Role.ADMINISTRATOR, make_centre())


def test_admin_holds_reference_data_and_nothing_else():
    assert {m._meta.label_lower for m in admin.site._registry} == REFERENCE


def test_admin_opens_for_administrators(sign_in, administrator):
    assert sign_in(administrator).get("/admin/").status_code == 200


@pytest.mark.parametrize("role", [r for r in Role.values if r != "administrator"])
def test_admin_is_shut_for_every_other_role(sign_in, role):
    browser = sign_in(make_user(role))
    assert browser.get("/admin/", follow=True).status_code == 403
    assert browser.get("/admin/offices/user/", follow=True).status_code == 403


def test_admin_sends_the_nameless_to_the_one_sign_in(client):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/")


def test_admin_is_shut_from_the_day_after_the_last(sign_in, administrator):
    browser = sign_in(administrator)
    administrator.memberships.update(ends_on=clock.today())
    assert browser.get("/admin/").status_code == 200
    with clock.advanced_by(dt.timedelta(days=1)):
        browser = sign_in(administrator)
        assert browser.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("model", sorted(REFERENCE))
def test_every_page_of_the_admin_shows_itself_and_deletes_nothing(sign_in, administrator, model):
    browser = sign_in(administrator)
    name = model.replace(".", "_")
    assert browser.get(reverse(f"admin:{name}_changelist")).status_code == 200
    assert browser.get(reverse(f"admin:{name}_add")).status_code == 200
    # A day of the calendar that was named by mistake goes again: the page asks first.
    refused = (200,) if model == "offices.calendarday" else (302, 403)
    assert browser.post(reverse(f"admin:{name}_delete", args=[1])).status_code in refused


def test_administrator_makes_an_account_without_a_password(sign_in, administrator):
    empty = {f"memberships-{k}": 0 for k in ("TOTAL_FORMS", "INITIAL_FORMS")}
    sent = {
        "username": "New.Person",
        "surname": "Жаңы",
        "given_name": "А",
        "is_active": "on",
        **empty,
    }
    answer = sign_in(administrator).post("/admin/offices/user/add/", sent)
    person = User.objects.get(username="new.person")
    assert answer.status_code == 302
    assert not person.has_usable_password()


def test_closing_an_account_is_an_event(sign_in, administrator):
    person = make_head()
    empty = {f"memberships-{k}": 0 for k in ("TOTAL_FORMS", "INITIAL_FORMS")}
    sent = {"username": person.username, "surname": "А", "given_name": "Б", **empty}
    sign_in(administrator).post(f"/admin/offices/user/{person.pk}/change/", sent)
    person.refresh_from_db()
    assert not person.is_active
    event = SecurityEvent.objects.get(user=person)
    assert (event.kind, event.by) == (SecurityKind.DISABLED, administrator)


def test_administrator_enters_whom_to_ask_for_in_an_organisation(sign_in, administrator):
    school = make_organisation()
    kept = school.contacts.create(name="Айгүл")
    page = f"/admin/offices/organisation/{school.pk}/change/"
    browser = sign_in(administrator)
    form = browser.get(page).context["adminform"].form
    said = {name: form[name].value() or "" for name in form.fields}
    rows = {
        "contacts-TOTAL_FORMS": 2, "contacts-INITIAL_FORMS": 1, "contacts-0-id": kept.pk,
        "contacts-0-organisation": school.pk, "contacts-0-name": "Айгүл", "contacts-0-DELETE": "on",
        "contacts-1-name": "Бермет", "contacts-1-is_active": "on", "contacts-1-organisation": school.pk,
    }  # fmt: skip
    assert browser.post(page, {**said, **rows}).status_code == 302
    assert list(school.contacts.values_list("name", "is_active")) == [
        ("Бермет", True),
        ("Айгүл", False),
    ]


def test_membership_of_two_kinds_is_refused(administrator):
    from django.core.exceptions import ValidationError

    mixed = Membership(
        user=administrator, office=make_centre(), role=Role.HEAD, starts_on=clock.today()
    )
    with pytest.raises(ValidationError):
        mixed.clean()
