"""The steps of a case's life: who may take them, what they change, who is told, what they refuse."""

import datetime as dt

import pytest

from casework.enums import BasisKind, CaseStage
from casework.models import Case
from casework.permissions import Depth, depth_of
from casework.services.cases import (
    Basis,
    Identification,
    assign_case,
    change_case,
    confirm_basis_word,
    declare_conflict,
    end_conflict,
    receive_basis,
    restrict_case,
    unrestrict_case,
    withdraw_basis_word,
    workers_with_load,
)
from casework.services.safety import lift_alert, raise_alert, record_safety_notice
from core import clock
from core.errors import ChangedMeanwhile, DomainError
from offices.enums import Role
from offices.models import Notice
from tests import builders as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db):
    return make.make_case(make.make_office("lenin"))


@pytest.fixture
def head(case):
    return make.make_head(case.office)


@pytest.fixture
def colleague(case):
    return make.make_caseworker(case.office)


def told(user):
    return list(Notice.objects.filter(user=user).values_list("kind", flat=True))


def test_assigned_worker_reads_all_and_the_one_before_only_the_card(case, head, colleague):
    before = case.responsible

    assign_case(case, colleague, actor=head)

    case = Case.objects.get()
    assert (case.responsible, case.assigned_at is not None) == (colleague, True)
    assert (depth_of(colleague, case), depth_of(before, case)) == (Depth.FULL, Depth.CARD)
    assert (told(colleague), told(before)) == (["case_assigned"], ["case_reassigned"])
    latest = case.history.latest()
    assert latest.responsible_id == colleague.pk


def test_head_confirms_whoever_opened_without_reassigning(case, head):
    assign_case(case, case.responsible, actor=head)

    assert told(case.responsible) == ["case_assigned"]


@pytest.mark.parametrize("who", ["operator", "other office", "shut out", "left"])
def test_case_is_not_assigned_to(case, head, who):
    worker = {
        "operator": lambda: make.make_user(Role.OPERATOR, case.office),
        "other office": lambda: make.make_caseworker(make.make_office("oktyabr")),
        "shut out": lambda: shut_out(case, make.make_caseworker(case.office)),
        "left": lambda: left(make.make_caseworker(case.office)),
    }[who]()

    with pytest.raises(DomainError):
        assign_case(case, worker, actor=head)


def shut_out(case, user):
    case.conflicts.create(user=user, reason="тууган", declared_by=user)
    return user


def left(user):
    membership = user.memberships.get()
    membership.ends_on = clock.today() - dt.timedelta(days=1)
    membership.save()
    return user


@pytest.mark.parametrize("who", ["responsible", "colleague", "other head", "shut out head"])
def test_case_is_not_assigned_by(case, head, colleague, who):
    actor = {
        "responsible": lambda: case.responsible,
        "colleague": lambda: colleague,
        "other head": lambda: make.make_head(make.make_office("oktyabr")),
        "shut out head": lambda: shut_out(case, make.make_head(case.office)),
    }[who]()

    with pytest.raises(DomainError):
        assign_case(case, colleague, actor=actor)


def test_load_counts_open_cases_of_the_office(case, colleague):
    make.make_case(case.office, colleague)
    make.make_case(case.office, colleague, stage=CaseStage.CLOSED, closed_on=clock.today())
    make.make_case(make.make_office("oktyabr"), colleague)

    loads = {user: user.load for user in workers_with_load(case.office)}

    assert loads == {case.responsible: 1, colleague: 1}


def test_restricting_shuts_the_card_and_leaves_the_reason_in_history(case, head, colleague):
    restrict_case(case, "жаны коркунуч", actor=head)

    case = Case.objects.get()
    assert not Case.objects.named_for(colleague).filter(pk=case.pk).exists()
    assert case.history.latest().history_change_reason == "жаны коркунуч"
    with pytest.raises(DomainError):
        restrict_case(case, "дагы", actor=head)
    unrestrict_case(case, "өттү", actor=head)
    assert Case.objects.named_for(colleague).filter(pk=case.pk).exists()


def test_restricting_is_the_heads_and_asks_why(case, head):
    for actor, reason in ((case.responsible, "себеп"), (head, "  ")):
        with pytest.raises(DomainError):
            restrict_case(case, reason, actor=actor)


def test_own_conflict_shuts_out_and_the_head_lets_in_again(case, head, colleague):
    conflict = declare_conflict(case, colleague, "коңшу", actor=colleague)

    assert depth_of(colleague, Case.objects.get()) == Depth.NONE
    assert (told(head), told(case.responsible)) == (["conflict_declared"], ["conflict_declared"])
    end_conflict(conflict.pk, case, actor=head)
    assert depth_of(colleague, Case.objects.get()) == Depth.CARD


def test_responsible_worker_is_replaced_before_being_shut_out(case, head, colleague):
    with pytest.raises(DomainError):
        declare_conflict(case, case.responsible, "тууган", actor=case.responsible)

    before = case.responsible
    assign_case(case, colleague, actor=head)
    declare_conflict(case, before, "тууган", actor=head)
    assert depth_of(before, Case.objects.get()) == Depth.NONE


def test_conflict_of_others_is_the_heads_to_declare(case, colleague):
    with pytest.raises(DomainError):
        declare_conflict(case, make.make_caseworker(case.office), "тууган", actor=colleague)


def test_shut_out_head_lets_nobody_in(case, head, colleague):
    conflict = declare_conflict(case, colleague, "коңшу", actor=head)
    shut_out(case, head)

    with pytest.raises(DomainError):
        end_conflict(conflict.pk, Case.objects.get(), actor=head)


def test_conflict_twice_is_refused(case, colleague):
    declare_conflict(case, colleague, "коңшу", actor=colleague)

    with pytest.raises(DomainError):
        declare_conflict(Case.objects.get(), colleague, "коңшу", actor=colleague)


def test_alert_of_the_psychologist_is_told_at_once(case, head, colleague):
    make.make_stand_in(case.responsible.memberships.get(), colleague)
    other = make.make_caseworker(case.office)
    psychologist = make.make_episode(case).specialist

    raise_alert(case, "Өгөй атасы коркутат", actor=psychologist)

    everybody = [case.responsible, colleague, head, other, psychologist]
    assert [told(user) for user in everybody] == [["safety_alert"]] * 3 + [[], []]
    assert set(Notice.objects.values_list("number", flat=True)) == {case.number}


def test_alert_is_not_told_to_a_head_who_is_shut_out(case, head):
    shut_out(case, head)

    raise_alert(case, "Коркунуч", actor=case.responsible)

    assert told(head) == []


@pytest.mark.parametrize("who", ["colleague", "operator", "other office", "ended help"])
def test_alert_is_not_raised_by(case, colleague, who):
    actor = {
        "colleague": lambda: colleague,
        "operator": lambda: make.make_user(Role.OPERATOR, case.office),
        "other office": lambda: make.make_caseworker(make.make_office("oktyabr")),
        "ended help": lambda: left(make.make_episode(case).specialist),
    }[who]()

    with pytest.raises(DomainError):
        raise_alert(case, "Коркунуч", actor=actor)


def test_alert_needs_words(case):
    with pytest.raises(DomainError):
        raise_alert(case, " ", actor=case.responsible)


def test_notice_of_danger_says_when_to_whom_by_whom(case, head):
    alert = raise_alert(case, "Коркунуч", actor=case.responsible)
    at = clock.now() - dt.timedelta(minutes=5)

    given = record_safety_notice(
        alert, body="minors_inspectorate", given_at=at, recipient="Асанов", actor=head
    )

    assert (given.body, given.given_at, given.given_by, given.recipient) == (
        "minors_inspectorate",
        at,
        head,
        "Асанов",
    )
    with pytest.raises(DomainError):
        record_safety_notice(
            alert, body="police", given_at=clock.now() + dt.timedelta(hours=1), actor=head
        )


def test_alert_is_lifted_once_by_the_head_with_a_reason(case, head):
    alert = raise_alert(case, "Коркунуч", actor=case.responsible)
    for actor, reason in ((case.responsible, "өттү"), (head, "")):
        with pytest.raises(DomainError):
            lift_alert(alert, reason, actor=actor)

    lift_alert(alert, "өгөй атасы кетти", actor=head)

    alert.refresh_from_db()
    assert (alert.lifted_by, alert.lifted_reason) == (head, "өгөй атасы кетти")
    with pytest.raises(DomainError):
        lift_alert(alert, "дагы", actor=head)


def awaiting(case, head, **fields):
    case.basis_kind, case.basis_allowed_by = BasisKind.AWAITED, head
    case.basis_awaited_until = fields.get("until", clock.today())
    case.save()
    return case


def test_word_is_confirmed_or_withdrawn_by_the_head(case, head):
    awaiting(case, head)
    confirm_basis_word(case, actor=head)
    assert Case.objects.get().basis_word_confirmed_at is not None

    withdraw_basis_word(case, "документ келбейт", actor=head)

    case = Case.objects.get()
    assert (case.basis_word_confirmed_at, case.basis_word_reason) == (None, "документ келбейт")
    assert told(case.responsible) == ["basis_word_withdrawn", "basis_word_confirmed"]
    with pytest.raises(DomainError):
        confirm_basis_word(case, actor=case.responsible)


@pytest.mark.parametrize(
    ("days", "withdrawn", "stage", "late"),
    [
        (1, False, CaseStage.OPENED, False),
        (0, False, CaseStage.OPENED, False),
        (-1, False, CaseStage.OPENED, True),
        (5, True, CaseStage.HELP, True),
        (-1, False, CaseStage.CLOSED, False),
    ],
)
def test_row_and_list_agree_on_what_is_overdue(case, head, days, withdrawn, stage, late):
    awaiting(case, head, until=clock.today() + dt.timedelta(days=days))
    case.stage = stage
    case.closed_on = clock.today() if stage == CaseStage.CLOSED else None
    case.basis_word_withdrawn_at = clock.now() if withdrawn else None
    case.save()

    listed = Case.objects.basis_overdue(clock.today()).filter(pk=case.pk).exists()

    assert (case.is_basis_overdue(clock.today()), listed) == (late, late)


def test_received_basis_keeps_whose_word_it_was(case, head):
    awaiting(case, head)

    receive_basis(case, Basis(BasisKind.APPLICATION), actor=case.responsible, seen_version=0)

    case = Case.objects.get()
    assert (case.basis_kind, case.basis_allowed_by) == (BasisKind.APPLICATION, head)
    assert told(head) == ["basis_received"]
    with pytest.raises(DomainError):
        receive_basis(case, Basis(BasisKind.APPLICATION), actor=case.responsible, seen_version=1)


def changed(case, actor, seen, categories=()):
    return change_case(
        case,
        identification=Identification("raid"),
        reason="Себеп",
        categories=categories,
        risk_level="low",
        actor=actor,
        seen_version=seen,
    )


def test_second_writer_is_refused_and_told_who_was_first(case, head):
    changed(case, head, 0)

    with pytest.raises(ChangedMeanwhile):
        changed(case, case.responsible, 0)
    assert Case.objects.get().version == 1


def test_restricting_category_restricts_and_stays_until_the_head_lifts(case):
    category = case.categories.model.objects.create(
        code="sexual_violence", name_ky="Ж", name_ru="С", is_restricted=True
    )
    changed(case, case.responsible, 0, [category])
    assert Case.objects.get().is_restricted is True

    changed(case, case.responsible, 1)
    assert Case.objects.get().is_restricted is True


def test_summary_is_not_changed_by_who_only_helps(case):
    psychologist = make.make_episode(case).specialist

    with pytest.raises(DomainError):
        changed(case, psychologist, 0)
