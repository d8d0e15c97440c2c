"""What is put together once for a standing: it asks nothing while it is made, is the same all day, and finds what is new."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.models import CaseDeadline
from casework.plan_enums import Deadline
from casework.plan_waiting import AHEAD, REVIEW_AHEAD
from core import clock
from offices.asked_often import MAKERS, _Now
from offices.enums import Role
from offices.standing import settle
from offices.waiting import waiting_for
from tests import builders as make
from tests.access.world import World, cast_of
from tests.casework.plan_builders import make_plan

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def nothing_kept():
    for maker in MAKERS:
        maker.forget()


def spelt(made):
    """What a maker made, so that two of the like are equal."""
    if made is None or isinstance(made[0] if made else None, str):
        sql, values = made or ("", ())
        return sql, ["now" if isinstance(value, _Now) else value for value in values]
    return [spelt(one.words) for one in made]


def due(case, kind, at):
    CaseDeadline.objects.create(case=case, kind=kind, started_at=at - AHEAD, due_at=at)


def urls(user):
    return [line.url for line in waiting_for(user)]


def tab(case, name):
    return reverse("cases:case_tab", args=[case.pk, name])


def made_at(hour, maker, user):
    with (
        clock.moved_to(clock.midnight(clock.today()) + hour * HOUR),
        CaptureQueriesContext(connection) as asked,
    ):
        return spelt(maker.make(user)), len(asked)


def test_nothing_is_asked_in_the_making_and_no_moment_is_kept():
    people = [(name, user) for name, user in cast_of(World()).items() if user.is_authenticated]
    for _, user in people:
        settle(user)
    made = {
        (maker.make.__qualname__, n, name): (made_at(9, maker, user), made_at(17, maker, user))
        for n, maker in enumerate(MAKERS)
        for name, user in people
    }
    assert {k: v for k, v in made.items() if v[0] != v[1]} == {}
    assert {k: asked for k, ((_, asked), _) in made.items() if asked} == {}
    says_something = {
        n for (_, n, _), ((words, _), _) in made.items() if words not in ([], ("", []))
    }
    assert says_something == set(range(len(MAKERS)))


def test_what_has_come_since_is_found_by_what_was_made_before():
    """The days are those of the asking: what comes due an hour later is not due for who asked too early."""
    world = World()
    due(world.case, Deadline.COMPREHENSIVE, clock.now() + AHEAD + HOUR)
    assert urls(world.responsible) == []
    with clock.advanced_by(2 * HOUR):
        assert urls(world.responsible) == [tab(world.case, "assessments")]


def test_a_new_day_makes_it_anew():
    world = World()
    plan = make_plan(
        world.case, status="approved", review_on=clock.today() + REVIEW_AHEAD + DAY, measures=0
    )
    assert urls(world.responsible) == []
    with clock.advanced_by(DAY):
        assert urls(world.responsible) == [plan.get_absolute_url()]


def test_a_new_standing_makes_it_anew():
    world = World()
    head = make.make_head(world.lenin)
    due(world.case, Deadline.PLAN, clock.now() - 48 * HOUR)
    late = tab(world.case, "plan")
    assert late in urls(head)
    held = head.memberships.get(role=Role.HEAD)
    held.ends_on = clock.today() - DAY
    held.save()
    assert urls(head) == []
    with clock.advanced_by(-DAY):
        assert late in urls(head)


def test_everybody_is_told_the_same_by_what_was_made_before():
    people = cast_of(World())
    for user in people.values():
        if user.is_authenticated:
            made, kept = waiting_for(user), waiting_for(user)
            assert made == kept
