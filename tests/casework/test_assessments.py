"""An assessment through its states: what each step moves, who may take it, and that the finished one never changes."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from casework.enums import CaseStage, RiskLevel
from casework.models import Assessment, CaseDeadline, OfficeTimes
from casework.plan_enums import AssessmentKind, AssessmentStatus, Deadline
from casework.services import assessments as services
from casework.services.deadlines import start_deadlines
from core import clock
from core.errors import ChangedMeanwhile, DomainError
from offices.models import Notice
from tests import builders as make
from tests.casework.plan_builders import make_assessment, make_domain

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    found = make.make_case(risk_level=RiskLevel.UNKNOWN)
    start_deadlines(found)
    return found


def finish(assessment, **how):
    assessment.refresh_from_db()
    how.setdefault("actor", assessment.case.responsible)
    how.setdefault("seen", assessment.version)
    return services.finish_assessment(assessment, **how)


def said(danger="no", **findings):
    found = {make_domain(code): services.Finding(score) for code, score in findings.items()}
    return services.Said(danger=danger, findings=found)


def test_finishing_fixes_it_moves_the_case_and_tells_the_head(case):
    head = make.make_head(case.office)
    draft = services.begin_assessment(
        case, kind="initial", person=None, said=said(safety=3, health=None), actor=case.responsible
    )
    done = finish(draft)
    case.refresh_from_db()
    assert (done.status, done.computed_risk, done.risk_level) == ("finished", "high", "high")
    assert (case.risk_level, case.stage) == ("high", CaseStage.ASSESSMENT)
    assert [n.user for n in Notice.objects.filter(kind="assessment_finished")] == [head]
    open_kinds = CaseDeadline.objects.open().filter(case=case).values_list("kind", flat=True)
    assert list(open_kinds) == [Deadline.COMPREHENSIVE]
    assert case.history.first().risk_level == "high"


def test_comprehensive_one_lets_the_plan_be_due_in_five_working_days(case):
    draft = make_assessment(
        case, kind=AssessmentKind.COMPREHENSIVE, scores={"safety": 1}, danger="no"
    )
    with clock.moved_to(dt.datetime(2026, 12, 8, 10, tzinfo=dt.UTC)):
        finish(draft)
    due = CaseDeadline.objects.open().get(case=case)
    assert (due.kind, clock.local(due.due_at).date()) == ("plan", dt.date(2026, 12, 15))


def test_deadlines_follow_the_office_and_are_kept_as_they_were():
    office = make.make_office("lenin")
    OfficeTimes.objects.create(office=office, initial_hours=48, comprehensive_days=3)
    opened = dt.datetime(2026, 11, 25, 4, tzinfo=dt.UTC)
    case = make.make_case(office, opened_at=opened)
    start_deadlines(case)
    times = OfficeTimes.objects.get(office=office)
    times.initial_hours = 1
    times.save()
    found = {d.kind: d.due_at for d in CaseDeadline.objects.filter(case=case)}
    assert found["initial"] == opened + dt.timedelta(hours=48)
    assert clock.local(found["comprehensive"]).date() == dt.date(2026, 11, 30)


def test_overdue_rows_and_lists_agree(case):
    for hours in (0, 23, 25, 24 * 40):
        at = case.opened_at + dt.timedelta(hours=hours)
        listed = set(CaseDeadline.objects.overdue(at))
        assert listed == {d for d in CaseDeadline.objects.all() if d.is_overdue(at)}


@pytest.mark.parametrize(
    ("fields", "scores", "words"),
    [
        ({"danger": "yes"}, {"safety": 3}, "said what was done"),
        ({"danger": "no", "heard": "no"}, {"safety": 1}, "why not heard"),
        ({"danger": "unknown"}, {"safety": None}, "nothing assessed"),
    ],
)
def test_unfinished_ones_are_refused(case, fields, scores, words):
    draft = make_assessment(case, scores=scores, **fields)
    with pytest.raises(DomainError):
        finish(draft)
    assert Assessment.objects.get().status == "draft", words


def test_override_needs_a_reason_and_stays_above_the_floor(case):
    draft = make_assessment(case, scores={"safety": 2}, danger="no")
    for level, reason in (("high", ""), ("low", "Абал жакшырды"), ("unknown", "Белгисиз")):
        with pytest.raises(DomainError):
            finish(draft, risk_level=level, override_reason=reason)
    done = finish(draft, risk_level="high", override_reason="Ата-энеси качып жүрөт")
    assert (done.computed_risk, done.risk_level) == ("medium", "high")


def test_second_writer_is_told(case):
    draft = make_assessment(case, scores={"safety": 1})
    services.write_assessment(draft, said(safety=2), actor=case.responsible, seen=0)
    with pytest.raises(ChangedMeanwhile):
        services.write_assessment(draft, said(safety=0), actor=case.responsible, seen=0)
    assert draft.scores.get().score == 2


def test_head_decides_and_never_on_their_own(case):
    head, other = make.make_head(case.office), make.make_head(case.office)
    done = finish(make_assessment(case, scores={"safety": 2}, danger="no"), actor=head)
    assert done.author == head
    for actor in (head, case.responsible, make.make_psychologist()):
        with pytest.raises(DomainError):
            services.approve_assessment(done, actor=actor)
    approved = services.approve_assessment(done, actor=other)
    assert (approved.status, approved.decided_by) == ("approved", other)


def test_returned_one_stays_and_its_correction_takes_its_place(case):
    head = make.make_head(case.office)
    first = finish(make_assessment(case, scores={"safety": 3}, danger="no"))
    with pytest.raises(DomainError):
        services.return_assessment(first, " ", actor=head)
    services.return_assessment(first, "Далил жок", actor=head)
    draft = services.correct_assessment(first, actor=case.responsible)
    assert draft.scores.get().score == 3
    assert services.correct_assessment(first, actor=case.responsible) == draft
    services.write_assessment(draft, said(safety=1), actor=case.responsible, seen=draft.version)
    second = finish(draft)
    case.refresh_from_db()
    first.refresh_from_db()
    assert (first.status, second.replaces, case.risk_level) == ("returned", first, "low")
    with pytest.raises(DomainError):
        services.correct_assessment(first, actor=case.responsible)


def test_case_follows_the_worst_of_its_children(case):
    sister = make.make_child("Асанбек кызы", "Айым")
    case.child_places.create(person=sister)
    brother = case.child_places.exclude(person=sister).get().person
    for person, score, level in ((brother, 3, "high"), (sister, 0, "high"), (None, 1, "low")):
        finish(make_assessment(case, person=person, scores={"safety": score}, danger="no"))
        case.refresh_from_db()
        assert case.risk_level == level


@pytest.mark.parametrize("status", ["finished", "returned", "approved"])
@given(
    column=st.sampled_from(
        ["danger", "conclusion", "risk_level", "author_id", "finished_at", "kind"]
    ),
    by_score=st.booleans(),
)
def test_fixed_assessment_never_changes(status, column, by_score):
    with transaction.atomic():
        assessment = make_assessment(scores={"safety": 2}, status=status)
        score = assessment.scores.get()
        before = Assessment.objects.filter(pk=assessment.pk).values().get()
        with pytest.raises(DatabaseError), transaction.atomic():
            if by_score:
                score.score = 0
                score.save()
            else:
                value = clock.now() if column == "finished_at" else "x"
                value = (
                    make.make_head(assessment.case.office).pk if column == "author_id" else value
                )
                setattr(assessment, column, value)
                assessment.save()
        for doomed in (score, assessment):
            with pytest.raises(DatabaseError), transaction.atomic():
                type(doomed).objects.filter(pk=doomed.pk)._raw_delete("default")
        for step in (
            lambda a: services.write_assessment(
                a, said(), actor=a.case.responsible, seen=a.version
            ),
            lambda a: services.discard_assessment(a, actor=a.case.responsible),
        ):
            with pytest.raises(DomainError):
                step(Assessment.objects.get(pk=assessment.pk))
        assert Assessment.objects.filter(pk=assessment.pk).values().get() == before
        transaction.set_rollback(True)


def test_nobody_who_only_helps_reads_or_writes_it(case):
    helper = make.make_psychologist()
    make.make_episode(case, helper)
    make_assessment(case, status="finished", scores={"safety": 1})
    assert list(Assessment.objects.visible_to(helper)) == []
    with pytest.raises(DomainError):
        services.begin_assessment(case, kind="initial", person=None, actor=helper)


def test_stranger_child_is_refused(case):
    with pytest.raises(DomainError):
        services.begin_assessment(
            case, kind="initial", person=make.make_child(), actor=case.responsible
        )
    assert AssessmentStatus.DRAFT not in Assessment.objects.values_list("status", flat=True)
