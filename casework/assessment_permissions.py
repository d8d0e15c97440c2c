"""What a person may do with an assessment. docs/permissions.md has the table.

An assessment that a predicate is asked about has come through ``Assessment.objects.visible_to``.
"""

from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .enums import CaseStage
from .models import Assessment, Case
from .permissions import can_change_case, can_work_case
from .plan_enums import AssessmentStatus


def can_read_assessments(user: User, case: Case) -> bool:
    """Whoever works the case in full; those who only give help in it do not."""
    return can_work_case(user, case)


def can_begin_assessment(user: User, case: Case) -> bool:
    return can_change_case(user, case)


def can_write_assessment(user: User, assessment: Assessment) -> bool:
    """A draft, by anybody who works the case: a stand-in goes on where the colleague stopped."""
    return assessment.status == AssessmentStatus.DRAFT and can_change_case(user, assessment.case)


def can_finish_assessment(user: User, assessment: Assessment) -> bool:
    return can_write_assessment(user, assessment)


def can_discard_assessment(user: User, assessment: Assessment) -> bool:
    return can_write_assessment(user, assessment)


def can_decide_assessment(user: User, assessment: Assessment) -> bool:
    """Approve or return: the head of the case's office; never who finished it."""
    leads = assessment.case.office_id in standing(user).offices(Role.HEAD)
    is_open = assessment.case.stage != CaseStage.CLOSED
    waits = assessment.status == AssessmentStatus.FINISHED
    return leads and is_open and waits and assessment.author_id != user.pk


def can_correct_assessment(user: User, assessment: Assessment) -> bool:
    """Begin the one that takes its place, from what it says."""
    is_fixed = assessment.status != AssessmentStatus.DRAFT
    return is_fixed and can_change_case(user, assessment.case)
