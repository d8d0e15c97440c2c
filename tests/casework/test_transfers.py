"""A case goes to another office or to a colleague: what changes, what stays, and that nobody is left without one."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from casework.keeping_enums import OfferStatus
from casework.models import Case, Episode, ForsakenNotice, HandOver, Person, Task, Transfer
from casework.search import find
from casework.services.cases import assign_case
from casework.services.closing import ask_closing
from casework.services.handing_over import (
    accept_hand_over,
    offer_hand_over,
    refuse_hand_over,
    tell_of_forsaken,
    withdraw_hand_over,
)
from casework.services.transfers import (
    accept_transfer,
    offer_transfer,
    refuse_transfer,
    withdraw_transfer,
)
from core import clock
from core.errors import DomainError
from offices.enums import OfficeKind, Role
from offices.models import Notice, ReadLog
from offices.waiting import Urgency, waiting_for
from tests import builders as make
from tests.access.world import World, ended
from tests.casework import keeping_builders as keep

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def world():
    return World()


@pytest.fixture
def there(world):
    """The next office: its head and a worker."""
    office = make.make_office("oktyabr")
    return office, make.make_head(office), make.make_caseworker(office, surname="Жаңыкелдиев")


def test_until_it_is_accepted_nothing_changes(world, there):
    office, head, _worker = there
    keep.make_transfer(world.case, office)
    case = Case.objects.get()
    assert (case.office, case.responsible) == (world.lenin, world.responsible)
    assert not Case.objects.visible_to(head).exists()
    assert Notice.objects.get(kind="transfer_offered").user == head


def test_accepted_it_is_the_next_offices_under_its_number(world, there):
    office, head, worker = there
    number, earlier = world.case.number, make.make_head(world.lenin)
    transfer = keep.make_transfer(world.case, office, earlier)
    reads = ReadLog.objects.create(at=clock.now(), user=earlier, kind="view", page="cases:case", subjects=[f"case:{world.case.pk}"], offices=[world.lenin.pk])  # fmt: skip
    accept_transfer(transfer, worker, actor=head)
    case = Case.objects.get()
    assert (case.office, case.responsible, case.number) == (office, worker, number)
    assert Case.objects.full_visible_to(worker).exists()
    assert not Case.objects.visible_to(earlier).exists()
    assert not Case.objects.visible_to(world.responsible).exists()
    assert not Person.objects.visible_to(world.responsible).exists()
    assert ReadLog.objects.get(pk=reads.pk).offices == [world.lenin.pk]
    assert case.releases.get().office == office  # not decided yet: it goes along


def test_help_in_progress_goes_on_and_is_said(world, there, sign_in):
    office, head, worker = there
    transfer = keep.make_transfer(world.case, office)
    page = sign_in(head).get(transfer.get_absolute_url()).content.decode()
    assert world.psychologist.surname in page
    accept_transfer(transfer, worker, actor=head)
    assert Episode.objects.held_by(world.psychologist).exists()
    assert Case.objects.content_visible_to(world.psychologist).exists()
    assert Notice.objects.filter(kind="case_transferred", user=world.psychologist).exists()


def test_the_earlier_office_keeps_the_card_of_its_time_only(world, there, sign_in):
    office, head, worker = there
    world.case.number = "04.1-0031/26"
    world.case.save()
    transfer = keep.make_transfer(world.case, office)
    accept_transfer(transfer, worker, actor=head)
    colleague = world.colleague(Role.CASEWORKER)
    page = sign_in(colleague).get(transfer.get_absolute_url()).content.decode()
    assert world.child.surname in page and world.responsible.surname in page
    assert worker.surname not in page and transfer.summary not in page
    assert sign_in(colleague).get(world.case.get_absolute_url()).status_code == 404
    found = find(world.case.number, colleague)
    assert found.transfers == [transfer] and not found.cases
    assert not find(world.case.number, make.make_caseworker(world.centre)).transfers


def test_of_a_restricted_case_the_card_names_nobody(world, there, sign_in):
    office, head, worker = there
    world.case.is_restricted = True
    world.case.save()
    transfer = keep.make_transfer(world.case, office)
    accept_transfer(transfer, worker, actor=head)
    page = sign_in(world.colleague(Role.CASEWORKER)).get(transfer.get_absolute_url())
    assert world.child.surname not in page.content.decode()


def test_refused_it_stays_and_says_why(world, there):
    office, head, _worker = there
    transfer = keep.make_transfer(world.case, office)
    with pytest.raises(DomainError):
        refuse_transfer(transfer, " ", actor=head)
    refuse_transfer(transfer, "Бул үй-бүлө бизде жашабайт", actor=head)
    assert Case.objects.get().office == world.lenin
    assert not Transfer.objects.to_answer_by(head).exists()
    with pytest.raises(DomainError, match="answered already"):
        refuse_transfer(transfer, "Дагы", actor=head)


def test_taken_back_by_the_head_who_offered(world, there):
    office, head, worker = there
    transfer = keep.make_transfer(world.case, office)
    with pytest.raises(PermissionDenied):
        withdraw_transfer(transfer, actor=head)
    withdraw_transfer(transfer, actor=transfer.offered_by)
    with pytest.raises(DomainError):
        accept_transfer(transfer, worker, actor=head)


def test_only_the_head_offers_and_only_the_head_there_accepts(world, there):
    office, _head, worker = there
    with pytest.raises(DomainError, match="no right"):
        offer_transfer(world.case, office, reason="а", summary="б", actor=world.responsible)
    transfer = keep.make_transfer(world.case, office)
    with pytest.raises(PermissionDenied):
        accept_transfer(transfer, worker, actor=worker)
    with pytest.raises(PermissionDenied):
        accept_transfer(transfer, worker, actor=make.make_head(world.centre))


def test_a_head_who_is_shut_out_is_neither_asked_nor_shown(world, there):
    office, head, worker = there
    world.shut_out(head)
    with pytest.raises(DomainError, match="conflict"):
        keep.make_transfer(world.case, office)
    other = make.make_head(office)
    transfer = keep.make_transfer(world.case, office)
    assert set(Notice.objects.filter(kind="transfer_offered").values_list("user", flat=True)) == {
        other.pk
    }
    assert not Transfer.objects.visible_to(head).exists()
    world.shut_out(worker)
    with pytest.raises(DomainError, match="cannot answer"):
        accept_transfer(transfer, worker, actor=other)


def test_who_answers_must_work_there(world, there):
    office, head, _worker = there
    transfer = keep.make_transfer(world.case, office)
    for stranger in (world.responsible, make.make_psychologist(office), make.make_user()):
        with pytest.raises(DomainError, match="cannot answer"):
            accept_transfer(transfer, stranger, actor=head)


def test_one_offer_at_a_time_and_none_of_a_closed_or_closing_case(world, there):
    office = there[0]
    head = make.make_head(world.lenin)
    keep.make_transfer(world.case, office, head)
    with pytest.raises(DomainError, match="offered already"):
        keep.make_transfer(world.case, world.centre, head)
    other = make.make_case(world.lenin, world.responsible)
    ask_closing(other, keep.make_ending(other), actor=world.responsible)
    with pytest.raises(DomainError, match="being closed"):
        keep.make_transfer(other, office, head)
    with pytest.raises(DomainError, match="another office"):
        keep.make_transfer(
            make.make_case(world.lenin), make.make_office("city", OfficeKind.CITY), head
        )


def test_open_tasks_go_with_the_case(world, there):
    office, head, worker = there
    due = clock.today() + dt.timedelta(days=3)
    of_worker, of_helper = (
        Task.objects.create(case=world.case, what="Чалуу", due_on=due, assigned_to=who, made_by=who)
        for who in (world.responsible, world.psychologist)
    )
    accept_transfer(keep.make_transfer(world.case, office), worker, actor=head)
    of_worker.refresh_from_db()
    of_helper.refresh_from_db()
    assert (of_worker.assigned_to, of_helper.assigned_to) == (worker, world.psychologist)


def test_my_day_of_the_head_there_says_it(world, there):
    office, head, _worker = there
    transfer = keep.make_transfer(world.case, office)
    assert [line.url for line in waiting_for(head)] == [transfer.get_absolute_url()]


# A hand-over to a colleague.


def test_handed_over_when_the_colleague_accepts(world):
    next_worker = world.colleague(Role.CASEWORKER)
    hand_over = keep.make_hand_over(world.case, next_worker)
    assert Case.objects.get().responsible == world.responsible
    assert not Case.objects.content_visible_to(next_worker).exists()
    assert [line.url for line in waiting_for(next_worker)] == [hand_over.get_absolute_url()]
    accept_hand_over(hand_over, actor=next_worker)
    assert Case.objects.get().responsible == next_worker
    assert not Case.objects.content_visible_to(world.responsible).exists()


def test_a_hand_over_is_answered_by_the_colleague_alone(world):
    hand_over = keep.make_hand_over(world.case, world.colleague(Role.CASEWORKER))
    for other in (world.responsible, make.make_head(world.lenin), world.colleague(Role.CASEWORKER)):
        with pytest.raises(PermissionDenied):
            accept_hand_over(hand_over, actor=other)


def test_a_refused_or_withdrawn_hand_over_leaves_the_case(world):
    colleague = world.colleague(Role.CASEWORKER)
    with pytest.raises(DomainError):
        refuse_hand_over(keep.make_hand_over(world.case, colleague), "", actor=colleague)
    refuse_hand_over(HandOver.objects.get(), "Өргүүгө чыгам", actor=colleague)
    withdraw_hand_over(keep.make_hand_over(world.case, colleague), actor=world.responsible)
    assert Case.objects.get().responsible == world.responsible


def test_the_heads_assignment_overtakes_a_hand_over(world):
    hand_over = keep.make_hand_over(world.case, world.colleague(Role.CASEWORKER))
    other = world.colleague(Role.CASEWORKER)
    assign_case(world.case, other, actor=make.make_head(world.lenin))
    hand_over.refresh_from_db()
    assert hand_over.status == OfferStatus.WITHDRAWN


@pytest.mark.parametrize("who", ["self", "stranger", "psychologist", "shut out"])
def test_a_case_is_handed_only_to_who_may_answer_for_it(world, who):
    to = {
        "self": lambda: world.responsible,
        "stranger": lambda: make.make_caseworker(world.centre),
        "psychologist": lambda: world.colleague(Role.PSYCHOLOGIST),
        "shut out": lambda: world.shut_out(world.colleague(Role.CASEWORKER)),
    }[who]()
    with pytest.raises(DomainError, match="cannot answer"):
        offer_hand_over(world.case, to, "кыскача", actor=world.responsible)


# Whoever has left.


def test_a_forsaken_case_is_the_heads_until_it_is_assigned(world, sign_in):
    head = make.make_head(world.lenin)
    assert not Case.objects.held_by(head).exists()
    ended(world.responsible)
    assert Case.objects.held_by(head).get() == world.case
    assert not Case.objects.held_by(world.colleague(Role.CASEWORKER)).exists()
    assert world.case.number in sign_in(head).get("/").content.decode()
    late = [line for line in waiting_for(head) if line.number == world.case.number]
    assert late[0].urgency == Urgency.LATE
    assign_case(world.case, world.colleague(Role.CASEWORKER), actor=head)
    assert not Case.objects.held_by(head).exists()


def test_heads_are_told_of_a_forsaken_case_once(world):
    head, other = make.make_head(world.lenin), make.make_head(world.lenin)
    shut = world.shut_out(make.make_head(world.lenin))
    assert tell_of_forsaken(head) == 0
    ended(world.responsible)
    assert (tell_of_forsaken(head), tell_of_forsaken(head), tell_of_forsaken(other)) == (1, 0, 0)
    told = Notice.objects.filter(kind="case_forsaken").values_list("user", flat=True)
    assert sorted(told) == sorted([head.pk, other.pk])
    assert shut.pk not in told and ForsakenNotice.objects.count() == 1
    assert tell_of_forsaken(world.colleague(Role.CASEWORKER)) == 0


def test_signing_in_tells_the_head(world, client, try_password):
    head = make.make_head(world.lenin)
    ended(world.responsible)
    try_password(head.username)
    assert Notice.objects.filter(user=head, kind="case_forsaken").exists()


def test_who_leaves_is_listed_with_the_cases(world, sign_in):
    head = make.make_head(world.lenin)
    stays = make.make_case(world.lenin)
    page = sign_in(head).get("/cases/leaving/").content.decode()
    assert world.case.number not in page
    place = world.responsible.memberships.get()
    place.ends_on = clock.today() + dt.timedelta(days=10)
    place.save()
    page = sign_in(head).get("/cases/leaving/").content.decode()
    assert world.case.number in page and world.responsible.surname in page
    assert stays.number not in page
    lines = [line for line in waiting_for(world.responsible) if "view=mine" in line.url]
    assert lines[0].count == 1
