"""Every step of an episode, in every state, for everybody: allowed, too late, or never theirs."""

import pytest
from django.core.exceptions import PermissionDenied

from casework.enums import ConclusionStatus, EpisodeStatus
from casework.models import CaseConflict, Conclusion, Episode
from casework.services import episodes as services
from core import clock
from core.errors import DomainError
from offices.enums import Role
from tests import builders as make

pytestmark = pytest.mark.django_db

REQUESTED, RETURNED, ACTIVE, COMPLETED, ENDED = EpisodeStatus.values

# Who may take a step, and in which states.
STEPS = {
    "request_again": ({"responsible", "stand_in", "case_head"}, {RETURNED}),
    "withdraw": ({"responsible", "stand_in", "case_head"}, {REQUESTED, RETURNED}),
    "accept": ({"asked_head", "deputy"}, {REQUESTED}),
    "return": ({"asked_head", "deputy"}, {REQUESTED}),
    "hand_over": ({"asked_head", "deputy"}, {ACTIVE}),
    "complete": ({"specialist"}, {ACTIVE}),
    "end": ({"specialist", "asked_head", "deputy", "case_head"}, {ACTIVE}),
}
PEOPLE = (
    "responsible",
    "stand_in",
    "case_head",
    "asked_head",
    "deputy",
    "specialist",
    "colleague",
    "case_colleague",
    "operator",
    "stranger",
    "stranger_head",
    "auditor",
    "superuser",
    "shut_out_head",
)


@pytest.fixture
def cast():
    """Everybody around a case of Lenin whose help is asked of the Centre; strangers own comparable rows."""
    make.make_standard()
    lenin, centre, oktyabr = (
        make.make_office("lenin"),
        make.make_centre(),
        make.make_office("oktyabr"),
    )
    people = {
        "responsible": make.make_caseworker(lenin),
        "stand_in": make.make_caseworker(lenin),
        "case_head": make.make_head(lenin),
        "asked_head": make.make_head(centre),
        "deputy": make.make_psychologist(centre),
        "specialist": make.make_psychologist(centre),
        "colleague": make.make_psychologist(centre),
        "case_colleague": make.make_caseworker(lenin),
        "operator": make.make_user(Role.OPERATOR, lenin),
        "stranger": make.make_caseworker(oktyabr),
        "stranger_head": make.make_head(oktyabr),
        "auditor": make.make_user(Role.AUDITOR, make.make_office("city", "city")),
        "superuser": make.make_user(is_superuser=True),
        "shut_out_head": make.make_head(centre),
    }
    make.make_stand_in(people["responsible"].memberships.get(), people["stand_in"])
    make.make_stand_in(people["asked_head"].memberships.get(), people["deputy"])
    make.make_episode(make.make_case(oktyabr, people["stranger"]), make.make_psychologist(oktyabr))
    return people


@pytest.fixture
def episode_in(cast):
    def build(status):
        case = make.make_case(make.make_office("lenin"), cast["responsible"])
        head = cast["shut_out_head"]
        CaseConflict.objects.create(case=case, user=head, reason="тууганы", declared_by=head)
        episode = make.make_episode(
            case, cast["specialist"], status=status, office=make.make_centre()
        )
        signed(episode, cast["specialist"])
        return episode

    return build


def signed(episode, author, number=None):
    return Conclusion.objects.create(
        episode=episode,
        author=author,
        status=ConclusionStatus.SIGNED,
        number=number or f"К-{episode.pk.hex[:8]}",
        signed_at=clock.now(),
    )


def take(step, episode, actor, cast):
    seen, why = episode.version, "Себеби бар"
    if step == "request_again":
        return services.request_again(
            episode,
            seen=seen,
            person=episode.person,
            office=episode.office,
            request="?",
            actor=actor,
        )
    if step == "withdraw":
        return services.withdraw_request(episode, reason=why, actor=actor)
    if step == "accept":
        return services.accept_episode(
            episode, specialist=cast["colleague"], seen=seen, actor=actor
        )
    if step == "return":
        return services.return_episode(episode, reason=why, seen=seen, actor=actor)
    if step == "hand_over":
        return services.hand_over_episode(
            episode, specialist=cast["colleague"], reason=why, seen=seen, actor=actor
        )
    if step == "complete":
        return services.complete_episode(episode, seen=seen, actor=actor)
    return services.end_episode(episode, reason=why, seen=seen, actor=actor)


def outcome_of(step, status, who, cast, episode_in):
    episode = episode_in(status)
    try:
        take(step, episode, cast[who], cast)
    except PermissionDenied:
        outcome = "denied"
    except DomainError:
        outcome = "too late"
    else:
        return "done"
    assert Episode.objects.get(pk=episode.pk).status == status
    return outcome


def expected(step, status, who):
    people, states = STEPS[step]
    if who not in people:
        return "denied"
    # The specialist knows nothing of a request that nobody has accepted.
    if who == "specialist" and status in (REQUESTED, RETURNED):
        return "denied"
    return "done" if status in states else "too late"


@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("step", STEPS)
def test_step_is_for_its_people_in_its_states(step, who, cast, episode_in):
    found = {s: outcome_of(step, s, who, cast, episode_in) for s in EpisodeStatus.values}

    assert found == {s: expected(step, s, who) for s in EpisodeStatus.values}


@pytest.mark.parametrize("who", PEOPLE)
def test_request_is_for_those_who_work_the_case(who, cast):
    case = make.make_case(make.make_office("lenin"), cast["responsible"])
    head = cast["shut_out_head"]
    CaseConflict.objects.create(case=case, user=head, reason="тууганы", declared_by=head)
    asked = {
        "person": case.child_places.get().person,
        "kind": "psychological",
        "office": make.make_centre(),
        "request": "Эмне болду?",
    }
    if who in ("responsible", "stand_in", "case_head"):
        assert services.request_episode(case, **asked, actor=cast[who]).requested_by == cast[who]
    else:
        with pytest.raises(PermissionDenied):
            services.request_episode(case, **asked, actor=cast[who])
        assert not Episode.objects.filter(case=case).exists()


# Who knows of the episode in each state, and who reads its meetings.
KNOWS = {"responsible", "stand_in", "case_head", "asked_head", "deputy"}
READS = {"responsible", "stand_in", "case_head"}


@pytest.mark.parametrize("status", EpisodeStatus.values)
def test_episode_is_visible_to_its_people_alone(status, cast, episode_in):
    episode = episode_in(status)
    given = set() if status in (REQUESTED, RETURNED) else {"specialist"}

    def those(queryset_for):
        return {who for who in PEOPLE if queryset_for(cast[who]).filter(pk=episode.pk).exists()}

    assert those(Episode.objects.visible_to) == KNOWS | given
    assert those(Episode.objects.content_visible_to) == READS | given
    opens = {"specialist"} if status in (ACTIVE, COMPLETED) else set()
    assert those(Episode.objects.held_by) == opens


@pytest.mark.parametrize("status", EpisodeStatus.values)
def test_case_opens_to_its_specialist_only_while_held(status, cast, episode_in):
    from casework.models import Case

    episode = episode_in(status)
    cases = Case.objects.content_visible_to(cast["specialist"])

    assert cases.filter(pk=episode.case_id).exists() == (status in (ACTIVE, COMPLETED))
    assert not Case.objects.visible_to(cast["asked_head"]).filter(pk=episode.case_id).exists()
