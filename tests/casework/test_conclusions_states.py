"""Every step of a conclusion in every state by everybody: who may, and that nothing moves for the others."""

import pytest
from django.core.exceptions import PermissionDenied

from casework.enums import ConclusionStatus, EpisodeStatus
from casework.models import Conclusion
from casework.services.conclusions import (
    begin_conclusion,
    begin_correction,
    countersign_conclusion,
    discard_conclusion,
    return_conclusion,
    sign_conclusion,
    text_digest,
)
from core import clock
from core.errors import ChangedMeanwhile, DomainError
from offices.enums import Role
from offices.models import Notice
from tests.access.world import ended
from tests.builders import (
    make_case,
    make_caseworker,
    make_centre,
    make_child,
    make_episode,
    make_head,
    make_membership,
    make_office,
    make_person,
    make_psychologist,
    make_stand_in,
    make_user,
)
from tests.casework.conclusion_builders import (
    make_conclusion,
    make_countersigned_conclusion,
    make_returned_conclusion,
    make_signed_conclusion,
)

pytestmark = pytest.mark.django_db

MAKERS = {
    "draft": make_conclusion,
    "signed": make_signed_conclusion,
    "returned": make_returned_conclusion,
    "countersigned": make_countersigned_conclusion,
}
STEPS = {
    "sign": lambda c, actor: sign_conclusion(c, seen=text_digest(c), actor=actor),
    "countersign": lambda c, actor: countersign_conclusion(c, actor=actor),
    "return": lambda c, actor: return_conclusion(c, reason="3-В эмес", actor=actor),
    "correct": lambda c, actor: begin_correction(c, correction_ky="Классы 3-В", actor=actor),
    "discard": lambda c, actor: discard_conclusion(c, actor=actor),
}
# What may be done in each state, and by whom. Everybody else is refused.
ALLOWED = {
    ("sign", "draft"): {"author"},
    ("discard", "draft"): {"author"},
    ("countersign", "signed"): {"head", "deputy"},
    ("return", "signed"): {"head", "deputy", "author"},
    ("correct", "signed"): {"author"},
    ("correct", "returned"): {"author"},
    ("correct", "countersigned"): {"author"},
}


def people_around(conclusion):
    """Everybody who is something to the conclusion or to nothing of it."""
    case, office = conclusion.episode.case, conclusion.episode.office
    head = make_head(office)
    shut = make_head(office)
    case.conflicts.create(user=shut, reason="тууганы", declared_by=shut)
    stranger = make_psychologist(make_office("oktyabr"))
    make_conclusion(make_episode(make_case(make_office("oktyabr")), stranger))
    return {
        "author": conclusion.author,
        "head": head,
        "deputy": stand_in_for_head(head, office),
        "head shut out": shut,
        "former head": ended(make_head(office)),
        "another psychologist": make_psychologist(office),
        "psychologist elsewhere": stranger,
        "responsible": case.responsible,
        "case's head": make_head(case.office),
        "operator": make_user(Role.OPERATOR, case.office),
        "administrator": make_user(Role.ADMINISTRATOR, office),
        "auditor": make_user(Role.AUDITOR, office),
    }


def stand_in_for_head(head, office):
    user = make_caseworker(office)
    make_stand_in(head.memberships.get(), user)
    return user


@pytest.mark.parametrize("state", MAKERS)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_for_its_people_in_its_state(step, state):
    conclusion = MAKERS[state]()
    people = people_around(conclusion)
    may = ALLOWED.get((step, state), set())
    for name, actor in people.items():
        if name not in may:
            with pytest.raises((PermissionDenied, DomainError)):
                STEPS[step](conclusion, actor)
            assert Conclusion.objects.get(pk=conclusion.pk).status == state, name
    assert Conclusion.objects.filter(episode=conclusion.episode).count() == 1
    for name in sorted(may)[:1]:
        STEPS[step](conclusion, people[name])


@pytest.mark.parametrize(("step", "state"), [k for k, v in ALLOWED.items() if "deputy" in v])
def test_deputy_acts_for_the_head(step, state):
    conclusion = MAKERS[state]()
    STEPS[step](conclusion, people_around(conclusion)["deputy"])
    assert Conclusion.objects.get(pk=conclusion.pk).status != state


def test_head_never_countersigns_their_own():
    office = make_centre()
    author = make_psychologist(office)
    make_membership(author, Role.HEAD, office)
    conclusion = make_signed_conclusion(make_episode(specialist=author))
    with pytest.raises(PermissionDenied):
        countersign_conclusion(conclusion, actor=author)


def test_author_who_left_neither_signs_nor_corrects():
    draft, issued = make_conclusion(), make_countersigned_conclusion()
    for conclusion, step in ((draft, "sign"), (issued, "correct")):
        ended(conclusion.author)
        with pytest.raises(PermissionDenied):
            STEPS[step](conclusion, conclusion.author)


def test_successor_in_the_episode_corrects_what_the_former_author_signed():
    old = make_countersigned_conclusion()
    successor = make_psychologist(old.episode.office)
    old.episode.specialist = successor
    old.episode.save()
    new = begin_correction(old, correction_ky="Классы 3-В", actor=successor)
    assert (new.author, new.replaces, new.revision) == (successor, old, 2)


def test_signing_numbers_locks_and_tells_the_heads():
    conclusion = make_conclusion()
    head, shut = make_head(conclusion.episode.office), make_head(conclusion.episode.office)
    conclusion.episode.case.conflicts.create(user=shut, reason="тууганы", declared_by=shut)
    signed = sign_conclusion(conclusion, seen=text_digest(conclusion), actor=conclusion.author)
    assert signed.status == ConclusionStatus.SIGNED
    assert signed.number.startswith(f"{signed.episode.office.index}.3-0001/")
    assert [n.user for n in Notice.objects.filter(kind="conclusion_signed")] == [head]


def test_numbers_of_the_journal_have_no_gap():
    numbers = [make_signed_conclusion().number for _ in range(3)]
    assert [n.split("-")[1][:4] for n in numbers] == ["0001", "0002", "0003"]


def test_signing_refuses_what_is_not_written_in_kyrgyz():
    conclusion = make_conclusion(findings_ky="")
    with pytest.raises(DomainError):
        sign_conclusion(conclusion, seen=text_digest(conclusion), actor=conclusion.author)


def test_signing_without_russian_is_said_expressly():
    conclusion = make_conclusion(findings_ru="")
    seen = text_digest(conclusion)
    with pytest.raises(DomainError):
        sign_conclusion(conclusion, seen=seen, actor=conclusion.author)
    signed = sign_conclusion(conclusion, seen=seen, waives_russian=True, actor=conclusion.author)
    assert signed.is_russian_waived


def test_only_what_was_seen_is_signed():
    conclusion = make_conclusion()
    seen = text_digest(conclusion)
    conclusion.episode.person.given_name = "Башка"
    conclusion.episode.person.save()
    with pytest.raises(ChangedMeanwhile):
        sign_conclusion(conclusion, seen=seen, actor=conclusion.author)


def test_taking_back_leaves_the_text_and_its_number():
    conclusion = make_signed_conclusion()
    conclusion.refresh_from_db()
    before = conclusion.snapshot
    returned = return_conclusion(conclusion, reason="Классы туура эмес", actor=conclusion.author)
    assert (returned.status, returned.number, returned.snapshot) == (
        ConclusionStatus.RETURNED,
        conclusion.number,
        before,
    )


def test_correcting_what_still_waits_takes_it_back():
    old = make_signed_conclusion()
    new = begin_correction(old, correction_ky="Классы 3-В", actor=old.author)
    old.refresh_from_db()
    assert old.status == ConclusionStatus.RETURNED
    assert (new.findings_ky, new.replaces, new.status) == (old.findings_ky, old, "draft")
    assert [u.method for u in new.used_methods.all()] == [u.method for u in old.used_methods.all()]


def test_correcting_twice_opens_the_same_draft():
    old = make_countersigned_conclusion()
    first = begin_correction(old, correction_ky="Классы 3-В", actor=old.author)
    assert begin_correction(old, correction_ky="Дагы", actor=old.author) == first


def test_version_that_has_been_corrected_is_not_corrected_again():
    old = make_countersigned_conclusion()
    new = begin_correction(old, correction_ky="Классы 3-В", actor=old.author)
    sign_conclusion(new, seen=text_digest(new), actor=new.author)
    with pytest.raises(DomainError):
        begin_correction(old, correction_ky="Дагы", actor=old.author)


def test_beginning_is_for_the_specialist_of_a_psychological_episode_in_progress():
    episode = make_episode()
    for actor in (episode.case.responsible, make_head(episode.office), make_psychologist()):
        with pytest.raises(PermissionDenied):
            begin_conclusion(episode, actor=actor)
    episode.status, episode.end_reason = EpisodeStatus.ENDED, "Көчүп кетти"
    episode.ended_on = clock.today()
    episode.save()
    with pytest.raises(PermissionDenied):
        begin_conclusion(episode, actor=episode.specialist)
    assert not Conclusion.objects.exists()


def test_beginning_fills_in_what_is_known():
    child = make_child()
    child.child.school_text, child.child.school_class = "№ 57 мектеп", "3-Б"
    child.child.save()
    episode = make_episode(make_case(child=child, mother=make_person("Төлөгөнова", "Жаңыл")))
    episode.request = "Баланын абалы кандай?"
    episode.request += " Эмне үчүн качат?"
    episode.save()
    conclusion = begin_conclusion(episode, actor=episode.specialist)
    assert conclusion.education_place_ky == "№ 57 мектеп, 3-Б"
    assert conclusion.question_ky == episode.request
    assert begin_conclusion(episode, actor=episode.specialist) == conclusion
