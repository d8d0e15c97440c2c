"""State changes of a plan: begun, laid before the head, approved or returned, agreed, changed by a new version, reviewed.

Each locks the plan, checks permission and state, and refuses with a ``DomainError`` in words.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import User
from offices.notices import tell
from offices.standing import people_in
from papers.models import Journal, PaperKind
from papers.numbers import take_number
from papers.services import issue_paper

from .. import plan_permissions as may
from ..deadlines import months_after, times_of
from ..enums import CaseStage
from ..hidden import hidden_facts_of, mentioned_in
from ..history import claim
from ..models import Case, Measure, Person, Plan, PlanGoal, PlanReview
from ..permissions import can_see_case
from ..plan_enums import Deadline, PlanKind, PlanStatus
from ..plan_papers import TEMPLATE, plan_paper, texts_of
from .cases import locked as locked_case
from .cases import refuse_unless
from .deadlines import advance_stage, meet_deadline

PLAN_WORDS = (
    "child_opinion_ky",
    "child_opinion_ru",
    "parents_opinion_ky",
    "parents_opinion_ru",
    "parents_names",
)
GOAL_WORDS = ("order", "domain", "text_ky", "text_ru")
MEASURE_WORDS = (
    "order",
    "text_ky",
    "text_ru",
    "executor_kind",
    "worker",
    "organisation",
    "relative",
    "executor_text",
    "starts_on",
    "due_on",
    "success_ky",
    "success_ru",
)
PROGRESS = ("status", "result", "settled_on")


@dataclass(frozen=True)
class Words:
    """What the child and the parents say, and who of them signs."""

    child_opinion_ky: str = ""
    child_opinion_ru: str = ""
    parents_opinion_ky: str = ""
    parents_opinion_ru: str = ""
    parents_names: str = ""


@transaction.atomic
def begin_plan(case: Case, *, person: Person | None, actor: User) -> Plan:
    """The draft of the family's plan, or of one child's; the one that is being written already is opened again."""
    case = locked_case(case)
    refuse_unless(may.can_begin_plan(actor, case))
    if person is not None and not case.child_places.filter(person=person).exists():
        raise DomainError(_("Choose one of the children of this case."))
    kind = PlanKind.CHILD if person is not None else PlanKind.FAMILY
    same = Plan.objects.filter(case=case, kind=kind, person=person)
    written = same.filter(status__in=[PlanStatus.DRAFT, PlanStatus.SUBMITTED]).first()
    if written is not None:
        return written
    if same.in_force().exists():
        raise DomainError(_("There is a plan in force: change it by a new version."))
    plan = Plan.objects.create(case=case, kind=kind, person=person, author=actor)
    advance_stage(case, CaseStage.PLAN)
    case.save()
    return plan


@transaction.atomic
def write_plan(plan: Plan, words: Words, *, actor: User, seen: int | None) -> Plan:
    """The opinions; refused where somebody wrote them since ``seen``."""
    plan = locked_plan(plan, may.can_write_plan, actor)
    claim(plan, seen, actor=actor)
    for name in PLAN_WORDS:
        setattr(plan, name, getattr(words, name))
    plan.save()
    return plan


@transaction.atomic
def submit_plan(plan: Plan, *, actor: User) -> Plan:
    """Lay it before the head: it has goals, each with a measure, in Kyrgyz throughout. Who does so is its author."""
    plan = locked_plan(plan, may.can_submit_plan, actor)
    _refuse_unfit(plan)
    plan.status, plan.author, plan.submitted_at = PlanStatus.SUBMITTED, actor, clock.now()
    plan.return_reason, plan.returned_by, plan.returned_at = "", None, None
    _saved(plan)
    _tell([u for u in _heads(plan) if u != actor], "plan_submitted", plan, actor)
    return plan


@transaction.atomic
def return_plan(plan: Plan, reason: str, *, actor: User) -> Plan:
    """The head sends it back to be mended; or who works the case takes it back."""

    def allows(user: User, found: Plan) -> bool:
        return may.can_decide_plan(user, found) or may.can_take_back_plan(user, found)

    plan = locked_plan(plan, allows, actor)
    if not reason.strip():
        raise DomainError(_("Say what is to be mended."))
    plan.status, plan.return_reason = PlanStatus.DRAFT, reason.strip()[:500]
    plan.returned_by, plan.returned_at = actor, clock.now()
    _saved(plan)
    _tell([plan.author, plan.case.responsible], "plan_returned", plan, actor)
    return plan


@transaction.atomic
def approve_plan(plan: Plan, *, actor: User) -> Plan:
    """The head approves: it is numbered, its paper issued, the version before it replaced, its first review laid down."""
    plan = locked_plan(plan, may.can_decide_plan, actor)
    case = locked_case(plan.case)
    _refuse_unfit(plan)
    before = plan.replaces
    if before is not None:
        before = Plan.objects.select_for_update().get(pk=before.pk)
        _carry_progress(plan)
        before.status = PlanStatus.REPLACED
        _saved(before)
    today = clock.today()
    plan.approved_by, plan.approved_at = actor, clock.now()
    plan.review_on = months_after(today, times_of(case.office).review_months)
    meet_deadline(case, Deadline.PLAN)
    advance_stage(case, CaseStage.HELP)
    case.save()
    _tell([plan.author, case.responsible], "plan_approved", plan, actor)
    plan.status = PlanStatus.APPROVED
    plan.number = take_number(case.office, Journal.OUTGOING, on=today)
    _issue(plan, actor, replaces=before)
    _saved(plan)
    return plan


@transaction.atomic
def record_agreement(plan: Plan, *, number: str, on: dt.date, actor: User) -> Plan:
    """The Commission on Children's Affairs has agreed: its number and date, and the paper anew with them."""
    plan = locked_plan(plan, may.can_record_agreement, actor)
    if not number.strip():
        raise DomainError(_("Say the number of the Commission's decision."))
    if on > clock.today():
        raise DomainError(_("The Commission's decision cannot be of a day to come."))
    plan.agreed_number, plan.agreed_on, plan.agreement_by = number.strip(), on, actor
    _issue(plan, actor, replaces=plan)
    _saved(plan)
    _tell([plan.case.responsible, *_heads(plan)], "plan_agreed", plan, actor)
    return plan


@transaction.atomic
def change_plan(plan: Plan, *, reason_ky: str, reason_ru: str = "", actor: User) -> Plan:
    """The next version as a draft that names this one, which stays in force until the new one is approved."""
    plan = locked_plan(plan, may.can_change_plan, actor)
    draft = plan.later_versions.exclude(status=PlanStatus.DROPPED).first()
    if draft is not None:
        return draft
    if not reason_ky.strip():
        raise DomainError(_("Say what is changed."))
    new = Plan(
        case=plan.case,
        kind=plan.kind,
        person=plan.person,
        author=actor,
        revision=plan.revision + 1,
        replaces=plan,
        change_reason_ky=reason_ky.strip(),
        change_reason_ru=reason_ru.strip(),
        **{name: getattr(plan, name) for name in PLAN_WORDS},
    )
    new.save()
    for goal in plan.goals.prefetch_related("measures"):
        _copy_goal(goal, new)
    return new


@transaction.atomic
def discard_plan(plan: Plan, *, actor: User) -> Plan:
    """A draft that nobody needs; it stays readable as thrown away."""
    plan = locked_plan(plan, may.can_discard_plan, actor)
    plan.status = PlanStatus.DROPPED
    return _saved(plan)


@transaction.atomic
def review_plan(
    plan: Plan, *, held_on: dt.date, found: str, next_on: dt.date | None, actor: User
) -> PlanReview:
    """What a look at the plan found; the next is due on ``next_on``, or after the office's own months."""
    plan = locked_plan(plan, may.can_review_plan, actor)
    if not found.strip():
        raise DomainError(_("Say what was found."))
    if held_on > clock.today():
        raise DomainError(_("A review is written down once it is held."))
    if plan.approved_at is not None and held_on < clock.local(plan.approved_at).date():
        raise DomainError(_("A review cannot be earlier than the plan's approval."))
    next_on = next_on or months_after(held_on, times_of(plan.case.office).review_months)
    if next_on <= held_on:
        raise DomainError(_("The next review is after this one."))
    review = PlanReview.objects.create(
        plan=plan, held_on=held_on, found=found.strip(), next_on=next_on, by=actor, at=clock.now()
    )
    plan.review_on = next_on
    _saved(plan)
    return review


def locked_plan(plan: Plan, allows: Callable[[User, Plan], bool], actor: User) -> Plan:
    """The row for changing, its case beside it; refused where the state or the person does not allow it."""
    rows = Plan.objects.visible_to(actor).select_for_update(of=("self",))
    related = rows.select_related("case__office", "case__responsible", "author", "person")
    found = related.filter(pk=plan.pk).first()
    if found is None or not allows(actor, found):
        raise DomainError(_("You cannot do this with the plan as it stands now. Look at it again."))
    return found


def _refuse_unfit(plan: Plan) -> None:
    """What goes out under the head's name: goals with measures, all in Kyrgyz, nothing that is hidden from somebody."""
    goals = list(plan.goals.prefetch_related("measures"))
    if not goals:
        raise DomainError(_("The plan has no goal yet."))
    if any(not goal.measures.all() for goal in goals):
        raise DomainError(_("Each goal needs a measure: say who does what until when."))
    if mentions := mentioned_in(texts_of(plan), hidden_facts_of(plan.case)):
        things = ", ".join(str(fact.thing) for fact in mentions)
        raise DomainError(
            _("The text spells out what is hidden from somebody: %(things)s. Take it out.")
            % {"things": things}
        )


def _issue(plan: Plan, actor: User, *, replaces: Plan | None) -> None:
    """The paper's bytes, fixed; the one that it takes the place of is named on its check page."""
    plan.paper = issue_paper(
        PaperKind.PLAN,
        office=plan.case.office,
        number=plan.number,
        on=clock.today(),
        by=actor,
        template=TEMPLATE,
        paper=plan_paper(plan),
        replaces=replaces.paper if replaces else None,
    )


def _copy_goal(goal: PlanGoal, plan: Plan) -> None:
    copy = PlanGoal(plan=plan, **{name: getattr(goal, name) for name in GOAL_WORDS})
    copy.save()
    for measure in goal.measures.all():
        same = {name: getattr(measure, name) for name in (*MEASURE_WORDS, *PROGRESS)}
        Measure(goal=copy, carried_from=measure, **same).save()


def _carry_progress(plan: Plan) -> None:
    """While the new version was written the old one was carried out: what came of its measures goes on in the new."""
    for measure in Measure.objects.filter(goal__plan=plan).select_related("carried_from"):
        old = measure.carried_from
        if old is not None and any(getattr(old, n) != getattr(measure, n) for n in PROGRESS):
            for name in PROGRESS:
                setattr(measure, name, getattr(old, name))
            measure.save()


def _heads(plan: Plan) -> list[User]:
    case = plan.case
    return [u for u in people_in(case.office_id, Role.HEAD) if can_see_case(u, case)]


def _saved(plan: Plan) -> Plan:
    plan.version += 1
    plan.save()
    return plan


def _tell(people: Iterable[User], kind: str, plan: Plan, by: User) -> None:
    tell(people, kind, by=by, number=plan.case.number, url=plan.get_absolute_url())
