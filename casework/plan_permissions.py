"""What a person may do with a plan, its measures and its reviews. docs/permissions.md has the table.

A plan that a predicate is asked about has come through ``Plan.objects.visible_to``.
"""

from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .enums import CaseStage
from .models import Case, Measure, Plan
from .permissions import can_change_case
from .plan_enums import PlanStatus


def can_begin_plan(user: User, case: Case) -> bool:
    """The responsible worker, a stand-in, the head; while the case is open."""
    return can_change_case(user, case)


def can_write_plan(user: User, plan: Plan) -> bool:
    """Its words and goals, as long as it is not before the head."""
    return plan.status == PlanStatus.DRAFT and can_change_case(user, plan.case)


def can_submit_plan(user: User, plan: Plan) -> bool:
    return can_write_plan(user, plan)


def can_discard_plan(user: User, plan: Plan) -> bool:
    return can_write_plan(user, plan)


def can_decide_plan(user: User, plan: Plan) -> bool:
    """Approve or return: the head of the case's office; never who laid it before them."""
    leads = plan.case.office_id in standing(user).offices(Role.HEAD)
    is_open = plan.case.stage != CaseStage.CLOSED
    waits = plan.status == PlanStatus.SUBMITTED
    return leads and is_open and waits and plan.author_id != user.pk


def can_take_back_plan(user: User, plan: Plan) -> bool:
    """Before the head has decided: who works the case."""
    return plan.status == PlanStatus.SUBMITTED and can_change_case(user, plan.case)


def can_record_agreement(user: User, plan: Plan) -> bool:
    """The Commission's number and date, once on a plan in force."""
    is_fresh = plan.agreed_on is None and plan.status == PlanStatus.APPROVED
    return is_fresh and can_change_case(user, plan.case)


def can_change_plan(user: User, plan: Plan) -> bool:
    """Begin the next version."""
    return plan.status == PlanStatus.APPROVED and can_change_case(user, plan.case)


def can_review_plan(user: User, plan: Plan) -> bool:
    return plan.status == PlanStatus.APPROVED and can_change_case(user, plan.case)


def can_settle_measure(user: User, measure: Measure) -> bool:
    """Write how far a measure of a plan in force is: who works the case, or the worker who carries it out and reads the plan."""
    plan = measure.goal.plan
    if plan.status != PlanStatus.APPROVED or plan.case.stage == CaseStage.CLOSED:
        return False
    return measure.worker_id == user.pk or can_change_case(user, plan.case)
