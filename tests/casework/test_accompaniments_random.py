"""Whatever is done in whatever order by whomever: no help is completed without clause 5's result, and no record is lost."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.accompaniment_enums import RESULTS, AccompanimentStatus
from casework.enums import EpisodeKind, EpisodeStatus
from casework.models import Accompaniment, Episode
from casework.services import accompaniments as services
from casework.services import episodes as help_
from casework.services.accompaniments import Outcome, Way
from core import clock
from core.errors import DomainError
from tests import builders as make

from .accompaniment_builders import make_lawyer

pytestmark = pytest.mark.django_db

ACTORS = ("specialist", "second", "responsible", "case_head", "asked_head", "stranger")
STATUSES = list(AccompanimentStatus)


class Scene:
    """Two children of one case with the same kind of help, and everybody around them."""

    def __init__(self, kind):
        make.make_standard()
        lenin, centre = make.make_office("lenin"), make.make_centre()
        case = make.make_case(lenin)
        brother = make.make_child("Асанбек уулу", "Нурбол")
        case.child_places.create(person=brother)
        maker = make_lawyer if kind == EpisodeKind.LEGAL else make.make_caseworker
        self.people = {
            "specialist": maker(centre),
            "second": maker(centre),
            "responsible": case.responsible,
            "case_head": make.make_head(lenin),
            "asked_head": make.make_head(centre),
            "stranger": maker(make.make_office("oktyabr")),
        }
        specialist = self.people["specialist"]
        self.episodes = [
            make.make_episode(case, specialist, kind=kind, office=centre),
            make.make_episode(case, specialist, kind=kind, office=centre, person=brother),
        ]
        self.way_kind = "court" if kind == EpisodeKind.LEGAL else "medical"

    def episode(self, n):
        return Episode.objects.get(pk=self.episodes[n % 2].pk)

    def accompaniment(self, n):
        found = list(Accompaniment.objects.order_by("on", "pk"))
        return found[n % len(found)] if found else None

    def way(self, days):
        role = "support" if self.way_kind == "court" else ""
        on = clock.today() + dt.timedelta(days=days)
        return Way(self.way_kind, on, "?", organisation_text="Жер", role=role)


def add(scene, actor, n, status):
    episode, other = scene.episode(n), scene.episode(n + 1)
    also = [other] if n % 3 == 0 else []
    outcome = None if n % 2 else Outcome(status)
    way = scene.way(3 if outcome is None else -1)
    services.add_accompaniment(episode, way, also=also, outcome=outcome, actor=actor)


def record(scene, actor, n, status):
    if one := scene.accompaniment(n):
        next_on = one.on + dt.timedelta(days=7) if n % 4 == 0 else None
        outcome = Outcome(status, next_on=next_on)
        services.record_accompaniment(one, outcome, seen=one.version, actor=actor)


def move(scene, actor, n, status):
    if one := scene.accompaniment(n):
        files = [scene.episode(n)] if n % 2 else [scene.episode(0), scene.episode(1)]
        services.change_accompaniment(
            one, scene.way(n % 3), files=files, seen=one.version, actor=actor
        )


def cancel(scene, actor, n, status):
    if one := scene.accompaniment(n):
        services.cancel_accompaniment(one, reason="?", actor=actor)


def complete(scene, actor, n, status):
    episode = scene.episode(n)
    help_.complete_episode(episode, seen=episode.version, actor=actor)


def end(scene, actor, n, status):
    episode = scene.episode(n)
    help_.end_episode(episode, reason="?", seen=episode.version, actor=actor)


def hand_over(scene, actor, n, status):
    episode = scene.episode(n)
    to = scene.people["second" if n % 2 else "specialist"]
    help_.hand_over_episode(episode, specialist=to, reason="?", seen=episode.version, actor=actor)


MOVES = (add, record, move, cancel, complete, end, hand_over)
steps = st.lists(
    st.tuples(
        st.sampled_from(MOVES),
        st.sampled_from((*ACTORS, "specialist", "specialist")),
        st.integers(0, 11),
        st.sampled_from(STATUSES),
    ),
    min_size=4,
    max_size=14,
)


@settings(max_examples=60)
@given(kind=st.sampled_from([EpisodeKind.LEGAL, EpisodeKind.SOCIAL]), taken=steps)
def test_no_help_is_completed_without_its_result_and_nothing_is_lost(kind, taken):
    with transaction.atomic():
        walk(Scene(kind), taken)
        transaction.set_rollback(True)


def walk(scene, taken):
    known = set()
    for step, who, n, status in taken:
        try:
            with transaction.atomic():
                step(scene, scene.people[who], n, status)
        except (DomainError, PermissionDenied):
            pass
        there = set(Accompaniment.objects.values_list("pk", flat=True))
        assert known <= there
        known = there
        for episode in Episode.objects.filter(status=EpisodeStatus.COMPLETED):
            held = episode.accompaniments.filter(status__in=RESULTS)
            assert held.exists(), (step.__name__, who)
        for one in Accompaniment.objects.all():
            assert one.episodes.exists(), step.__name__
            assert one.history.exists()
