"""What a person may do with a case's summary: whoever works the case asks, the head of its office decides."""

from offices.models import User

from .enums import ReleaseStatus
from .models import Case, CaseSummary
from .permissions import can_lead_case, can_work_case


def can_ask_summary(user: User, case: Case) -> bool:
    """Also of a closed case: courts ask years later."""
    return can_work_case(user, case)


def can_decide_summary(user: User, summary: CaseSummary) -> bool:
    return summary.status == ReleaseStatus.REQUESTED and can_lead_case(user, summary.case)
