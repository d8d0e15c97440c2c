"""Accompaniments: written once for several children, going on by themselves, never a result that was not."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation

from casework.accompaniment_enums import AccompanimentStatus
from casework.enums import EpisodeKind, EpisodeStatus
from casework.models import Accompaniment, Episode
from casework.services import accompaniments as services
from casework.services import episodes as help_
from casework.services.accompaniments import Outcome, Way
from casework.services.episode_results import has_result, missing_for_completion
from casework.services.meetings import begin_unplanned_meeting
from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import Notice
from tests import builders as make

from .accompaniment_builders import (
    make_accompaniment,
    make_lawyer,
    make_legal_episode,
    make_social_episode,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english():
    """Refusals are compared by the words that stand in the code."""
    with translation.override("en"):
        yield


PLANNED, HELD, PUT_OFF, DECIDED, CANCELLED = AccompanimentStatus


def in_days(days):
    return clock.today() + dt.timedelta(days=days)


def court(**fields):
    said = {"kind": "court", "on": in_days(5), "purpose": "Ата-энелик укуктар", "role": "support"}
    return Way(**{**said, "organisation_text": "Свердлов райондук соту", **fields})


def hospital(**fields):
    said = {"kind": "medical", "on": in_days(0), "purpose": "Рентген"}
    return Way(**{**said, "organisation_text": "Оорукана", **fields})


@pytest.fixture
def episode():
    make.make_standard()
    return make_legal_episode()


def test_hearing_is_planned_and_the_responsible_worker_told(episode):
    made = services.add_accompaniment(episode, court(), actor=episode.specialist)

    assert (made.status, list(made.episodes.all())) == (PLANNED, [episode])
    notice = Notice.objects.get(user=episode.case.responsible)
    assert (notice.kind, notice.number) == ("hearing_planned", episode.case.number)


def test_next_hearing_typed_once_is_the_next_planned_one(episode):
    lawyer = episode.specialist
    first = make_accompaniment(episode, status=PLANNED, on=in_days(0), place="4-бөлмө")
    put_off = Outcome(PUT_OFF, "Жоопкер келген жок", next_on=in_days(14), next_at=dt.time(10, 30))

    services.record_accompaniment(first, put_off, seen=first.version, actor=lawyer)

    following = services.next_of(first)
    same = ("kind", "organisation_text", "purpose", "court_number", "role", "place")
    first.refresh_from_db()
    assert [getattr(following, f) for f in same] == [getattr(first, f) for f in same]
    assert (following.on, following.at, following.status) == (in_days(14), dt.time(10, 30), PLANNED)
    assert list(following.episodes.all()) == [episode]


def test_mended_next_day_moves_the_planned_one_and_makes_no_second(episode):
    lawyer = episode.specialist
    first = make_accompaniment(episode, status=PLANNED, on=in_days(0))
    for days in (14, 21):
        first.refresh_from_db()
        said = Outcome(PUT_OFF, next_on=in_days(days))
        services.record_accompaniment(first, said, seen=first.version, actor=lawyer)

    assert list(Accompaniment.objects.planned().values_list("on", flat=True)) == [in_days(21)]


def test_one_way_lies_in_the_file_of_every_child_ticked():
    make.make_standard()
    case = make.make_case()
    worker = make.make_caseworker(case.office)
    brother = make.make_child("Асанбек уулу", "Нурбол")
    case.child_places.create(person=brother)
    first = make_social_episode(case, worker)
    second = make_social_episode(case, worker, person=brother)

    said = Outcome(HELD, "Гипс салынды")
    made = services.add_accompaniment(first, hospital(), also=[second], outcome=said, actor=worker)

    assert Accompaniment.objects.count() == 1
    assert set(made.episodes.all()) == {first, second}
    assert [has_result(first), has_result(second)] == [True, True]


@pytest.mark.parametrize("what", ["another case", "another's help", "another kind"])
def test_nothing_is_ticked_into_files_that_are_not_the_writers(what, episode):
    lawyer = episode.specialist
    other = {
        "another case": lambda: make_legal_episode(make.make_case(), lawyer),
        "another's help": lambda: make_legal_episode(episode.case),
        "another kind": lambda: make_social_episode(episode.case),
    }[what]()
    with pytest.raises((DomainError, PermissionDenied)):
        services.add_accompaniment(episode, court(), also=[other], actor=lawyer)
    assert not Accompaniment.objects.exists()


def test_help_is_completed_only_with_its_result(episode):
    lawyer = episode.specialist
    for status in (PUT_OFF, CANCELLED):
        make_accompaniment(episode, status=status)
    with pytest.raises(DomainError, match="at least one accompaniment in court"):
        help_.complete_episode(episode, seen=0, actor=lawyer)

    planned = make_accompaniment(episode, status=PLANNED, on=in_days(0))
    make_accompaniment(episode, status=HELD)
    assert len(missing_for_completion(episode)) == 1
    services.record_accompaniment(planned, Outcome(DECIDED), seen=0, actor=lawyer)

    assert help_.complete_episode(episode, seen=0, actor=lawyer).status == EpisodeStatus.COMPLETED


def test_what_help_was_completed_with_stays(episode):
    lawyer = episode.specialist
    one = make_accompaniment(episode, status=DECIDED)
    help_.complete_episode(episode, seen=0, actor=lawyer)

    with pytest.raises((DomainError, PermissionDenied)):
        services.record_accompaniment(one, Outcome(PUT_OFF), seen=one.version, actor=lawyer)
    one.refresh_from_db()
    assert one.status == DECIDED


def test_shared_result_of_one_completed_help_stays_though_the_other_goes_on():
    make.make_standard()
    case = make.make_case()
    worker = make.make_caseworker(case.office)
    brother = make.make_child("Асанбек уулу", "Нурбол")
    case.child_places.create(person=brother)
    first = make_social_episode(case, worker)
    second = make_social_episode(case, worker, person=brother)
    one = make_accompaniment(first, second)
    help_.complete_episode(first, seen=0, actor=worker)

    with pytest.raises(DomainError, match="stays as it is written"):
        services.record_accompaniment(one, Outcome(HELD, "?"), seen=0, actor=worker)


def test_ended_help_calls_off_what_is_planned_and_leaves_what_is_shared():
    make.make_standard()
    case = make.make_case()
    worker = make.make_caseworker(case.office)
    brother = make.make_child("Асанбек уулу", "Нурбол")
    case.child_places.create(person=brother)
    first = make_social_episode(case, worker)
    second = make_social_episode(case, worker, person=brother)
    alone = make_accompaniment(first, status=PLANNED)
    shared = make_accompaniment(first, second, status=PLANNED)

    help_.end_episode(first, reason="Көчүп кетти", seen=0, actor=worker)

    alone.refresh_from_db()
    shared.refresh_from_db()
    assert (alone.status, alone.cancel_reason) == (CANCELLED, "Көчүп кетти")
    assert (shared.status, list(shared.episodes.all())) == (PLANNED, [second])


def test_handed_over_help_takes_its_planned_hearings_along(episode):
    planned, held = make_accompaniment(episode, status=PLANNED), make_accompaniment(episode)
    former, successor = episode.specialist, make_lawyer()
    head = make.make_head(episode.office)

    help_.hand_over_episode(episode, specialist=successor, reason="Өргүү", seen=0, actor=head)

    planned.refresh_from_db()
    held.refresh_from_db()
    assert (planned.specialist, held.specialist) == (successor, former)
    with pytest.raises(PermissionDenied):
        services.cancel_accompaniment(planned, reason="?", actor=former)
    assert services.cancel_accompaniment(planned, reason="?", actor=successor).status == CANCELLED


@pytest.mark.parametrize(
    ("way", "outcome", "words"),
    [
        (court(on=dt.date(2020, 1, 1)), None, "has passed"),
        (court(on=dt.date(2099, 1, 1)), None, "too far ahead"),
        (court(organisation_text=" "), None, "where to"),
        (court(role=""), None, "as what you are"),
        (court(kind="medical"), None, "no accompaniments of this kind"),
        (court(), Outcome(HELD), "has not come yet"),
        (court(on=dt.date(2026, 1, 12)), Outcome("planned"), "how it went"),
        (
            court(on=dt.date(2026, 1, 12)),
            Outcome(HELD, next_on=dt.date(2026, 1, 12)),
            "comes after",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(way, outcome, words, episode):
    with pytest.raises(DomainError, match=words):
        services.add_accompaniment(episode, way, outcome=outcome, actor=episode.specialist)
    assert not Accompaniment.objects.exists()


def test_social_help_knows_no_decisions():
    make.make_standard()
    episode = make_social_episode()
    with pytest.raises(DomainError, match="how it went"):
        services.add_accompaniment(
            episode, hospital(), outcome=Outcome(DECIDED), actor=episode.specialist
        )


def test_changed_meanwhile_is_said_and_nothing_overwritten(episode):
    one = make_accompaniment(episode, status=PLANNED, on=in_days(0))
    services.record_accompaniment(one, Outcome(HELD, "Угулду"), seen=0, actor=episode.specialist)
    with pytest.raises(DomainError, match="while you were typing"):
        services.record_accompaniment(one, Outcome(PUT_OFF), seen=0, actor=episode.specialist)
    one.refresh_from_db()
    assert (one.status, one.result) == (HELD, "Угулду")


READERS = {"lawyer", "responsible", "stand_in", "head"}


def test_only_those_who_read_the_help_know_of_its_accompaniments(episode):
    case = episode.case
    one = make_accompaniment(episode)
    stand_in = make.make_caseworker(case.office)
    make.make_stand_in(case.responsible.memberships.get(), stand_in)
    shut_out = make.make_head(case.office)
    case.conflicts.create(user=shut_out, reason="тууганы", declared_by=shut_out)
    psychologist = make.make_psychologist()
    make.make_episode(case, psychologist)
    people = {
        "lawyer": episode.specialist,
        "responsible": case.responsible,
        "stand_in": stand_in,
        "head": make.make_head(case.office),
        "shut_out": shut_out,
        "psychologist": psychologist,
        "other_lawyer": make_lawyer(),
        "asked_head": make.make_head(episode.office),
        "colleague": make.make_caseworker(case.office),
        "operator": make.make_user(Role.OPERATOR, case.office),
        "superuser": make.make_user(is_superuser=True),
    }
    make_accompaniment(make_legal_episode(make.make_case(), people["other_lawyer"]))

    knows = {
        who
        for who, user in people.items()
        if Accompaniment.objects.visible_to(user).filter(pk=one.pk).exists()
    }
    assert knows == READERS


def test_lawyers_hold_consultations_with_the_clock_and_no_sessions(episode):
    with pytest.raises(DomainError, match="no meetings of this kind"):
        begin_unplanned_meeting(episode, kind="session", actor=episode.specialist)
    begun = begin_unplanned_meeting(episode, kind="consultation", actor=episode.specialist)
    assert begun.limit_minutes == 30


def test_all_three_kinds_can_be_asked_for():
    make.make_standard()
    case = make.make_case()
    make.make_head(case.office)
    for kind, office in (
        (EpisodeKind.LEGAL, make_lawyer().memberships.get().office),
        (EpisodeKind.SOCIAL, case.office),
    ):
        asked = help_.request_episode(
            case,
            person=case.child_places.get().person,
            kind=kind,
            office=office,
            request="?",
            actor=case.responsible,
        )
        assert asked.status == EpisodeStatus.REQUESTED
    assert Episode.objects.filter(case=case).count() == 2
