"""Questions that are put together once: they find what they found anew each time, for everybody, at every moment."""

import datetime as dt

import pytest
from django.db.models import Q

from casework.models import Case, Conclusion, Episode, Family, Person, Release
from casework.services.sealed import open_sealed_door
from core import clock
from offices import asked_often
from offices.enums import Role
from tests import builders as make
from tests.access.world import World, cast_of
from tests.casework import keeping_builders as keep

pytestmark = pytest.mark.django_db

OF_CASES = ("visible_to", "named_for", "content_visible_to", "full_visible_to", "held_by")
OF_EPISODES = ("visible_to", "content_visible_to", "of_specialist", "held_by")
QUESTIONS = [
    *((Case, name) for name in OF_CASES),
    *((Episode, name) for name in OF_EPISODES),
    *((model, "visible_to") for model in (Person, Family, Conclusion, Release)),
    *((model, "full_visible_to") for model in (Person, Family)),
]
HALF_AN_HOUR = dt.timedelta(minutes=30)


@pytest.fixture(autouse=True)
def nothing_kept():
    asked_often._put_together.cache_clear()


def ways_of_asking(model, name, user):
    """What is found when it is kept, kept and asked again, asked within another question, and put together anew."""
    kept, rows = getattr(model.objects, name), model.objects.all()
    anew = getattr(type(rows), name).__wrapped__
    return [
        set(kept(user)),
        set(kept(user)),
        set(model.objects.filter(pk__in=kept(user))),
        set(model.objects.filter(Q(pk__in=kept(user)) & ~Q(pk=None))),
        set(rows) - set(model.objects.exclude(pk__in=kept(user))),
        set(kept(user).filter(pk__in=rows)),
        set(anew(rows.order_by("pk"), user)),
    ]


def test_everybody_finds_the_same_however_it_is_asked():
    people = cast_of(World())
    found = {
        (name, model, question): ways_of_asking(model, question, user)
        for name, user in people.items()
        for model, question in QUESTIONS
    }
    assert {k: v for k, v in found.items() if v[1:] != v[:-1]} == {}
    sizes = {
        question: {len(v[0]) for k, v in found.items() if k[1:] == question}
        for question in QUESTIONS
    }
    assert all(len(seen) > 1 for seen in sizes.values()), sizes  # it depends on who asks


def test_a_question_narrowed_before_stays_narrowed():
    world = World()
    other = make.make_case(world.lenin, world.responsible)
    assert set(Case.objects.full_visible_to(world.responsible)) == {world.case, other}
    narrowed = Case.objects.filter(pk=other.pk).full_visible_to(world.responsible)
    assert set(narrowed) == {other}
    loaded = Case.objects.select_related("office").order_by("number")
    assert list(loaded.full_visible_to(world.responsible)) == sorted(
        (world.case, other), key=lambda case: case.number
    )


def test_the_sealed_door_shuts_in_a_kept_question_too():
    world = World()
    head = make.make_head(make.make_office("oktyabr"))
    open_sealed_door(world.case.number, keep.WHY, actor=head)

    def found():
        outer = Episode.objects.filter(case__in=Case.objects.content_visible_to(head))
        return Case.objects.content_visible_to(head).count(), outer.exists()

    assert found() == (1, True)
    with clock.advanced_by(HALF_AN_HOUR):
        assert found() == (0, False)
    assert found() == (1, True)


def test_an_ended_membership_and_a_stand_in_of_tomorrow_count_at_once():
    world = World()
    tomorrow = clock.today() + dt.timedelta(days=1)
    colleague = world.colleague(Role.CASEWORKER)
    held = world.responsible.memberships.get()
    make.make_stand_in(held, colleague, starts_on=tomorrow, ends_on=tomorrow)
    assert not Case.objects.full_visible_to(colleague).exists()
    with clock.advanced_by(dt.timedelta(days=1)):
        assert Case.objects.full_visible_to(colleague).get() == world.case
    assert Case.objects.full_visible_to(world.responsible).exists()
    held.ends_on = clock.today() - dt.timedelta(days=1)
    held.save()
    assert not Case.objects.full_visible_to(world.responsible).exists()


def test_a_head_holds_from_the_day_on_which_the_worker_is_gone():
    world = World()
    head = world.colleague(Role.HEAD)
    held = world.responsible.memberships.get()
    held.ends_on = clock.today()
    held.save()
    assert not Case.objects.held_by(head).exists()
    with clock.advanced_by(dt.timedelta(days=1)):
        assert Case.objects.held_by(head).get() == world.case


def test_it_is_put_together_once_for_a_standing():
    world = World()
    for _ in range(3):
        assert Case.objects.content_visible_to(world.psychologist).exists()
    put_together = asked_often._put_together.cache_info()
    for _ in range(3):
        assert Case.objects.content_visible_to(world.psychologist).exists()
    assert asked_often._put_together.cache_info().misses == put_together.misses
