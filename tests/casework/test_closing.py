"""How a case ends: what stops it, who decides, the statement, follow-ups, reopening; what is past its term."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from casework.closing_papers import closing_paper
from casework.enums import CaseStage
from casework.keeping_enums import FollowUpStatus, Found
from casework.models import Case, Closing, ClosingReason, Conclusion, FollowUp, KeepingRule, Task
from casework.services.closing import (
    approve_closing,
    ask_closing,
    months_later,
    record_follow_up,
    reopen_case,
    return_closing,
    withdraw_closing,
)
from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import Notice
from offices.waiting import waiting_for
from tests import builders as make
from tests.casework import accompaniment_builders as ways
from tests.casework import keeping_builders as keep
from tests.casework import people_builders as people
from tests.casework import plan_builders as plans

pytestmark = pytest.mark.django_db
POST = {"reason": "", "goals": "yes", "risk_now": "low", "is_declined": "on", "months": ["1", "3"]}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def case():
    return make.make_case()


@pytest.fixture
def head(case):
    return make.make_head(case.office)


def hindered(case, **fields):
    with pytest.raises(DomainError) as refused:
        keep.make_asked_closing(case, **fields)
    return str(refused.value)


def test_closed_by_the_head_with_statement_and_follow_ups(case, head):
    closing = keep.make_closed(case, head)
    assert (case.stage, case.closed_on) == (CaseStage.CLOSED, clock.today())
    assert closing.paper.kind == "closing_statement" and bytes(closing.paper.pdf)[:4] == b"%PDF"
    assert closing.number == closing.paper.number
    due = [row.due_on for row in case.follow_ups.all()]
    assert due == [months_later(clock.today(), n) for n in (1, 3, 6)]
    assert closing.risk_then == "high" and case.risk_level == "low"


def test_help_in_progress_drafts_and_an_awaited_basis_stop_it(case):
    episode = make.make_episode(case)
    assert "Help is in progress" in hindered(case)
    episode.status, episode.completed_on = "completed", clock.today()
    episode.save()
    draft = Conclusion.objects.create(episode=episode, author=episode.specialist)
    assert "not signed" in hindered(case)
    draft.delete()
    make.make_safety_alert(case)
    assert "safety alert" in hindered(case)
    case.safety_alerts.get().lifted_at = clock.now()
    alert = case.safety_alerts.get()
    alert.lifted_at = clock.now()
    alert.save()
    case.basis_kind, case.basis_allowed_by = "awaited", case.responsible
    case.basis_awaited_until = clock.today()
    case.save()
    assert "basis document" in hindered(case)


def test_requested_help_open_tasks_and_offers_stop_it(case, head):
    make.make_episode(case, status="requested")
    assert "not answered" in hindered(case)
    other = make.make_case(case.office, case.responsible)
    Task.objects.create(
        case=other, what="Чалуу", due_on=clock.today(), assigned_to=case.responsible, made_by=head
    )
    assert "task" in hindered(other)
    third = make.make_case(case.office, case.responsible)
    keep.make_transfer(third, make.make_centre(), make.make_head(case.office)) if make.make_head(
        make.make_centre()
    ) else None
    assert "another office" in hindered(third)


def test_a_plan_and_a_statement_that_wait_for_the_head_stop_it(case):
    plan = plans.make_plan(case, status="submitted", submitted_at=clock.now())
    assert "A plan waits for the head" in hindered(case)
    plan.status = "dropped"
    plan.save()
    episode = ways.make_social_episode(case, status="completed", completed_on=clock.today())
    ways.make_accompaniment(episode)
    statement = ways.make_statement(episode)
    assert "A statement waits for the head" in hindered(case)
    statement.status, statement.return_reason = "returned", "Күнү туура эмес"
    statement.save()
    assert keep.make_asked_closing(case).pk


def test_asked_again_at_the_decision(case, head):
    closing = keep.make_asked_closing(case)
    make.make_safety_alert(case)
    with pytest.raises(DomainError, match="cannot be closed yet"):
        approve_closing(closing, actor=head)
    assert Case.objects.get().stage == CaseStage.CLOSING


def test_nobody_approves_their_own_request(case, head):
    closing = ask_closing(case, keep.make_ending(case), actor=head)
    with pytest.raises(PermissionDenied):
        approve_closing(closing, actor=head)
    assert not Closing.objects.to_decide_by(head).exists()
    deputy = make.make_caseworker(case.office)
    make.make_stand_in(head.memberships.get(), deputy)
    approve_closing(closing, actor=deputy)
    assert Case.objects.get().stage == CaseStage.CLOSED


def test_the_worker_cannot_approve(case):
    with pytest.raises(PermissionDenied):
        approve_closing(keep.make_asked_closing(case), actor=case.responsible)


def test_returned_with_a_reason_it_goes_on_from_its_stage(case, head):
    case.stage = CaseStage.HELP
    case.save()
    closing = keep.make_asked_closing(case)
    with pytest.raises(DomainError):
        return_closing(closing, " ", actor=head)
    return_closing(closing, "Планды бүтүрүңүз", actor=head)
    assert Case.objects.get().stage == CaseStage.HELP
    assert Notice.objects.filter(kind="closing_returned", user=case.responsible).exists()
    withdraw_closing(keep.make_asked_closing(case), actor=case.responsible)
    assert Case.objects.get().stage == CaseStage.HELP


def test_answers_or_that_they_were_not_wished(case):
    assert "three answers" in hindered(case, is_declined=False)
    assert "three answers" in hindered(case, is_declined=False, was_polite="yes", was_in_time="no")
    keep.make_asked_closing(
        case, is_declined=False, was_polite="yes", was_in_time="partly", was_useful="no"
    )


def test_another_reason_is_explained_in_words(case):
    other = keep.make_reason("other")
    assert "in words" in hindered(case, reason=other)
    keep.make_asked_closing(case, reason=other, reason_text="Бала балдар үйүнө өттү")


def test_what_is_hidden_is_not_written_into_the_statement(case):
    child = case.child_places.get().person
    phone = people.make_phone(child, number="0555 12 34 56")
    people.make_hidden(phone, make.make_person("Ата", "Өгөй"), set_by=case.responsible)
    assert "hidden" in hindered(case, parents_opinion="Бизге 0555 12-34-56 боюнча чалыңыз")


def test_whoever_follows_up_answers_for_the_closed_case(case, head):
    follower = make.make_caseworker(case.office)
    keep.make_closed(case, head, follower=follower)
    assert case.responsible == follower
    line = FollowUp.objects.waiting_for(follower).first()
    assert line is not None
    with clock.advanced_by(dt.timedelta(days=31)):
        assert any(w.number == case.number for w in waiting_for(follower))
        assert not any(
            w.number == case.number for w in waiting_for(make.make_caseworker(case.office))
        )


def test_follow_up_of_a_worker_who_left_is_the_heads(case, head):
    keep.make_closed(case, head)
    place = case.responsible.memberships.get()
    place.ends_on = clock.today() + dt.timedelta(days=1)
    place.save()
    with clock.advanced_by(dt.timedelta(days=40)):
        assert FollowUp.objects.waiting_for(head).count() == 3
        assert any("/follow-ups/" in line.url for line in waiting_for(head))


def test_a_bad_finding_is_told_and_offers_reopening(case, head, sign_in):
    keep.make_closed(case, head)
    follow_up = keep.due_follow_up(case)
    with pytest.raises(DomainError, match="between"):
        record_follow_up(
            follow_up, made_on=clock.today() - dt.timedelta(days=1), found=Found.BAD, text="Кайра", actor=case.responsible
        )  # fmt: skip
    record_follow_up(
        follow_up, made_on=clock.today(), found=Found.BAD, text="Кайра ичип баштады", actor=case.responsible
    )  # fmt: skip
    assert Notice.objects.filter(kind="follow_up_bad", user=head).exists()
    page = sign_in(head).get(follow_up.get_absolute_url()).content.decode()
    assert f"/cases/{case.pk}/reopen/" in page
    with pytest.raises(DomainError, match="already"):
        record_follow_up(
            follow_up, made_on=clock.today(), found=Found.WELL, text="Жакшы", actor=case.responsible
        )


def test_reopened_under_its_number(case, head):
    keep.make_closed(case, head)
    number, worker = case.number, make.make_caseworker(case.office)
    with pytest.raises(DomainError, match="no right"):
        reopen_case(case, "Кайра кайрылды", worker, actor=case.responsible)
    reopen_case(case, "Кайра кайрылды", worker, actor=head)
    case.refresh_from_db()
    assert (case.number, case.stage, case.responsible) == (number, CaseStage.ASSESSMENT, worker)
    assert case.closed_on is None and case.reopened_on == clock.today()
    assert {row.status for row in case.follow_ups.all()} == {FollowUpStatus.DROPPED}
    assert case.closings.get().paper is not None
    stages = list(case.history.order_by("history_id").values_list("stage", flat=True))
    assert stages[-4:] != [] and CaseStage.CLOSED in stages and stages[-1] == CaseStage.ASSESSMENT


def test_months_end_with_the_month():
    assert months_later(dt.date(2026, 8, 31), 6) == dt.date(2027, 2, 28)
    assert months_later(dt.date(2026, 12, 15), 1) == dt.date(2027, 1, 15)


def test_an_office_sets_its_own_months(case):
    KeepingRule.objects.create(office=case.office, follow_up_months=[2])
    assert KeepingRule.months_of(case.office) == [2]
    assert KeepingRule.months_of(make.make_centre()) == [1, 3, 6]


def test_the_screen_says_what_is_open_with_its_link(case, sign_in):
    episode = make.make_episode(case)
    page = sign_in(case.responsible).get(f"/cases/{case.pk}/close/").content.decode()
    assert episode.get_absolute_url() in page and 'name="reason"' not in page


def test_the_screens_from_request_to_statement(case, head, sign_in):
    reason = keep.make_reason()
    worker = sign_in(case.responsible)
    sent = {**POST, "reason": reason.pk, "follower": str(case.responsible.pk)}
    answer = worker.post(f"/cases/{case.pk}/close/", sent)
    closing = Closing.objects.get()
    assert answer.headers["Location"] == closing.get_absolute_url()
    sign_in(head).post(closing.get_absolute_url(), {"answer": "yes"})
    paper = worker.get(f"/cases/closings/{closing.pk}/statement/")
    assert paper.content[:4] == b"%PDF"
    summary = worker.get(case.get_absolute_url()).content.decode()
    assert closing.get_absolute_url() in summary and "/follow-ups/" in summary


@pytest.mark.parametrize(
    "bad",
    [
        {"goals": "nonsense"},
        {"months": ["7000"]},
        {"child_opinion": "а" * 5001},
        {"reason_text": "а\0б"},
        {"follower": "не-человек"},
    ],
)
def test_bad_input_is_said_and_kept(case, sign_in, bad):
    sent = {**POST, "reason": keep.make_reason().pk, "follower": str(case.responsible.pk)}
    sent |= {"parents_opinion": "Ыраазыбыз", **bad}
    answer = sign_in(case.responsible).post(f"/cases/{case.pk}/close/", sent)
    assert answer.status_code == 200 and "error-summary" in answer.content.decode()
    assert "Ыраазыбыз" in answer.content.decode() and not Closing.objects.exists()


def test_the_statement_says_all_in_both_languages(case, head):
    closing = keep.make_closed(
        case, head, is_declined=False, was_polite="yes", was_in_time="yes", was_useful="partly", child_opinion="Мектеп жакты"
    )  # fmt: skip
    paper = closing_paper(closing, case, number="1", head=head, on=clock.today())
    kyrgyz, russian = paper.texts
    assert (kyrgyz.language, russian.language) == ("ky", "ru")
    for text in paper.texts:
        words = " ".join(f.value for s in text.sections for f in s.facts)
        assert (
            case.number in words
            and "Мектеп жакты" in words
            and closing.follower.short_name in words
        )
    assert kyrgyz.title != russian.title


def test_past_the_term_is_listed_to_the_head_and_counted_for_the_administrator(case, head, sign_in):
    keep.make_closed(case, head)
    administrator = sign_in(make.make_user(Role.ADMINISTRATOR))
    with clock.advanced_by(dt.timedelta(days=366 * 4)):
        assert case.number not in sign_in(head).get("/cases/retention/").content.decode()
        KeepingRule.objects.create(office=case.office, retention_years=3)
        assert case.number in sign_in(head).get("/cases/retention/").content.decode()
        page = administrator.get("/cases/retention/").content.decode()
        assert case.number not in page and ": 1" in page


@pytest.mark.parametrize(
    "table",
    ["case", "person", "child", "family", "familymember", "casechild", "episode", "meeting", "release", "phone", "address", "hiddenfact", "closing", "followup", "sealedopening", "transfer", "handover", "personmerge", "consent", "safetyalert", "plan", "planreview", "accompaniment", "protectionorder", "drafteddocument", "statelawyer", "statement", "task", "casesummary"],
)  # fmt: skip
def test_nothing_of_a_client_is_ever_deleted(table):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_trigger WHERE tgname = 'kept_for_good' AND tgrelid IN (%s::regclass, %s::regclass)",
            [f"casework_{table}", f"casework_historical{table}"],
        )
        assert cursor.fetchone() == (2,)


def test_a_deletion_is_refused_by_the_database(case):
    with pytest.raises(DatabaseError, match="kept for good"), transaction.atomic():
        case.child_places.all().delete()
    history = case.history.model
    with pytest.raises(DatabaseError, match="kept for good"), transaction.atomic():
        history.objects.filter(id=case.pk).update(number="другой")
    assert ClosingReason.objects.exists() is False


def test_goals_and_measures_go_only_while_their_plan_is_written(case):
    plan = plans.make_plan(case, measures=2)
    plan.goals.get().measures.first().delete()
    plan.status, plan.submitted_at = "submitted", clock.now()
    plan.save()
    for row in (plan.goals.get().measures.get(), plan.goals.get()):
        with pytest.raises(DatabaseError, match="kept for good"), transaction.atomic():
            type(row).objects.filter(pk=row.pk)._raw_delete("default")
    with pytest.raises(DatabaseError, match="kept for good"), transaction.atomic():
        plan.goals.get().history.all().delete()
