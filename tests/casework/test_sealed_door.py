"""The sealed door: who may open it, what it opens, that it tells nothing else, and that the clock shuts it."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from casework import on_duty, people_permissions
from casework.models import (
    Case,
    Conclusion,
    Episode,
    Meeting,
    Person,
    PrivateNote,
    Release,
    SealedOpening,
)
from casework.permissions import Depth, depth_of
from casework.services.sealed import knock, open_sealed_door, shut_sealed_door
from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import Notice, ReadLog
from offices.throttle import TooManyFailures
from tests import builders as make
from tests.access.world import World
from tests.casework import keeping_builders as keep

pytestmark = pytest.mark.django_db
URL = "/cases/sealed/"


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def world():
    return World()


@pytest.fixture
def head():
    return make.make_head(make.make_office("oktyabr"))


def opens(world, user):
    return open_sealed_door(world.case.number, keep.WHY, actor=user)


def test_a_head_opens_a_case_of_another_office_for_half_an_hour(world, head):
    world.case.is_restricted = True
    world.case.save()
    assert not Case.objects.visible_to(head).exists()
    opens(world, head)
    assert Case.objects.content_visible_to(head).get() == world.case
    assert Person.objects.visible_to(head).filter(pk=world.child.pk).exists()
    with clock.advanced_by(dt.timedelta(minutes=29)):
        assert Case.objects.content_visible_to(head).exists()
    with clock.advanced_by(dt.timedelta(minutes=30)):
        assert not Case.objects.visible_to(head).exists()
        assert not Person.objects.visible_to(head).exists()


def test_it_opens_to_be_read_and_to_warn_nothing_else(world, head):
    opens(world, head)
    case = Case.objects.get(pk=world.case.pk)
    assert depth_of(head, case) == Depth.CONTENT
    assert not Case.objects.full_visible_to(head).exists()
    assert not people_permissions.can_record_consent(head, case)
    for room in (PrivateNote, Conclusion, Episode, Meeting, Release):
        assert not room.objects.visible_to(head).exists(), room


def test_worker_and_owning_head_are_told_at_once(world, head):
    owner = make.make_head(world.lenin)
    shut = world.shut_out(make.make_head(world.lenin))
    opens(world, head)
    told = set(Notice.objects.filter(kind="sealed_door_opened").values_list("user", flat=True))
    assert told == {world.responsible.pk, owner.pk}
    assert shut.pk not in told


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.OPERATOR, Role.PSYCHOLOGIST])
def test_others_open_it_only_on_duty(world, role, monkeypatch):
    user = make.make_user(role, make.make_office("oktyabr"))
    with pytest.raises(PermissionDenied):
        opens(world, user)
    monkeypatch.setattr(on_duty, "_ROSTERS", [lambda person: person == user])
    opens(world, user)
    assert Case.objects.content_visible_to(user).exists()


@pytest.mark.parametrize("role", [Role.CITY_HEAD, Role.AUDITOR, Role.ADMINISTRATOR])
def test_duty_gives_nothing_to_who_works_with_no_clients(world, role, monkeypatch):
    user = make.make_user(role, make.make_office("oktyabr"))
    monkeypatch.setattr(on_duty, "_ROSTERS", [lambda person: True])
    with pytest.raises(PermissionDenied):
        opens(world, user)


def test_deputy_may_open_it(world, head):
    deputy = make.make_caseworker(make.make_office("oktyabr"))
    make.make_stand_in(head.memberships.get(), deputy)
    opens(world, deputy)
    assert Case.objects.content_visible_to(deputy).exists()


def test_it_shuts_with_the_membership(world, head):
    opens(world, head)
    place = head.memberships.get()
    place.ends_on = clock.today() - dt.timedelta(days=1)
    place.save()
    assert not Case.objects.visible_to(head).exists()


def refusal_of(number, user, reason=keep.WHY):
    with pytest.raises(DomainError) as refused:
        open_sealed_door(number, reason, actor=user)
    return str(refused.value)


def test_a_wrong_number_and_a_case_shut_to_one_are_answered_the_same(world, head):
    world.shut_out(head)
    assert refusal_of("04-9999/26", head) == refusal_of(world.case.number, head)
    assert not SealedOpening.objects.exists()


@pytest.mark.parametrize("part", ["T-", "t", "%", ""])
def test_only_the_exact_number_opens(world, head, part):
    refusal_of(world.case.number[:-1] or part, head)
    refusal_of(part, head)


@pytest.mark.parametrize("reason", ["", "срочно", "аааааааааааааааааааааааааааа"])
def test_a_reason_is_a_sentence(world, head, reason):
    with translation.override("en"):
        assert "why" in refusal_of(world.case.number, head, reason).lower()


def test_a_case_that_one_reads_anyway_needs_no_door(world):
    own = make.make_head(world.lenin)
    assert opens(world, own) == world.case
    assert not SealedOpening.objects.exists() and not Notice.objects.exists()


def test_shut_early_by_who_opened_it_or_by_the_owning_head(world, head):
    opens(world, head)
    opening = SealedOpening.objects.get()
    with pytest.raises(PermissionDenied):
        shut_sealed_door(opening, actor=world.responsible)
    shut_sealed_door(opening, actor=head)
    assert not Case.objects.visible_to(head).exists()
    with pytest.raises(DomainError, match="shut already"):
        shut_sealed_door(opening, actor=head)
    opens(world, head)
    shut_sealed_door(SealedOpening.objects.first(), actor=make.make_head(world.lenin))
    assert not Case.objects.visible_to(head).exists()


def test_five_wrong_tries_shut_the_door_for_everybody_but_nobody_else(world, head):
    for _ in range(5):
        knock(head)
    with pytest.raises(TooManyFailures):
        knock(head)
    knock(make.make_head(world.centre))
    with clock.advanced_by(dt.timedelta(minutes=16)):
        knock(head).succeeded()


def test_wrong_tries_are_counted_though_the_form_comes_back(world, head, sign_in):
    client = sign_in(head)
    for _ in range(5):
        answer = client.post(URL, {"number": "04-0001/26", "reason": keep.WHY})
        assert answer.status_code == 200 and "04-0001/26" in answer.content.decode()
    answer = client.post(URL, {"number": world.case.number, "reason": keep.WHY})
    assert answer.status_code == 200 and not SealedOpening.objects.exists()
    assert ReadLog.objects.filter(reason="sealed door: nothing opened").count() == 6


def test_all_that_is_read_meanwhile_is_marked_in_the_read_log(world, head, sign_in):
    client = sign_in(head)
    client.post(URL, {"number": world.case.number, "reason": keep.WHY})
    pages = [world.case.get_absolute_url(), f"/children/{world.child.pk}/"]
    pages += [f"/families/{world.case.family_id}/", "/cases/"]
    for page in pages:
        assert client.get(page).status_code == 200
    marked = ReadLog.objects.filter(reason=f"Sealed door: {keep.WHY}", user=head)
    assert set(marked.values_list("page", flat=True)) == {
        "cases:case", "children:child", "families:family", "cases:list",
    }  # fmt: skip
    sign_in(world.responsible).get(world.case.get_absolute_url())
    assert ReadLog.objects.get(user=world.responsible).reason == ""


def test_the_page_says_that_the_door_is_open_and_shuts_it(world, head, sign_in):
    client = sign_in(head)
    client.post(URL, {"number": world.case.number, "reason": keep.WHY})
    opening = SealedOpening.objects.get()
    page = client.get(world.case.get_absolute_url()).content.decode()
    assert f"/cases/sealed/{opening.pk}/shut/" in page
    assert client.get(f"/cases/{world.case.pk}/close/").status_code == 403
    client.post(f"/cases/sealed/{opening.pk}/shut/")
    assert client.get(world.case.get_absolute_url()).status_code == 404


def test_the_auditor_reads_every_opening_without_clients(world, head, sign_in):
    opens(world, head)
    page = sign_in(make.make_user(Role.AUDITOR)).get("/cases/sealed/list/").content.decode()
    assert world.case.number in page and keep.WHY in page
    assert world.child.surname not in page
    other = sign_in(make.make_head(make.make_office("pervomay"))).get("/cases/sealed/list/")
    assert world.case.number not in other.content.decode()


def test_a_head_shut_out_does_not_find_the_opening_of_that_case(world, head, sign_in):
    opens(world, head)
    shut = world.shut_out(make.make_head(world.lenin))
    assert world.case.number not in sign_in(shut).get("/cases/sealed/list/").content.decode()
