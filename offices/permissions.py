"""What a person may do with colleagues and accounts. docs/permissions.md has the table."""

from .enums import Role
from .models import Membership, Office, StandIn, User
from .standing import standing

LEADING = (Role.HEAD, Role.CITY_HEAD)


def led_offices(user: User) -> frozenset[int]:
    """Ids of the offices that ``user`` heads today, as head or deputy."""
    return standing(user).offices(*LEADING)


def can_lead_office(user: User, office: Office) -> bool:
    return office.pk in led_offices(user)


def can_set_stand_in(user: User, membership: Membership) -> bool:
    """The head of that office; also for themselves: so the deputy is named."""
    return membership.office_id in led_offices(user)


def can_end_stand_in(user: User, stand_in: StandIn) -> bool:
    return can_set_stand_in(user, stand_in.membership)


def can_keep_accounts(user: User) -> bool:
    return bool(user.is_active and standing(user).is_administrator)


def can_read_security_events(user: User) -> bool:
    return standing(user).has(Role.AUDITOR)
