"""The reception: numbers of the day, turns, the 30-minute clock, and whoever was not received."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from core import clock
from core.errors import DomainError
from intake.models import Visitor, WaitingRoomDisplay
from intake.reception_page import desk_of, screen_of
from intake.reception_waiting import reception_waiting_for
from intake.services import display as screens
from intake.services import reception as services
from intake.services.reception import Arrival, Ending
from offices.enums import Role
from tests import builders as make
from tests.intake import reception_builders as came

MONDAY = clock.midnight(dt.date(2026, 11, 23)) + dt.timedelta(hours=10)


@pytest.fixture
def office(db):
    make.make_standard()
    return make.make_office("lenin", closes_at=dt.time(18))


@pytest.fixture
def keeper(office):
    return make.make_user(Role.OPERATOR, office)


@pytest.fixture
def worker(office):
    return make.make_caseworker(office)


@pytest.fixture
def morning():
    with clock.moved_to(MONDAY):
        yield


def register(office, keeper, **arrival):
    return services.register_visitor(office, Arrival(**arrival), actor=keeper)


def test_nothing_is_needed_but_that_somebody_came(morning, office, keeper):
    visitor = register(office, keeper)
    assert (visitor.number, visitor.status, visitor.full_name) == (1, "waiting", "")


def test_numbers_begin_anew_each_day_and_are_each_office_s_own(morning, office, keeper):
    other = make.make_office("oktyabr")
    there = make.make_user(Role.OPERATOR, other)
    numbers = [register(office, keeper).number for _n in range(3)] + [register(other, there).number]
    with clock.advanced_by(dt.timedelta(days=1)):
        numbers.append(register(office, keeper).number)
    assert numbers == [1, 2, 3, 1, 1]


def test_registration_that_fails_leaves_no_gap(morning, office, keeper):
    register(office, keeper)
    with pytest.raises(ValueError, match="NUL"):
        register(office, keeper, matter="а\0б")
    assert register(office, keeper).number == 2


@pytest.mark.django_db(transaction=True)
def test_two_desks_at_once_give_different_numbers_and_call_different_people():
    make.make_standard()
    office = make.make_office("lenin")
    workers = [make.make_caseworker(office) for _n in range(4)]

    def at_once(act):
        def alone(user):
            try:
                return act(user)
            finally:
                connection.close()

        with ThreadPoolExecutor(len(workers)) as pool:
            return [row.number for row in pool.map(alone, workers)]

    given = at_once(lambda user: services.register_visitor(office, Arrival(), actor=user))
    called = at_once(lambda user: services.call_next(office, window="1", actor=user))
    assert (sorted(given), sorted(called)) == ([1, 2, 3, 4], [1, 2, 3, 4])


def test_privileged_stand_first_by_rule_and_the_page_says_before_how_many(
    morning, office, keeper, worker
):
    for _n in range(2):
        register(office, keeper)
    register(office, keeper, privilege=came.make_privilege())
    rows = desk_of(office, clock.today(), worker).waiting
    assert [(row.visitor.number, row.overtakes) for row in rows] == [(3, 2), (1, 0), (2, 0)]
    assert services.call_next(office, window="3", actor=worker).number == 3


def test_privilege_said_late_counts_from_then_on(morning, office, keeper, worker):
    register(office, keeper)
    second = register(office, keeper)
    arrival = Arrival(privilege=came.make_privilege())
    services.change_visitor(second, arrival, seen=second.version, actor=keeper)
    assert services.call_next(office, window="3", actor=worker) == second


def test_out_of_turn_needs_a_reason_which_is_kept(morning, office, keeper, worker):
    register(office, keeper)
    second = register(office, keeper)
    with pytest.raises(DomainError, match="1"):
        services.call_visitor(second, window="3", actor=worker)
    services.call_visitor(second, window="3", reason="Баласы ооруп калды", actor=worker)
    second.refresh_from_db()
    assert (second.status, second.out_of_turn_reason) == ("called", "Баласы ооруп калды")


def test_who_did_not_come_in_waits_again_in_the_same_place(morning, office, keeper, worker):
    for _n in range(3):
        register(office, keeper)
    first = services.call_next(office, window="3", actor=worker)
    services.return_to_queue(first, actor=worker)
    assert services.call_next(office, window="4", actor=worker).number == 1


def test_who_left_and_came_back_the_same_day_is_not_lost(morning, office, keeper, worker):
    visitor = register(office, keeper)
    services.mark_left(visitor, reason="Тамакка", actor=keeper)
    assert screen_of(office).waiting == 0
    services.return_to_queue(visitor, actor=keeper)
    assert screen_of(office).next == [1]


def begun(office, keeper, worker):
    register(office, keeper)
    return services.begin_reception(
        services.call_next(office, window="3", actor=worker), actor=worker
    )


def test_consultation_takes_its_limit_from_the_standard_in_force(morning, office, keeper, worker):
    make.make_standard("2", in_force_from=dt.date(2026, 11, 1), consultation_minutes=20)
    visitor = begun(office, keeper, worker)
    assert (visitor.limit_minutes, visitor.standard.number) == (20, "2")
    assert visitor.limit_at - visitor.began_at == dt.timedelta(minutes=20)


@pytest.mark.parametrize(("minutes", "asks"), [(29, False), (31, True)])
def test_reason_is_asked_only_past_the_limit(morning, office, keeper, worker, minutes, asks):
    visitor = begun(office, keeper, worker)
    with clock.moved_to(visitor.began_at + dt.timedelta(minutes=minutes)):
        if asks:
            with pytest.raises(DomainError, match="30"):
                services.end_reception(visitor, Ending("information"), actor=worker)
        ending = Ending("information", overrun_reason="Котормочу күттүк")
        done = services.end_reception(visitor, ending, actor=worker)
    assert (done.status, done.overrun_reason) == ("ended", "Котормочу күттүк" if asks else "")


def test_one_worker_receives_one_at_a_time(morning, office, keeper, worker):
    begun(office, keeper, worker)
    register(office, keeper)
    second = services.call_next(office, window="3", actor=worker)
    with pytest.raises(DomainError, match="1"):
        services.begin_reception(second, actor=worker)


def test_touching_twice_changes_nothing(morning, office, keeper, worker):
    visitor = begun(office, keeper, worker)
    with clock.advanced_by(dt.timedelta(minutes=5)):
        assert services.begin_reception(visitor, actor=worker).began_at == visitor.began_at


def test_colleague_may_not_end_it_and_the_head_may(morning, office, keeper, worker):
    visitor = begun(office, keeper, worker)
    with pytest.raises(PermissionDenied):
        services.end_reception(visitor, Ending("information"), actor=make.make_caseworker(office))
    head = make.make_head(office)
    assert services.end_reception(visitor, Ending("case"), actor=head).outcome == "case"


def test_stranger_may_not_touch_a_visitor(morning, office, keeper):
    visitor = register(office, keeper)
    stranger = make.make_caseworker(make.make_office("oktyabr"))
    register(make.make_office("oktyabr"), stranger)
    with pytest.raises(PermissionDenied):
        services.mark_left(visitor, actor=stranger)
    assert Visitor.objects.visible_to(stranger).count() == 1


@pytest.mark.parametrize(
    ("hour", "told"),
    [(16, []), (17, [("soon", 2)]), (18, [("late", 2)])],
)
def test_who_still_waits_stands_out_from_an_hour_before_closing(
    morning, office, keeper, worker, hour, told
):
    register(office, keeper)
    register(office, keeper)
    with clock.moved_to(MONDAY + dt.timedelta(hours=hour - 10)):
        lines = list(reception_waiting_for(worker))
    assert [(line.urgency, line.count) for line in lines] == told


def test_unserved_are_the_head_s_until_reasoned(morning, office, keeper):
    register(office, keeper)
    head = make.make_head(office)
    with clock.moved_to(MONDAY + dt.timedelta(days=1)):
        assert [line.urgency for line in reception_waiting_for(head)] == ["late"]
        assert list(reception_waiting_for(keeper)) == []
        unserved = Visitor.objects.unserved(clock.now())
        with pytest.raises(DomainError):
            services.explain_unserved(office, unserved, reason=" ", actor=head)
        with pytest.raises(PermissionDenied):
            services.explain_unserved(office, unserved, reason="Жарык жок", actor=keeper)
        assert services.explain_unserved(office, unserved, reason="Жарык жок", actor=head) == 1
        assert list(reception_waiting_for(head)) == []
    assert Visitor.objects.get().absence_reason == "Жарык жок"


def test_received_before_closing_is_never_unserved(morning, office, keeper, worker):
    visitor = begun(office, keeper, worker)
    services.end_reception(visitor, Ending("information"), actor=worker)
    waiting = register(office, keeper)
    with clock.moved_to(MONDAY + dt.timedelta(hours=7, minutes=59)):
        assert list(Visitor.objects.unserved(clock.now())) == []
    with clock.moved_to(MONDAY + dt.timedelta(hours=8)):
        assert list(Visitor.objects.unserved(clock.now())) == [waiting]


def test_visitor_hands_name_needs_and_phone_to_the_application(morning, office, keeper):
    arrival = Arrival(
        surname="Асанова", given_name="Жаңыл", phone="0555 12 34 56", phone_is_safe=False,
        language="ky", matter="Жөлөкпул", needs=(came.make_need(),), needs_text="угуу аппараты",
    )  # fmt: skip
    carried = register(office, keeper, **arrival.__dict__).carried()
    adult = carried.adults[0]
    assert (carried.office, carried.reason, carried.identification.kind) == (
        office, "Жөлөкпул", "self",
    )  # fmt: skip
    assert (adult.surname, adult.phones[0].is_safe) == ("Асанова", False)
    assert adult.communication_needs == "Жаңсоо тили, угуу аппараты"
    assert register(office, keeper).carried().adults == ()


def test_screen_s_link_is_made_once_and_renewed_by_the_head(office, keeper):
    first = screens.display_of(office, actor=keeper)
    assert screens.display_of(office, actor=keeper).token == first.token
    with pytest.raises(PermissionDenied):
        screens.renew_display(office, actor=keeper)
    assert screens.renew_display(office, actor=make.make_head(office)).token != first.token
    assert WaitingRoomDisplay.objects.count() == 1
    assert len(first.token) >= 40
