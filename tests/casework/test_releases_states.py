"""Every step of a release in every state by everybody: who may, and that nothing moves for the others."""

import pytest
from django.core.exceptions import PermissionDenied

from casework.enums import ReleaseForm, ReleaseStatus
from casework.models import Case, HiddenFact, Phone, Release
from casework.papers import from_snapshot
from casework.services.conclusions import begin_correction, sign_conclusion, text_digest
from casework.services.releases import (
    ask_release,
    grant_release,
    hand_out_release,
    hidden_in,
    refuse_release,
    sign_extract,
    suggested_extract,
    take_extract_back,
)
from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import Notice
from papers.models import IssuedPaper
from tests.access.world import ended
from tests.builders import (
    make_case,
    make_caseworker,
    make_child,
    make_episode,
    make_head,
    make_office,
    make_person,
    make_psychologist,
    make_stand_in,
    make_user,
)
from tests.casework.conclusion_builders import (
    KYRGYZ,
    RUSSIAN,
    make_countersigned_conclusion,
    make_ground,
    make_paper,
    make_release,
    make_signed_conclusion,
)

pytestmark = pytest.mark.django_db


def signed_extract():
    release = make_release(form=ReleaseForm.EXTRACT)
    return sign_extract(
        release, text_ky="Сунуштар", text_ru="Рекомендации", actor=release.conclusion.author
    )


def granted():
    release = make_release()
    release.status, release.decided_by = ReleaseStatus.GRANTED, release.requested_by
    release.decided_at, release.number = clock.now(), "01.5-0009/26"
    release.paper = make_paper(release.case.office, release.number, release.requested_by)
    release.save()
    return release


def refused():
    release = make_release()
    return refuse_release(release, reason="Негизи жок", actor=make_head(release.case.office))


MAKERS = {
    "full": make_release,
    "extract": lambda: make_release(form=ReleaseForm.EXTRACT),
    "signed extract": signed_extract,
    "granted": granted,
    "refused": refused,
}
STEPS = {
    "sign the extract": lambda r, actor: sign_extract(r, text_ky="Үзүндү", text_ru="", actor=actor),
    "take it back": lambda r, actor: take_extract_back(r, actor=actor),
    "grant": lambda r, actor: grant_release(r, ground=r.ground, actor=actor),
    "refuse": lambda r, actor: refuse_release(r, reason="Негизи жок", actor=actor),
    "hand out": lambda r, actor: hand_out_release(r, to="Мектеп", on=clock.today(), actor=actor),
}
HEADS = {"case's head", "case's deputy"}
ALLOWED = {
    ("sign the extract", "extract"): {"author"},
    ("take it back", "signed extract"): {"author"},
    ("grant", "full"): HEADS,
    ("grant", "signed extract"): HEADS,
    ("refuse", "full"): HEADS,
    ("refuse", "extract"): HEADS,
    ("refuse", "signed extract"): HEADS,
    ("hand out", "granted"): HEADS | {"responsible", "author"},
}


def people_around(release):
    case, office = release.case, release.conclusion.episode.office
    head, deputy, shut = (
        make_head(case.office),
        make_caseworker(case.office),
        make_head(case.office),
    )
    make_stand_in(head.memberships.get(), deputy)
    case.conflicts.create(user=shut, reason="тууганы", declared_by=shut)
    elsewhere = make_head(make_office("oktyabr"))
    make_release(make_countersigned_conclusion(make_episode(make_case(make_office("oktyabr")))))
    return {
        "author": release.conclusion.author,
        "responsible": case.responsible,
        "case's head": head,
        "case's deputy": deputy,
        "case's head shut out": shut,
        "case's former head": ended(make_head(case.office)),
        "author's head": make_head(office),
        "another psychologist": make_psychologist(office),
        "colleague": make_caseworker(case.office),
        "head elsewhere": elsewhere,
        "registrar": make_user(Role.REGISTRAR, case.office),
        "auditor": make_user(Role.AUDITOR, case.office),
    }


@pytest.mark.parametrize("state", MAKERS)
@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_for_its_people_in_its_state(step, state):
    release = MAKERS[state]()
    people = people_around(release)
    may = ALLOWED.get((step, state), set())
    before = Release.objects.values().get(pk=release.pk)
    for name, actor in people.items():
        if name not in may:
            with pytest.raises((PermissionDenied, DomainError)):
                STEPS[step](release, actor)
            assert Release.objects.values().get(pk=release.pk) == before, name
    for name in sorted(may)[:1]:
        STEPS[step](release, people[name])
        assert Release.objects.values().get(pk=release.pk) != before


def ask(conclusion, actor, **fields):
    asked = {
        "form": ReleaseForm.FULL,
        "recipient": None,
        "recipient_text": "№ 57 мектеп",
        "request_number": "1",
        "request_on": None,
        "ground": make_ground(),
        "purpose": "Суроо-талап боюнча",
    }
    return ask_release(conclusion, **{**asked, **fields}, actor=actor)


def test_those_who_work_with_the_case_ask():
    conclusion = make_countersigned_conclusion()
    case = conclusion.episode.case
    for actor in (case.responsible, conclusion.author, make_head(case.office)):
        assert ask(conclusion, actor).requested_by == actor
    elsewhere = make_caseworker(make_office("oktyabr"))
    author_head = make_head(conclusion.episode.office)
    for actor in (elsewhere, author_head, make_caseworker(case.office)):
        with pytest.raises(PermissionDenied):
            ask(conclusion, actor)


def test_what_is_not_issued_is_not_asked_for():
    conclusion = make_signed_conclusion()
    with pytest.raises(PermissionDenied):
        ask(conclusion, conclusion.episode.case.responsible)


def test_request_says_to_whom():
    conclusion = make_countersigned_conclusion()
    with pytest.raises(DomainError):
        ask(conclusion, conclusion.author, recipient_text=" ")


def test_extract_is_asked_of_the_examiner_and_a_copy_of_the_head():
    conclusion = make_countersigned_conclusion()
    case = conclusion.episode.case
    head = make_head(case.office)
    ask(conclusion, case.responsible, form=ReleaseForm.EXTRACT)
    ask(conclusion, case.responsible)
    told = {(n.kind, n.user) for n in Notice.objects.exclude(kind="conclusion_signed")}
    assert told == {("release_extract_asked", conclusion.author), ("release_asked", head)}


def test_grant_numbers_the_release_in_the_register_of_the_cases_office():
    release = signed_extract()
    head = make_head(release.case.office)
    done = grant_release(release, ground=release.ground, actor=head)
    assert done.number.startswith(f"{release.case.office.index}.5-0001/")
    assert (done.paper.office, done.paper.copy_of) == (
        release.case.office,
        release.conclusion.paper,
    )
    assert bytes(done.paper.pdf).startswith(b"%PDF")


def test_extract_says_what_was_signed_and_no_more(monkeypatch):
    from casework.conclusion_papers import extract_paper

    release = signed_extract()
    head = make_head(release.case.office)
    paper = extract_paper(release, number="01.5-0001/26", head=head, on=clock.today())
    assert [section.text for section in paper.texts[0].sections] == ["", "Сунуштар"]
    assert [s.name for s in paper.signatures] == [
        release.conclusion.author.short_name,
        head.short_name,
    ]
    printed = str(paper)
    assert KYRGYZ["observation_ky"] not in printed
    assert release.ground.name_ky in printed and release.conclusion.number in printed


def test_copy_says_the_whole_conclusion_and_who_vouches():
    from casework.conclusion_papers import copy_paper

    release = make_release()
    head = make_head(release.case.office)
    paper = copy_paper(release, number="01.5-0001/26", head=head, on=clock.today())
    original = from_snapshot(release.conclusion.snapshot)
    assert [t.sections for t in paper.texts] == [t.sections for t in original.texts]
    assert (paper.mark, paper.signatures[-1].name) == ("copy", head.short_name)
    assert len(paper.signatures) == 3


def test_replaced_version_is_not_released():
    release = make_release()
    old = release.conclusion
    new = begin_correction(old, correction_ky="Классы 3-В", actor=old.author)
    new = sign_conclusion(new, seen=text_digest(new), actor=old.author)
    paper = make_paper(new.episode.office, new.number, old.author, replaces=old.paper)
    new.paper, new.status = paper, "countersigned"
    new.countersigned_by, new.countersigned_at = old.author, clock.now()
    new.save()
    with pytest.raises(DomainError):
        grant_release(release, ground=release.ground, actor=make_head(release.case.office))
    with pytest.raises(DomainError):
        ask(old, old.author)
    assert IssuedPaper.objects.filter(kind="conclusion_copy").count() == 0


def hidden_phone(case):
    mother = make_person("Төлөгөнова", "Жаңыл")
    case.family.members.create(person=mother, relation="mother")
    phone = Phone.objects.create(person=mother, number="0555 12 34 56")
    return HiddenFact.objects.create(phone=phone, set_by=case.responsible, reason="өгөй атасынан")


def test_hidden_phone_is_not_signed_into_an_extract():
    release = make_release(form=ReleaseForm.EXTRACT)
    hidden_phone(release.case)
    with pytest.raises(DomainError):
        sign_extract(
            release, text_ky="Телефону 0555123456", text_ru="", actor=release.conclusion.author
        )


def test_phone_hidden_after_signing_goes_out_only_with_the_heads_reason():
    conclusion = make_countersigned_conclusion(recommendations_ky="Чалуу: 0555 12-34-56")
    release = make_release(conclusion)
    fact = hidden_phone(Case.objects.get(pk=release.case_id))
    head = make_head(release.case.office)
    assert hidden_in(release) == [fact]
    with pytest.raises(DomainError):
        grant_release(release, ground=release.ground, actor=head)
    done = grant_release(
        release, ground=release.ground, hidden_facts_reason="Сот сурады", actor=head
    )
    assert (done.status, done.hidden_facts_reason) == (ReleaseStatus.GRANTED, "Сот сурады")


def test_extract_begins_with_findings_and_recommendations():
    conclusion = make_countersigned_conclusion(recommendations_ru="")
    ky, ru = (suggested_extract(conclusion, code) for code in ("ky", "ru"))
    assert KYRGYZ["findings_ky"] in ky and KYRGYZ["recommendations_ky"] in ky
    assert RUSSIAN["findings_ru"] in ru
    assert KYRGYZ["observation_ky"] not in ky and "\n\n" not in ru


def test_paper_is_not_handed_out_in_the_future_or_before_the_decision():
    release = granted()
    import datetime as dt

    for day in (clock.today() + dt.timedelta(days=1), clock.today() - dt.timedelta(days=1)):
        with pytest.raises(DomainError):
            hand_out_release(release, to="Мектеп", on=day, actor=release.requested_by)


def test_child_is_not_named_to_an_auditor_in_the_register(sign_in):
    release = make_release(make_countersigned_conclusion(make_episode(make_case(child=make_child("Купуябек уулу", "Жашырын")))))  # fmt: skip
    page = sign_in(make_user(Role.AUDITOR, make_office("city"))).get("/releases/")
    content = page.content.decode()
    assert release.case.number in content
    assert "Купуябек" not in content and release.recipient_text not in content
