"""A plan through its versions: approved by somebody else than its author, one chain, measures carried on, reviewed."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casework.enums import CaseStage
from casework.models import Case, CaseDeadline, Measure, OfficeTimes, Plan
from casework.plan_papers import plan_paper
from casework.services import plan_goals, plans
from casework.services.deadlines import start_deadline
from core import clock
from core.errors import ChangedMeanwhile, DomainError
from papers.models import IssuedPaper
from tests import builders as make
from tests.casework import people_builders as people
from tests.casework.plan_builders import make_measure, make_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    return make.make_case()


@pytest.fixture
def head(case):
    return make.make_head(case.office)


def written(case, person=None):
    plan = plans.begin_plan(case, person=person, actor=case.responsible)
    measure = plan_goals.MeasureWords(
        "Мектеп менен сүйлөшүү", clock.today() + dt.timedelta(days=10), worker=case.responsible
    )
    goal = plan_goals.GoalWords("Бала окуйт")
    plan_goals.add_goal(plan, goal, [measure], actor=case.responsible)
    return plan


def approved(plan, head):
    plans.submit_plan(plan, actor=plan.case.responsible)
    return plans.approve_plan(plan, actor=head)


def test_approval_numbers_issues_and_moves_the_case(case, head):
    start_deadline(case, "plan", at=clock.now())
    plan = approved(written(case), head)
    case.refresh_from_db()
    assert (plan.status, plan.number) == (
        "approved",
        f"{case.office.index}.4-0001/{clock.today():%y}",
    )
    assert plan.paper.pdf[:5] == b"%PDF-"
    assert (case.stage, CaseDeadline.objects.open().count()) == (CaseStage.HELP, 0)
    assert (plan.review_on - clock.today()).days in range(88, 93)


def test_plan_without_goal_or_measure_is_not_laid_before_the_head(case):
    plan = plans.begin_plan(case, person=None, actor=case.responsible)
    with pytest.raises(DomainError, match="максат жок"):
        plans.submit_plan(plan, actor=case.responsible)
    with pytest.raises(DomainError, match="аткаруучусу"):
        nobody = plan_goals.MeasureWords("Чара", clock.today())
        plan_goals.add_goal(plan, plan_goals.GoalWords("Максат"), [nobody], actor=case.responsible)
    plan_goals.add_goal(plan, plan_goals.GoalWords("Максат"), [], actor=case.responsible)
    with pytest.raises(DomainError, match="чарасы"):
        plans.submit_plan(plan, actor=case.responsible)


def test_what_is_hidden_never_reaches_the_paper(case):
    mother = make.make_person("Төлөгөнова", "Жаңыл")
    people.make_member(case.family, "mother", mother)
    phone = people.make_phone(mother, number="0555 12 34 56")
    people.make_hidden(phone, case.child_places.get().person, set_by=case.responsible)
    plan = written(case)
    make_measure(plan.goals.get(), executor_text="апасы, 0555-12-34-56")
    with pytest.raises(DomainError, match="12 34 56"):
        plans.submit_plan(plan, actor=case.responsible)
    assert "0555" not in str(plan_paper(written(make.make_case())))


def test_new_version_names_the_old_and_carries_what_was_done_meanwhile(case, head):
    first = approved(written(case), head)
    second = plans.change_plan(first, reason_ky="Жаңы чара", actor=case.responsible)
    measure = Measure.objects.get(goal__plan=first)
    plan_goals.settle_measure(
        measure,
        status="done",
        result="Сүйлөштүк",
        on=None,
        actor=case.responsible,
        seen=measure.version,
    )
    approved(second, head)
    first.refresh_from_db()
    assert (first.status, second.replaces, second.revision) == ("replaced", first, 2)
    second.refresh_from_db()
    assert (second.status, second.paper.replaces) == ("approved", first.paper)
    assert Measure.objects.get(goal__plan=second).result == "Сүйлөштүк"
    assert "Жаңы чара" in str(plan_paper(second))
    with pytest.raises(DomainError):
        plans.change_plan(first, reason_ky="Дагы", actor=case.responsible)


def test_agreement_of_the_commission_is_printed_on_a_new_paper_of_the_same_number(case, head):
    plan = approved(written(case), head)
    first = plan.paper
    with pytest.raises(DomainError):
        plans.record_agreement(
            plan, number="48", on=clock.today() + dt.timedelta(days=1), actor=case.responsible
        )
    agreed = plans.record_agreement(plan, number="48", on=clock.today(), actor=case.responsible)
    assert (agreed.paper.number, agreed.paper.replaces) == (first.number, first)
    assert plan_paper(agreed).agreed[0].startswith("№ 48, ")
    with pytest.raises(DomainError):
        plans.record_agreement(agreed, number="49", on=clock.today(), actor=case.responsible)


def test_review_moves_the_next_by_the_office_s_months(case, head):
    OfficeTimes.objects.create(office=case.office, review_months=2)
    with clock.moved_to(dt.datetime(2026, 12, 31, 9, tzinfo=dt.UTC)):
        plan = approved(written(case), head)
        assert plan.review_on == dt.date(2027, 2, 28)
        review = plans.review_plan(
            plan, held_on=clock.today(), found="Жакшырды", next_on=None, actor=case.responsible
        )
    plan.refresh_from_db()
    assert review.next_on == plan.review_on == dt.date(2027, 2, 28)


def test_settling_a_measure_is_for_its_worker_and_who_works_the_case(case):
    helper, colleague = make.make_psychologist(), make.make_caseworker(case.office)
    make.make_episode(case, helper)
    plan = make_plan(case, status="approved")
    mine = make_measure(plan.goals.get(), worker=helper)
    others = plan.goals.get().measures.first()
    how = {"status": "done", "result": "Өттү", "on": None, "seen": 0}
    assert plan_goals.settle_measure(mine, actor=helper, **how).settled_on == clock.today()
    for actor in (helper, colleague):
        with pytest.raises(DomainError):
            plan_goals.settle_measure(others, actor=actor, **how)
    with pytest.raises(ChangedMeanwhile):
        plan_goals.settle_measure(mine, actor=case.responsible, **how)
    with pytest.raises(DomainError, match="ыйынтыгы"):
        plan_goals.settle_measure(others, actor=case.responsible, **{**how, "result": " "})


def test_who_helps_reads_only_what_was_approved(case):
    helper = make.make_psychologist()
    make.make_episode(case, helper)
    make_plan(case, status="draft")
    shown = make_plan(case, person=case.child_places.get().person, status="approved")
    assert list(Plan.objects.visible_to(helper)) == [shown]
    assert Plan.objects.visible_to(case.responsible).count() == 2


def test_overdue_measures_and_rows_agree(case):
    goal = make_plan(case, status="approved").goals.get()
    today = clock.today()
    for days, status in ((-1, "planned"), (-1, "done"), (0, "running"), (-5, "running")):
        make_measure(goal, due_on=today + dt.timedelta(days=days), status=status)
    rows = Measure.objects.filter(goal=goal)
    assert set(rows.overdue(today)) == {m for m in rows if m.is_overdue(today)}
    assert rows.overdue(today).count() == 2


STEPS = {
    "begin": lambda p, a: plans.begin_plan(p["case"], person=None, actor=a),
    "submit": lambda p, a: plans.submit_plan(p["last"], actor=a),
    "approve": lambda p, a: plans.approve_plan(p["last"], actor=a),
    "return": lambda p, a: plans.return_plan(p["last"], "Оңдоо керек", actor=a),
    "change": lambda p, a: plans.change_plan(p["last"], reason_ky="Өзгөрдү", actor=a),
    "agree": lambda p, a: plans.record_agreement(p["last"], number="48", on=clock.today(), actor=a),
    "discard": lambda p, a: plans.discard_plan(p["last"], actor=a),
}


@settings(max_examples=12)
@given(st.lists(st.tuples(st.sampled_from(list(STEPS)), st.sampled_from(["worker", "head", "deputy"])), max_size=9))  # fmt: skip
def test_whatever_is_tried_versions_form_a_chain_approved_by_others(steps):
    case = make.make_case()
    actors = {"worker": case.responsible, "head": make.make_head(case.office)}
    actors["deputy"] = make.make_head(case.office)
    make_plan(case)
    for step, actor in steps:
        last = Plan.objects.filter(case=case).order_by("-revision", "-begun_at").first()
        try:
            STEPS[step]({"case": Case.objects.get(pk=case.pk), "last": last}, actors[actor])
        except DomainError:
            continue
    found = list(Plan.objects.filter(case=case).order_by("revision"))
    for plan in found:
        if plan.status in ("approved", "replaced"):
            assert plan.approved_by not in (None, plan.author)
            assert IssuedPaper.objects.get(pk=plan.paper_id).number == plan.number
        if plan.replaces is not None:
            assert plan.replaces.revision == plan.revision - 1
            if plan.status in ("approved", "replaced"):
                assert plan.replaces.status == "replaced"
    assert sum(p.status == "approved" for p in found) <= 1
