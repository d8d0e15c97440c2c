import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import Notice, StandIn
from offices.services.stand_ins import end_stand_in, set_stand_in
from offices.standing import standing
from tests.builders import (
    make_caseworker,
    make_head,
    make_membership,
    make_office,
    make_stand_in,
    make_user,
)

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def office(db):
    return make_office("lenin")


@pytest.fixture
def away(office):
    return make_caseworker(office).memberships.get()


def _set(membership, user, actor, first=0, last=5):
    today = clock.today()
    return set_stand_in(
        membership, user, starts_on=today + first * DAY, ends_on=today + last * DAY, actor=actor
    )


def test_stand_in_keeps_the_cases_from_the_first_to_the_last_day(office, away):
    user = make_caseworker(office)
    _set(away, user, make_head(office), first=1, last=3)
    for day, keeps in [(0, False), (1, True), (3, True), (4, False)]:
        with clock.advanced_by(day * DAY):
            assert (away.user_id in standing(user).holders) == keeps


def test_both_are_told(office, away):
    user, head = make_caseworker(office), make_head(office)
    end_stand_in(_set(away, user, head), actor=head)
    told = {(n.user, n.kind) for n in Notice.objects.all()}
    assert told == {(u, k) for u in (away.user, user) for k in ("stand_in_set", "stand_in_ended")}


@pytest.mark.parametrize(
    "role", [Role.CASEWORKER, Role.OPERATOR, Role.REGISTRAR, Role.ADMINISTRATOR, Role.AUDITOR]
)
def test_only_the_head_names_a_stand_in(office, away, role):
    with pytest.raises(PermissionDenied):
        _set(away, make_caseworker(office), make_user(role, office))


def test_head_of_another_office_names_nobody(office, away):
    with pytest.raises(PermissionDenied):
        _set(away, make_caseworker(office), make_head(make_office("oktyabr")))


def test_deputy_names_a_stand_in_too(office, away):
    head, deputy = make_head(office), make_caseworker(office)
    make_stand_in(head.memberships.get(), deputy)
    assert _set(away, make_caseworker(office), deputy).pk


def test_impossible_stand_ins_are_refused(office, away):
    head, colleague = make_head(office), make_caseworker(office)
    stranger = make_caseworker(make_office("oktyabr"))
    for user, first, last in [
        (away.user, 0, 5),
        (colleague, 3, 2),
        (colleague, -5, -1),
        (stranger, 0, 5),
    ]:
        with pytest.raises(DomainError):
            _set(away, user, head, first, last)
    _set(away, colleague, head, 2, 5)
    with pytest.raises(DomainError):
        _set(away, make_caseworker(office), head, 5, 9)
    assert StandIn.objects.count() == 1


def test_ending_takes_the_rights_at_once(office, away):
    user, head = make_caseworker(office), make_head(office)
    coming, running = _set(away, user, head, 3, 5), None
    end_stand_in(coming, actor=head)
    assert not StandIn.objects.exists()
    running = make_stand_in(away, user, starts_on=clock.today() - 3 * DAY, ends_on=clock.today())
    end_stand_in(running, actor=head)
    assert away.user_id not in standing(user).holders


def test_staff_page_shows_own_office_and_names_a_stand_in(sign_in, office, away):
    head, colleague = make_head(office), make_caseworker(office)
    stranger = make_caseworker(make_office("oktyabr"))
    browser = sign_in(head)
    page = browser.get("/accounts/staff/").content.decode()
    assert colleague.full_name in page
    assert stranger.full_name not in page
    today = clock.today()
    sent = {
        "membership": away.pk,
        "user": colleague.pk,
        "starts_on": today.strftime("%d.%m.%Y"),
        "ends_on": today.strftime("%d.%m.%Y"),
    }
    assert browser.post("/accounts/staff/", sent).status_code == 302
    assert away.user_id in standing(colleague).holders
    foreign = {**sent, "user": stranger.pk, "membership": stranger.memberships.get().pk}
    assert browser.post("/accounts/staff/", foreign).status_code == 200
    assert StandIn.objects.count() == 1
    assert (
        browser.post(f"/accounts/staff/stand-ins/{StandIn.objects.get().pk}/end/").status_code
        == 302
    )
    assert not StandIn.objects.exists()


def test_head_of_another_office_ends_nothing(sign_in, office, away):
    placed = _set(away, make_caseworker(office), make_head(office))
    other = sign_in(make_head(make_office("oktyabr")))
    assert other.post(f"/accounts/staff/stand-ins/{placed.pk}/end/").status_code == 404


def top_bar(browser):
    page = browser.get("/notices/").content.decode()
    found = re.search(r'class="where"><strong>(.*?)</strong><span>(.*?)<', page)
    return found and found.groups()


def test_top_bar_names_where_one_works_oneself_the_first_by_its_number(sign_in, office, away):
    first = make_office("sverdlov", index="00", short_ky="Биринчи жер", short_ru="Первое место")
    deputy = make_user(Role.OPERATOR, office)
    make_stand_in(away, deputy)
    browser = sign_in(deputy)
    browser.cookies["language"] = "ru"
    assert top_bar(browser) == (office.name_ru, "Оператор")  # not whom they stand in for
    held = make_membership(deputy, Role.OPERATOR, first)
    assert top_bar(browser) == ("Первое место", "Оператор")
    browser.cookies["language"] = "ky"
    assert top_bar(browser) == ("Биринчи жер", "Оператор")
    held.ends_on = clock.today() - DAY
    held.save()
    assert top_bar(browser) == (office.name_ky, "Оператор")
    assert top_bar(sign_in(make_user())) is None
