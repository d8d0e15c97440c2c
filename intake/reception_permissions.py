"""Who may do what at the reception. A visitor that a predicate is asked about has come through ``visible_to``.

Every state change has one predicate, which asks both who the person is and the visitor's state.
"""

from core import clock
from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing

from .enums import VisitorStatus
from .models import Visitor
from .models.reception import RECEIVING


def can_keep_reception(user: User, office: Office) -> bool:
    """Operators, caseworkers and the head, each in their own office."""
    return office.pk in standing(user).offices(*RECEIVING)


def can_lead_reception(user: User, office: Office) -> bool:
    """Say why somebody was not received, renew the screen's link: the head of the office."""
    return office.pk in standing(user).offices(Role.HEAD)


def _keeps(user: User, visitor: Visitor, *states: str) -> bool:
    return visitor.status in states and visitor.office_id in standing(user).offices(*RECEIVING)


def can_change_visitor(user: User, visitor: Visitor) -> bool:
    """What was written of a visitor can be mended and added to as long as they are known."""
    return _keeps(user, visitor, *VisitorStatus.values)


def can_call_visitor(user: User, visitor: Visitor) -> bool:
    return visitor.came_on == clock.today() and _keeps(user, visitor, VisitorStatus.WAITING)


def can_return_to_queue(user: User, visitor: Visitor) -> bool:
    """Called and not come in, or gone and come back the same day: the place is the one they had."""
    back = (VisitorStatus.CALLED, VisitorStatus.LEFT)
    return visitor.came_on == clock.today() and _keeps(user, visitor, *back)


def can_begin_reception(user: User, visitor: Visitor) -> bool:
    return visitor.came_on == clock.today() and _keeps(user, visitor, VisitorStatus.CALLED)


def can_end_reception(user: User, visitor: Visitor) -> bool:
    """Whoever receives, or the head where they have gone home."""
    running = _keeps(user, visitor, VisitorStatus.RUNNING)
    leads = visitor.office_id in standing(user).offices(Role.HEAD)
    return running and (visitor.received_by_id == user.pk or leads)


def can_mark_left(user: User, visitor: Visitor) -> bool:
    return _keeps(user, visitor, VisitorStatus.WAITING, VisitorStatus.CALLED)
