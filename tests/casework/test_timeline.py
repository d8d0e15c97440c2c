"""The timeline: everything in order that its reader may see, and nothing more."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from casework.closing_words import reasons_said
from casework.enums import EpisodeKind, MeetingStatus
from casework.happenings import Asked, timeline
from casework.models import Conclusion, PlanReview
from casework.services.cases import assign_case, restrict_case
from casework.services.closing import approve_closing, record_follow_up, reopen_case
from casework.services.handing_over import withdraw_hand_over
from casework.services.safety import lift_alert, raise_alert
from casework.services.transfers import withdraw_transfer
from core import clock
from core.history import acting_as
from offices.enums import Role
from offices.standing import settle
from tests import builders as make
from tests.casework import accompaniment_builders as help_
from tests.casework import keeping_builders as keeping
from tests.casework import plan_builders as plans
from tests.casework.people_builders import make_consent

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.make_case(opened_at=clock.now() - dt.timedelta(days=9))


def titles(user, case, person=None):
    return [entry.happening.title for entry in timeline(user, Asked([case], person))]


def kinds(user, case, person=None):
    return {entry.kind for entry in timeline(user, Asked([case], person))}


def test_newest_stands_first_and_days_without_an_hour_at_their_beginning(case):
    alert = make.make_safety_alert(case)
    make_consent(case, given_on=clock.today() - dt.timedelta(days=3))
    told = timeline(case.responsible, Asked([case]))
    moments = [entry.happening.at for entry in told]
    assert moments == sorted(moments, reverse=True)
    consent = next(entry for entry in told if entry.kind == "consent")
    assert (consent.on, consent.happening.has_hour) == (clock.today() - dt.timedelta(days=3), False)
    assert [e.happening.text for e in told if e.kind == "danger"] == [alert.text]


def test_steps_of_the_case_are_told_with_who_took_them(case):
    head = make.make_head(case.office)
    another = make.make_caseworker(case.office, surname="Башкаев")
    with acting_as(head):
        assign_case(case, another, actor=head)
    line = timeline(head, Asked([case]))[0].happening
    assert (another.short_name in line.title, line.by) == (True, head.short_name)


@pytest.mark.parametrize("language", ["ky", "ru"])
def test_reason_of_closing_stands_in_the_readers_language(case, sign_in, language, settings):
    """In the timeline and on the case; words that the list does not know stay as they are."""
    head = make.make_head(case.office)
    approve_closing(keeping.make_asked_closing(case), actor=head)
    reason = keeping.make_reason()
    with translation.override(language):
        texts = [e.happening.text for e in timeline(head, Asked([case]))]
    assert reason.name_ky != reason.name_ru
    own, other = getattr(reason, f"name_{language}"), {reason.name_ky, reason.name_ru}
    assert {text for text in texts if text in other} == {own}
    client = sign_in(head)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = client.get(case.get_absolute_url()).content.decode()
    assert [name for name in sorted(other) if name in page] == [own]
    assert reasons_said()("Көчүп кетти деп айтышты") == "Көчүп кетти деп айтышты"


def test_lifted_alert_tells_both_and_why(case):
    head = make.make_head(case.office)
    alert = raise_alert(case, text="Коркунуч", actor=case.responsible)
    lift_alert(alert, "Бала тууганында", actor=head)
    told = [e.happening.text for e in timeline(head, Asked([case])) if e.kind == "danger"]
    assert told == ["Бала тууганында", "Коркунуч"]


def test_specialist_is_told_of_own_help_alone(case):
    """The lawyer's meeting stands in the worker's timeline, not in the psychologist's."""
    psychologist, lawyer = make.make_psychologist(), make.make_user(Role.LAWYER, make.make_centre())
    mine = make.make_episode(case, psychologist)
    theirs = make.make_episode(case, lawyer, kind=EpisodeKind.LEGAL)
    make.make_meeting(mine, work_done="Тааныштык")
    make.make_meeting(theirs, work_done="Сотко даярдык")
    texts = {e.happening.text for e in timeline(psychologist, Asked([case]))}
    assert ("Тааныштык" in texts, "Сотко даярдык" in texts) == (True, False)
    whole = {e.happening.text for e in timeline(case.responsible, Asked([case]))}
    assert {"Тааныштык", "Сотко даярдык"} <= whole


def test_drafts_and_private_notes_are_never_told(case):
    episode = make.make_episode(case)
    make.make_private_note(episode, text="Жашыруун белги")
    draft = Conclusion.objects.create(episode=episode, author=episode.specialist)
    for reader in (episode.specialist, case.responsible):
        told = timeline(reader, Asked([case]))
        assert "conclusion" not in kinds(reader, case)
        assert "Жашыруун" not in "".join(e.happening.text + e.happening.title for e in told)
        assert draft.get_absolute_url() not in [e.happening.url for e in told]


def test_planned_meeting_has_not_happened(case):
    episode = make.make_episode(case)
    planned = make.make_meeting(episode, status=MeetingStatus.PLANNED)
    missed = make.make_meeting(episode, status=MeetingStatus.MISSED)
    urls = [e.happening.url for e in timeline(case.responsible, Asked([case]))]
    assert (planned.get_absolute_url() in urls, missed.get_absolute_url() in urls) == (False, True)


def test_childs_timeline_leaves_out_the_others(case):
    sister = make.make_child("Асанбек кызы", "Ңурай")
    case.child_places.create(person=sister)
    make.make_episode(case, person=sister)
    own = case.child_places.exclude(person=sister).get().person
    asks = [
        t for t in titles(case.responsible, case) if t not in titles(case.responsible, case, own)
    ]
    assert "help" in kinds(case.responsible, case, sister)
    assert "help" not in kinds(case.responsible, case, own)
    assert len(asks) == 1


def test_page_narrows_to_a_kind_and_counts_each(case, sign_in):
    make.make_safety_alert(case, text="Балага коркунуч бар")
    make.make_meeting(make.make_episode(case), work_done="Сүйлөштүк")
    url = f"/cases/{case.pk}/timeline/"
    whole = sign_in(case.responsible).get(url)
    only = sign_in(case.responsible).get(url + "?kind=danger")
    strange = sign_in(case.responsible).get(url + "?kind=<b>")
    said = [answer.content.decode() for answer in (whole, only, strange)]
    steps = [text[text.index('class="timeline"') :] for text in said]
    assert ["Сүйлөштүк" in text for text in steps] == [True, False, True]
    assert ["Балага коркунуч бар" in text for text in steps] == [True, True, True]
    assert f'href="{url}?kind=danger"' in said[0]


@pytest.fixture
def full(case):
    """A case of which everything that can be told has happened."""
    head, other_head = make.make_head(case.office), make.make_head(make.make_office("oktyabr"))
    legal = help_.make_legal_episode(case)
    social = help_.make_social_episode(case)
    plans.make_assessment(case, scores={"safety": 2}, status="approved")
    plan = plans.make_plan(
        case, status="approved", measures=0, agreed_on=clock.today(), agreed_number="48"
    )
    goal = plans.make_goal(plan, measures=0)
    plans.make_measure(goal, status="done", settled_on=clock.today(), text_ky="Мектепке баруу")
    PlanReview.objects.create(
        plan=plan,
        held_on=clock.today(),
        found="Карап чыктык",
        next_on=clock.today() + dt.timedelta(days=9),
        by=case.responsible,
    )
    help_.make_accompaniment(legal, result="Жыйын кийинкиге калтырылды", status="put_off")
    help_.make_accompaniment(social, result="Дарыгер карады")
    help_.make_order(legal, closed_on=clock.today(), closing_reason="Мөөнөтү бүттү")
    help_.make_document(legal, handed_to="Сотко", handed_on=clock.today())
    help_.make_state_lawyer(legal)
    help_.make_statement(social)
    help_.make_task(case, status="done")
    keeping.make_transfer(case, make.make_office("oktyabr"), head)
    withdraw_transfer(case.transfers.get(), actor=head)
    keeping.make_hand_over(case, make.make_caseworker(case.office))
    withdraw_hand_over(case.hand_overs.get(), actor=case.responsible)
    keeping.make_opening(case, other_head)
    other = make.make_case(make.make_office("oktyabr"))
    keeping.make_merge(case.child_places.get().person, other.child_places.get().person, head)
    return case, head


CASEWORKS = {
    "case", "assessment", "plan", "hearing", "order", "document", "help", "task", "keeping"
}  # fmt: skip


def test_everything_that_happened_is_told_to_who_works_the_case(full):
    case, head = full
    assert kinds(case.responsible, case) >= CASEWORKS
    assert {"merge", *CASEWORKS} <= kinds(head, case)
    texts = " ".join(e.happening.text + e.happening.title for e in timeline(head, Asked([case])))
    for said in ("Жыйын кийинкиге", "Дарыгер карады", "Мөөнөтү бүттү", "Мектепке баруу"):
        assert said in texts
    assert "Карап чыктык" in texts


def test_lawyer_is_told_of_the_hearings_and_not_of_transfer_task_door_nor_social_help(full):
    case, _head = full
    lawyer = case.episodes.get(kind=EpisodeKind.LEGAL).specialist
    told = kinds(lawyer, case)
    assert {"hearing", "order", "document"} <= told
    assert not {"keeping", "task", "merge", "closing", "assessment"} & told
    assert "Дарыгер карады" not in " ".join(
        e.happening.text for e in timeline(lawyer, Asked([case]))
    )


def test_only_heads_of_a_case_of_either_are_told_that_files_were_brought_together(full):
    case, head = full
    assert ("merge" in kinds(head, case), "merge" in kinds(case.responsible, case)) == (True, False)


def test_closing_what_was_found_after_it_and_the_reopening_are_told(case):
    head = make.make_head(case.office)
    keeping.make_closed(case, head)
    record_follow_up(
        keeping.due_follow_up(case),
        made_on=clock.today(),
        found="well",
        text="Үй-бүлө жакшы",
        actor=case.responsible,
    )
    case.refresh_from_db()
    reopen_case(case, "Кайра коркунуч", case.responsible, actor=head)
    told = [e.happening.text for e in timeline(head, Asked([case])) if e.kind == "closing"]
    assert {"Үй-бүлө жакшы", "Кайра коркунуч"} <= set(told)
    assert len(told) == 4


def test_why_a_case_was_restricted_is_told_to_who_works_it_alone(case):
    head, psychologist = make.make_head(case.office), make.make_psychologist()
    make.make_episode(case, psychologist)
    restrict_case(case, "Апасынын өтүнүчү", actor=head)
    said = [
        [e.happening.text == "Апасынын өтүнүчү" for e in timeline(reader, Asked([case]))]
        for reader in (head, psychologist)
    ]
    assert [any(one) for one in said] == [True, False]
    assert len(said[1]) > 2


def test_more_than_a_page_holds_is_said_and_all_of_it_is_one_touch_away(case, sign_in, monkeypatch):
    monkeypatch.setattr("casework.timeline_panel.LONGEST", 3)
    for n in range(5):
        make.make_safety_alert(case, text=f"Чатырда жаткан {n}")
    client, url = sign_in(case.responsible), f"/cases/{case.pk}/timeline/"
    cut, whole = client.get(url).content.decode(), client.get(f"{url}?kind=&all=1").content.decode()
    steps = [text[text.index('class="timeline"') :] for text in (cut, whole)]
    assert [text.count("Чатырда жаткан") for text in steps] == [3, 5]
    assert f"{url}?kind=&amp;all=1" in cut


def test_three_hundred_entries_are_asked_for_as_often_as_few(full):
    case, head = full
    settle(head)
    make.make_safety_alert(case)
    few = _asked(head, case)
    episode = case.episodes.filter(kind=EpisodeKind.LEGAL).get()
    for n in range(100):
        help_.make_accompaniment(episode, result=f"Жыйын {n}")
        help_.make_task(case, status="done", what=f"Иш {n}")
        make.make_safety_alert(case, text=f"Коркунуч {n}")
    many = _asked(head, case)
    assert len(timeline(head, Asked([case]))) > 300
    assert many == few <= 40


def _asked(user, case):
    with CaptureQueriesContext(connection) as asked:
        timeline(user, Asked([case]))
    return len(asked)
