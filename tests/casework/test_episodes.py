"""Asking for help, deciding, handing over, completing: what is written, who is told, what is refused."""

import datetime as dt

import pytest
from django.db import IntegrityError

from casework.enums import ConclusionStatus, EpisodeKind, EpisodeStatus, MeetingStatus
from casework.models import CaseConflict, Conclusion, Episode
from casework.services import episodes as services
from core import clock
from core.errors import ChangedMeanwhile, DomainError
from offices.models import Membership, Notice
from tests import builders as make
from tests.casework.test_episodes_states import signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    make.make_standard()
    return make.make_case(make.make_office("lenin"))


@pytest.fixture
def centre_head():
    return make.make_head(make.make_centre())


def asked(case, **fields):
    fields.setdefault("person", case.child_places.get().person)
    fields.setdefault("kind", EpisodeKind.PSYCHOLOGICAL)
    fields.setdefault("office", make.make_centre())
    fields.setdefault("request", "Баланын эмоционалдык абалы кандай?")
    fields.setdefault("actor", case.responsible)
    return services.request_episode(case, **fields)


def told(user):
    return [(n.kind, n.number, n.url) for n in Notice.objects.filter(user=user).order_by("at")]


def test_request_names_nobody_as_its_specialist_yet(case, centre_head):
    wished = make.make_psychologist()
    episode = asked(case, asked_specialist=wished)

    assert (episode.status, episode.specialist, episode.asked_specialist) == (
        EpisodeStatus.REQUESTED,
        None,
        wished,
    )
    assert told(centre_head) == [("episode_requested", case.number, episode.get_absolute_url())]
    assert told(wished) == []


def test_request_does_not_tell_a_head_with_a_conflict(case, centre_head):
    CaseConflict.objects.create(
        case=case, user=centre_head, reason="тууганы", declared_by=centre_head
    )
    make.make_psychologist()
    asked(case)

    assert told(centre_head) == []


def test_request_is_refused_for_a_stranger_to_the_family(case):
    make.make_psychologist()
    with pytest.raises(DomainError):
        asked(case, person=make.make_child("Ким", "Алексей"))


def test_request_is_refused_to_an_office_without_specialists(case):
    with pytest.raises(DomainError):
        asked(case, office=make.make_office("oktyabr"))


def test_request_is_refused_to_a_specialist_of_another_office(case):
    make.make_psychologist()
    elsewhere = make.make_psychologist(make.make_office("oktyabr"))
    with pytest.raises(DomainError):
        asked(case, asked_specialist=elsewhere)


def test_request_is_refused_twice_for_the_same_person_and_kind(case):
    make.make_psychologist()
    asked(case)
    with pytest.raises(DomainError):
        asked(case)
    assert Episode.objects.count() == 1


def test_accept_names_the_specialist_and_tells_both(case, centre_head):
    helper = make.make_psychologist()
    episode = asked(case)
    services.accept_episode(episode, specialist=helper, seen=0, actor=centre_head)

    episode.refresh_from_db()
    assert (episode.status, episode.specialist, episode.decided_by, episode.version) == (
        EpisodeStatus.ACTIVE,
        helper,
        centre_head,
        1,
    )
    assert [kind for kind, _, _ in told(helper)] == ["episode_assigned"]
    assert [kind for kind, _, _ in told(case.responsible)] == ["episode_accepted"]


@pytest.mark.parametrize("flaw", ["other office", "other role", "ended", "disabled", "shut out"])
def test_accept_is_refused_for_a_specialist_who_cannot_help(flaw, case, centre_head):
    helper = make.make_psychologist()
    episode = asked(case)
    if flaw == "other office":
        helper = make.make_psychologist(make.make_office("oktyabr"))
    elif flaw == "other role":
        helper = make.make_caseworker(make.make_centre())
    elif flaw == "ended":
        Membership.objects.filter(user=helper).update(ends_on=clock.today() - dt.timedelta(days=1))
    elif flaw == "disabled":
        helper.is_active = False
        helper.save()
    else:
        CaseConflict.objects.create(case=case, user=helper, reason="кошунасы", declared_by=helper)

    with pytest.raises(DomainError) as refusal:
        services.accept_episode(episode, specialist=helper, seen=0, actor=centre_head)
    # One wording for all: a tie to the family is nobody's business here.
    assert "кошунасы" not in str(refusal.value)
    assert Episode.objects.get().status == EpisodeStatus.REQUESTED


def test_accept_is_refused_over_a_change_meanwhile(case, centre_head):
    helper = make.make_psychologist()
    episode = asked(case)
    Episode.objects.filter(pk=episode.pk).update(version=5)
    with pytest.raises(ChangedMeanwhile):
        services.accept_episode(episode, specialist=helper, seen=0, actor=centre_head)


def test_return_says_why_and_may_be_asked_again_elsewhere(case, centre_head):
    make.make_psychologist()
    oktyabr = make.make_office("oktyabr")
    oktyabr_head = make.make_head(oktyabr)
    make.make_psychologist(oktyabr)
    episode = asked(case)
    services.return_episode(episode, reason="Бош адис жок", seen=0, actor=centre_head)
    assert [kind for kind, _, _ in told(case.responsible)] == ["episode_returned"]

    services.request_again(
        episode,
        seen=1,
        person=episode.person,
        office=oktyabr,
        request="Кайра сурайбыз",
        actor=case.responsible,
    )
    episode.refresh_from_db()
    assert (episode.status, episode.office, episode.return_reason) == (
        EpisodeStatus.REQUESTED,
        oktyabr,
        "",
    )
    assert [kind for kind, _, _ in told(oktyabr_head)] == ["episode_requested"]
    assert not Episode.objects.visible_to(centre_head).filter(pk=episode.pk).exists()


def test_return_without_a_reason_is_refused(case, centre_head):
    make.make_psychologist()
    episode = asked(case)
    with pytest.raises(DomainError):
        services.return_episode(episode, reason="  ", seen=0, actor=centre_head)


def test_hand_over_passes_the_plans_and_keeps_what_was_held(case, centre_head):
    former, helper = make.make_psychologist(), make.make_psychologist()
    episode = make.make_episode(case, former)
    held = make.make_meeting(episode)
    planned = make.make_meeting(episode, status=MeetingStatus.PLANNED)
    services.hand_over_episode(
        episode, specialist=helper, reason="Өргүүгө чыкты", seen=0, actor=centre_head
    )

    held.refresh_from_db()
    planned.refresh_from_db()
    assert (held.specialist, planned.specialist) == (former, helper)
    assert Episode.objects.of_specialist(former).count() == 0
    assert Episode.objects.of_specialist(helper).get() == episode
    # Whoever lost it is told without a way in.
    assert told(former) == [("episode_handed_over", case.number, "")]
    assert told(helper) == [("episode_handed_over", case.number, episode.get_absolute_url())]


def test_episode_of_a_specialist_who_left_waits_for_the_head(case, centre_head):
    from offices.waiting import waiting_for

    helper = make.make_psychologist()
    episode = make.make_episode(case, helper)
    assert waiting_for(centre_head) == []
    Membership.objects.filter(user=helper).update(ends_on=clock.today() - dt.timedelta(days=1))

    assert not Episode.objects.visible_to(helper).exists()
    assert [line.number for line in waiting_for(centre_head)] == [case.number]
    successor = make.make_psychologist()
    services.hand_over_episode(
        episode, specialist=successor, reason="Иштен кетти", seen=0, actor=centre_head
    )
    assert waiting_for(centre_head) == []


@pytest.mark.parametrize("status", [None, ConclusionStatus.DRAFT, ConclusionStatus.RETURNED])
def test_complete_is_refused_without_a_signed_conclusion(status, case):
    episode = make.make_episode(case)
    if status == ConclusionStatus.DRAFT:
        Conclusion.objects.create(episode=episode, author=episode.specialist)
    elif status == ConclusionStatus.RETURNED:
        conclusion = signed(episode, episode.specialist)
        conclusion.status, conclusion.return_reason = status, "Толук эмес"
        conclusion.returned_by, conclusion.returned_at = case.responsible, clock.now()
        conclusion.save()
    with pytest.raises(DomainError):
        services.complete_episode(episode, seen=0, actor=episode.specialist)
    assert Episode.objects.get().status == EpisodeStatus.ACTIVE


def test_complete_with_a_signed_conclusion_tells_the_responsible_worker(case):
    episode = make.make_episode(case)
    signed(episode, episode.specialist)
    services.complete_episode(episode, seen=0, actor=episode.specialist)

    episode.refresh_from_db()
    assert (episode.status, episode.completed_on) == (EpisodeStatus.COMPLETED, clock.today())
    assert [kind for kind, _, _ in told(case.responsible)] == ["episode_completed"]


@pytest.mark.parametrize("kind", [EpisodeKind.LEGAL, EpisodeKind.SOCIAL])
def test_complete_of_other_kinds_waits_for_their_own_result(kind, case):
    role = {"legal": "lawyer", "social": "caseworker"}[kind]
    helper = make.make_user(role, make.make_centre())
    episode = make.make_episode(case, helper, kind=kind)
    signed(episode, helper)
    with pytest.raises(DomainError):
        services.complete_episode(episode, seen=0, actor=helper)


@pytest.mark.parametrize(
    "status", [MeetingStatus.PLANNED, MeetingStatus.RUNNING, MeetingStatus.ENDED]
)
def test_complete_is_refused_while_a_meeting_is_open(status, case):
    episode = make.make_episode(case)
    signed(episode, episode.specialist)
    make.make_meeting(episode, status=status)
    with pytest.raises(DomainError):
        services.complete_episode(episode, seen=0, actor=episode.specialist)


def test_end_calls_off_what_was_planned(case):
    episode = make.make_episode(case)
    planned = make.make_meeting(episode, status=MeetingStatus.PLANNED)
    services.end_episode(episode, reason="Үй-бүлө көчүп кетти", seen=0, actor=episode.specialist)

    planned.refresh_from_db()
    episode.refresh_from_db()
    assert (planned.status, planned.missed_reason) == ("cancelled", "Үй-бүлө көчүп кетти")
    assert (episode.status, episode.ended_on) == (EpisodeStatus.ENDED, clock.today())


def test_database_refuses_a_request_that_already_has_its_specialist(case):
    episode = make.make_episode(case, status=EpisodeStatus.REQUESTED)
    with pytest.raises(IntegrityError):
        Episode.objects.filter(pk=episode.pk).update(specialist=make.make_psychologist())
