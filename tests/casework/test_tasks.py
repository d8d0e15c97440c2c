"""The register of dates: one question for all sources, to the right people; free tasks; the calendar address."""

import datetime as dt
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from casework import tasks
from casework.accompaniment_enums import AccompanimentStatus, TaskStatus
from casework.calendar_feed import LONGEST_LINE, escaped, folded
from casework.enums import BasisKind
from casework.services import tasks as services
from casework.services.deadlines import start_deadlines
from core import clock
from core.errors import DomainError
from offices.models import Notice
from offices.standing import settle
from offices.waiting import Urgency, waiting_for
from tests import builders as make

from . import keeping_builders as keeping
from .accompaniment_builders import (
    make_accompaniment,
    make_lawyer,
    make_legal_episode,
    make_order,
    make_task,
)
from .plan_builders import make_plan


@pytest.fixture(autouse=True)
def _in_english():
    """Refusals are compared by the words that stand in the code."""
    with translation.override("en"):
        yield


def in_days(days):
    return clock.today() + dt.timedelta(days=days)


@pytest.fixture
def episode(db):
    make.make_standard()
    return make_legal_episode()


def sources_of(dues):
    return sorted({due.source for due in dues})


def test_everything_with_a_date_is_one_question(episode, django_assert_num_queries):
    case = episode.case
    make_accompaniment(episode, status=AccompanimentStatus.PLANNED)
    make_order(episode)
    make.make_meeting(episode, status="planned")
    make_task(case, episode.specialist, made_by=episode.specialist)
    tasks.due_of(episode.specialist)
    settle(episode.specialist)
    with django_assert_num_queries(1):
        found = tasks.due_of(episode.specialist)
    assert {"accompaniment", "meeting", "order", "task"} <= set(sources_of(found))
    assert [due.on for due in found] == sorted(due.on for due in found)


def test_awaited_basis_and_order_stand_with_the_responsible_worker(episode):
    case = episode.case
    case.basis_kind, case.basis_awaited_until = BasisKind.AWAITED, in_days(1)
    case.basis_allowed_by, case.basis_word_on = make.make_head(case.office), clock.today()
    case.save()
    make_order(episode)
    assert {"basis", "order_of_case"} <= set(sources_of(tasks.due_of(case.responsible)))
    assert "basis" not in sources_of(tasks.due_on_my_day(case.responsible))


def test_order_is_one_line_of_the_case_and_reminds_the_lawyer(episode):
    order = make_order(episode, expires_on=in_days(5))
    lines = tasks.due_in_case(episode.case.responsible, episode.case)
    assert [(d.pk, d.urgency) for d in lines if d.source.startswith("order")] == [
        (str(order.pk), Urgency.SOON)
    ]
    assert [w.text for w in waiting_for(episode.specialist) if w.url == order.get_absolute_url()]
    order.closed_on, order.closing_reason = clock.today(), "Узартылды"
    order.save()
    assert not [d for d in tasks.due_of(episode.specialist) if d.pk == str(order.pk)]


def test_late_stands_with_the_head_as_one_line(episode):
    case = episode.case
    head = make.make_head(case.office)
    for _ in range(3):
        make_task(case, due_on=in_days(-1))
    make_task(make.make_case(make.make_office("oktyabr")), due_on=in_days(-1))
    lines = [w for w in waiting_for(head) if "whose=office" in w.url]
    assert [(w.count, w.urgency) for w in lines] == [(3, Urgency.LATE)]


def test_head_of_the_specialists_office_sees_when_and_where_and_nothing_that_was_said(
    episode, sign_in
):
    """Another office's case: hearings of one's lawyer, late ones as a line on My day; no child of the case but the one."""
    head = make.make_head(episode.office)
    sister = make.make_child("Асанбек кызы", "Ырыскелди")
    episode.case.child_places.create(person=sister)
    make_accompaniment(
        episode, status=AccompanimentStatus.PLANNED, on=in_days(-1), purpose="Ата-энелик укук"
    )
    make_accompaniment(episode, result="Судья мындай деди", organisation_text="Ленин соту")
    make_order(episode, conditions="Үйгө жакындабайт")
    (due,) = tasks.due_in_offices(head)
    assert (due.source, due.is_late, due.who_id) == ("of_specialist", True, episode.specialist_id)
    lines = [w for w in waiting_for(head) if "whose=office" in w.url]
    assert [line.count for line in lines] == [1]
    client = sign_in(head)
    pages = [
        client.get(path).content.decode()
        for path in ("/tasks/?whose=office", due.url, "/episodes/load/")
    ]
    assert "Ленин соту" in pages[1]
    hidden = ("Ата-энелик укук", "Судья мындай деди", "Ырыскелди", "Үйгө жакындабайт")
    assert not [word for word in hidden for page in pages if word in page]
    assert episode.person.surname not in pages[2]


def test_head_of_another_office_and_who_is_shut_out_see_no_hearing(episode):
    make_accompaniment(episode, status=AccompanimentStatus.PLANNED)
    other, shut = make.make_head(make.make_office("oktyabr")), make.make_head(episode.office)
    assert [due.source for due in tasks.due_in_offices(shut)] == ["of_specialist"]
    episode.case.conflicts.create(user=shut, reason="Тууганы", declared_by=shut)
    assert tasks.due_in_offices(other) == tasks.due_in_offices(shut) == []


def test_no_line_stands_twice_on_my_day(episode):
    lawyer = episode.specialist
    make.make_meeting(episode, status="planned", planned_at=clock.now() + dt.timedelta(minutes=5))
    make_accompaniment(episode, status=AccompanimentStatus.PLANNED, on=clock.today())
    make_order(episode)
    urls = [w.url for w in waiting_for(lawyer)]
    assert len(urls) == len(set(urls)) == 3


def test_psychologist_of_the_case_learns_nothing_of_hearings_and_orders(episode):
    psychologist = make.make_psychologist()
    make.make_episode(episode.case, psychologist)
    make_accompaniment(episode, status=AccompanimentStatus.PLANNED)
    make_order(episode)
    make_task(episode.case)
    assert tasks.due_in_case(psychologist, episode.case) == []
    assert tasks.due_of(psychologist) == []


def test_task_is_given_told_and_settled(episode):
    case, lawyer = episode.case, episode.specialist
    task = services.give_task(
        case, what="Справка алуу", due_on=in_days(2), assigned_to=case.responsible, actor=lawyer
    )
    assert Notice.objects.filter(user=case.responsible, kind="task_given").exists()
    with pytest.raises(DomainError, match="Say why"):
        services.settle_task(task, status=TaskStatus.CANCELLED, actor=case.responsible)
    done = services.settle_task(task, status=TaskStatus.DONE, word="Алдык", actor=case.responsible)
    assert (done.status, done.settled_by) == (TaskStatus.DONE, case.responsible)
    assert Notice.objects.filter(user=lawyer, kind="task_settled").exists()
    with pytest.raises(DomainError, match="cannot be done any more"):
        services.settle_task(task, status=TaskStatus.DONE, actor=lawyer)


def test_task_is_given_only_by_and_to_those_who_work_with_the_case(episode):
    case, lawyer = episode.case, episode.specialist
    said = {"what": "?", "due_on": in_days(2)}
    for outsider in (make_lawyer(), make.make_caseworker(case.office)):
        with pytest.raises(PermissionDenied):
            services.give_task(case, **said, assigned_to=lawyer, actor=outsider)
    with pytest.raises(DomainError, match="works with this case"):
        services.give_task(case, **said, assigned_to=make_lawyer(), actor=lawyer)
    psychologist = make.make_psychologist()
    make.make_episode(case, psychologist)
    with pytest.raises(DomainError, match="works with this case"):
        services.give_task(case, **said, assigned_to=lawyer, actor=psychologist)
    with pytest.raises(DomainError, match="has passed"):
        services.give_task(case, what="?", due_on=in_days(-1), assigned_to=lawyer, actor=lawyer)


def feed(client, token):
    return client.get(f"/tasks/calendar/{token}.ics")


def unfolded(answer):
    return answer.content.decode().replace("\r\n ", "").split("\r\n")


def test_feed_says_number_and_kind_and_nobodys_name(episode, client):
    case, lawyer = episode.case, episode.specialist
    make_accompaniment(
        episode, status=AccompanimentStatus.PLANNED, on=in_days(3), at=dt.time(10, 30)
    )
    make_task(case, lawyer, what="Асанбекке чалуу", made_by=lawyer)
    answer = feed(client, services.make_feed(lawyer))

    assert answer.headers["Content-Type"].startswith("text/calendar")
    assert answer.headers["Cache-Control"] == "no-store"
    text = answer.content.decode()
    assert episode.person.surname not in text and "Асанбек" not in text and "соту" not in text
    assert sum(case.number in line for line in unfolded(answer)) == 2
    moment = dt.datetime.combine(in_days(3), dt.time(4, 30))
    assert f"DTSTART:{moment:%Y%m%dT%H%M%SZ}" in unfolded(answer)


def test_feed_says_of_everything_in_fixed_words_what_it_is(episode, client):
    """Each source has a kind of its own: «Deadline» alone would help nobody."""
    case = episode.case
    worker = case.responsible
    plan = make_plan(case, status="approved", measures=1)
    plan.goals.get().measures.update(text_ky="Асанбекти мектепке жеткирүү")
    start_deadlines(case)
    keeping.make_closed(make.make_case(case.office, worker))
    text = "\n".join(unfolded(feed(client, services.make_feed(worker))))
    words = ["A measure of a plan", "Review of the plan", "Follow-up after the closing"]
    assert [word in text for word in words] == [True, True, True]
    assert "Асанбек" not in text
    assert {source.kind for source in tasks._SOURCES.values()} & {None} == set()


def test_feed_ends_with_a_new_address_with_taking_back_and_with_the_account(
    episode, client, sign_in
):
    lawyer = episode.specialist
    old = services.make_feed(lawyer)
    new = services.make_feed(lawyer)
    assert [feed(client, t).status_code for t in (old, new)] == [404, 200]
    assert client.post(f"/tasks/calendar/{new}.ics").status_code == 405

    lawyer.is_active = False
    lawyer.save()
    assert feed(client, new).status_code == 404

    lawyer.is_active = True
    lawyer.save()
    sign_in(lawyer).post("/tasks/calendar/end/")
    assert feed(client, new).status_code == 404


def test_feed_of_one_whose_membership_ended_is_empty(episode, client):
    make_accompaniment(episode, status=AccompanimentStatus.PLANNED)
    lawyer = episode.specialist
    token = services.make_feed(lawyer)
    assert "BEGIN:VEVENT" in unfolded(feed(client, token))
    membership = lawyer.memberships.get()
    membership.ends_on = in_days(-1)
    membership.save()
    assert "BEGIN:VEVENT" not in unfolded(feed(client, token))


def test_address_is_shown_once_and_only_its_hash_is_kept(episode, sign_in):
    lawyer = episode.specialist
    page = sign_in(lawyer).post("/tasks/calendar/make/").content.decode()
    token = re.search(r"/tasks/calendar/([\w-]+)\.ics", page)[1]
    lawyer.refresh_from_db()
    assert token not in str(vars(lawyer.calendar_feed))
    assert token not in sign_in(lawyer).get("/accounts/").content.decode()


@given(st.text(max_size=300))
def test_lines_are_folded_at_75_bytes_within_no_letter(text):
    line = escaped(text)
    parts = list(folded(line))
    assert all(len(part.encode()) <= LONGEST_LINE for part in parts)
    assert all(part.startswith(" ") for part in parts[1:])
    assert parts[0] + "".join(part[1:] for part in parts[1:]) == line
    assert "\n" not in line and "\r" not in line


def test_signs_of_the_format_are_marked():
    assert escaped("a\\b;c,d\r\ne\x00") == "a\\\\b\\;c\\,d\\ne"
