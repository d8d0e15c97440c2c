"""Assessments and plans in the demo city: of a believable share of the cases, some waiting for the head, three plans in force."""

import datetime as dt
from typing import TYPE_CHECKING

from casework.enums import CaseStage
from casework.models import Assessment, AssessmentDomain, Case, Measure, Plan
from casework.plan_enums import AssessmentKind, Danger, Deadline, Heard, MeasureStatus
from casework.services import assessments, plan_goals, plans
from casework.services.deadlines import meet_deadline
from core import clock
from core.history import acting_as
from offices.models import User

from .families import LAST_DAY, FamilyPlan

if TYPE_CHECKING:
    from .city import City

# So many cases in help have a plan in force: the latest of those that had the time to come so far.
MOST_PAPERS = 5
COMES_SO_FAR = dt.timedelta(days=30)
ASSESSED_EVERY, FULLY_EVERY = 4, 8
EVIDENCE = {
    "safety": (
        "Кошуналардын айтуусу боюнча үйдө чыр көп чыгат.",
        "кошуналар, участкалык инспектор",
    ),
    "education": ("Акыркы айда он эки күн сабакка келген жок.", "класс жетекчиси"),
    "behaviour": ("Тынчсыз, түнкүсүн ойгоно берет.", "апасы"),
    "housing": ("Бир бөлмөдө беш киши жашайт, от жагылган.", "өзүм көрдүм"),
    "health": ("Эмдөөлөрү толук, каралып турат.", "үй-бүлөлүк дарыгер"),
    "relationships": ("Таенесине жакын, ага көп барат.", "бала"),
}
GOALS = [
    ("Бала сабактан калбай окуйт", "Ребёнок ходит в школу без пропусков", "education", [
        ("Класс жетекчиси менен жума сайын байланыш", "Еженедельная связь с классным руководителем", 30, ("Айына экиден ашык калтырбайт", "Пропускает не больше двух уроков в месяц")),
        ("Баланы мектептин психологуна жазуу", "Записать ребёнка к школьному психологу", 14, ("Биринчи жолугушуу өттү", "Первая встреча прошла")),
    ]),
    ("Үйдө балага кол көтөрүлбөйт", "Дома на ребёнка не поднимают руку", "safety", [
        ("Ата-эне менен аңгемелешүү, үйгө баруу", "Беседа с родителями, посещение на дому", 21, ("Баланын сөзү боюнча үйдө тынч", "Со слов ребёнка, дома спокойно")),
    ]),
]  # fmt: skip
FIRST_RESULT = "Мугалим менен сүйлөштүк, бала сабакка келе баштады."
# A measure due within these days before the last one may be late.
STILL_OPEN = dt.timedelta(days=25)


def latest_in_help(families: list[FamilyPlan]) -> set[int]:
    """Of ``families``, in the order in which their cases open, those whose plan is in force, by their index."""
    last = LAST_DAY - COMES_SO_FAR
    ripe = [f.index for f in families if f.stage == CaseStage.HELP and f.opened_at.date() < last]
    return set(ripe[-MOST_PAPERS:])


def assess_and_plan(city: "City", case: Case, plan: FamilyPlan, worker: User) -> None:
    """What was due of the case's assessments and plan, as far as its days have come; plans of past days on paper."""
    first, second = plan.opened_at + dt.timedelta(hours=20), plan.opened_at + dt.timedelta(days=9)
    is_for_paper = plan.index in city.with_plan
    is_written = is_for_paper or plan.index % ASSESSED_EVERY == 0
    if plan.stage != CaseStage.OPENED or plan.index % 3:
        _look(city, case, plan, worker, AssessmentKind.INITIAL, first, is_written)
    if plan.stage in (CaseStage.OPENED, CaseStage.ASSESSMENT):
        return
    is_full = is_for_paper or plan.index % FULLY_EVERY == 0
    _look(city, case, plan, worker, AssessmentKind.COMPREHENSIVE, second, is_full)
    at = second + dt.timedelta(days=3)
    if at.date() >= LAST_DAY:
        return
    if is_full and (plan.stage == CaseStage.PLAN or is_for_paper):
        _plan(city, case, plan, worker, at)
    elif plan.stage != CaseStage.PLAN:
        with clock.moved_to(at), acting_as(worker):
            meet_deadline(case, Deadline.PLAN)


def _look(
    city: "City",
    case: Case,
    plan: FamilyPlan,
    worker: User,
    kind: str,
    at: dt.datetime,
    is_written: bool,
) -> None:
    """One assessment; where none is written, the record of a past day that it was done on paper."""
    if at.date() > LAST_DAY:
        return
    with clock.moved_to(at), acting_as(worker):
        if not is_written:
            meet_deadline(case, Deadline(kind))
            return
        draft = assessments.begin_assessment(
            case, kind=kind, person=None, said=_said(plan, kind, at.date()), actor=worker
        )
        done = assessments.finish_assessment(draft, actor=worker, seen=draft.version)
    if (LAST_DAY - at.date()).days > 2:
        _approve(city, plan, done, at)


def _approve(city: "City", plan: FamilyPlan, done: Assessment, at: dt.datetime) -> None:
    head = city.users[f"head.{plan.office}"]
    with clock.moved_to(at + dt.timedelta(hours=5)), acting_as(head):
        assessments.approve_assessment(done, actor=head)


def _said(plan: FamilyPlan, kind: str, on: dt.date) -> assessments.Said:
    """Worse where the risk is higher; a comprehensive one says more, and a little better."""
    peak = {"low": 1, "medium": 2, "high": 3}[plan.risk]
    peak -= kind == AssessmentKind.COMPREHENSIVE and peak > 1
    is_danger = plan.risk == "high" and kind == AssessmentKind.INITIAL and plan.index % 9 == 0
    domains = AssessmentDomain.objects.all()
    findings = {
        domain: assessments.Finding((plan.index + n) % (peak + 1), *EVIDENCE.get(domain.code, ()))
        for n, domain in enumerate(domains)
        if kind == AssessmentKind.COMPREHENSIVE or domain.code in EVIDENCE
    }
    return assessments.Said(
        assessed_on=on,
        danger=Danger.YES if is_danger else Danger.NO,
        danger_text="Балага кол көтөрүлгөн." if is_danger else "",
        danger_done="Бала убактылуу таенесине берилди, милицияга кабарланды." if is_danger else "",
        heard=Heard.YES,
        child_words="Үйдө тынч болсо экен дейт.",
        protective_factors="Таенеси колдойт, мугалими кам көрөт.",
        conclusion="Үй-бүлө менен иш улантылат.",
        findings=findings,
    )


def _plan(city: "City", case: Case, plan: FamilyPlan, worker: User, at: dt.datetime) -> None:
    child = case.child_places.select_related("person").first()
    person = child.person if child and plan.index % 16 == 0 else None
    with clock.moved_to(at), acting_as(worker):
        written = plans.begin_plan(case, person=person, actor=worker)
        for text_ky, text_ru, code, measures in GOALS:
            domain = AssessmentDomain.objects.get(code=code)
            plan_goals.add_goal(
                written,
                plan_goals.GoalWords(text_ky, text_ru, domain),
                [_measure(worker, at.date(), *said) for said in measures],
                actor=worker,
            )
        words = plans.Words(
            child_opinion_ky="Мектепке барууну каалайт.",
            child_opinion_ru="Хочет ходить в школу.",
            parents_opinion_ky="Апасы макул.",
            parents_opinion_ru="Мать согласна.",
        )
        written = plans.write_plan(written, words, actor=worker, seen=written.version)
        if plan.stage == CaseStage.PLAN and plan.index % 16:
            return
        written = plans.submit_plan(written, actor=worker)
    if plan.stage == CaseStage.HELP:
        _bring_into_force(city, plan, written, worker, at + dt.timedelta(hours=4))


def _measure(
    worker: User, on: dt.date, ky: str, ru: str, days: int, success: tuple[str, str]
) -> plan_goals.MeasureWords:
    return plan_goals.MeasureWords(
        text_ky=ky,
        text_ru=ru,
        worker=worker,
        due_on=on + dt.timedelta(days=days),
        success_ky=success[0],
        success_ru=success[1],
    )


def _bring_into_force(
    city: "City", plan: FamilyPlan, written: Plan, worker: User, at: dt.datetime
) -> None:
    """Approved; its first measure done, the others where their day is long past."""
    head = city.users[f"head.{plan.office}"]
    with clock.moved_to(at), acting_as(head):
        approved = plans.approve_plan(written, actor=head)
    measures = [measure for goal in approved.goals.all() for measure in goal.measures.all()]
    for n, measure in enumerate(measures):
        _settle(measure, worker, at, is_first=n == 0)


def _settle(measure: Measure, worker: User, at: dt.datetime, *, is_first: bool) -> None:
    """The first is done soon, the others by their day; what was due of late may still stand open."""
    due = at.replace(year=measure.due_on.year, month=measure.due_on.month, day=measure.due_on.day)
    later = at + dt.timedelta(days=10) if is_first else due
    if later.date() > (LAST_DAY if is_first else LAST_DAY - STILL_OPEN):
        return
    with clock.moved_to(later), acting_as(worker):
        plan_goals.settle_measure(
            measure,
            status=MeasureStatus.DONE,
            result=FIRST_RESULT if is_first else "Аткарылды, үй-бүлө менен талкууланды.",
            on=None,
            actor=worker,
            seen=measure.version,
        )
