"""Who may do what with raids and their findings; both have come through ``visible_to``."""

from offices.models import Office, User
from offices.standing import standing

from .models import Raid, RaidFinding
from .models.raids import RAIDING


def can_record_raid(user: User, office: Office) -> bool:
    """Operators, caseworkers and the head, each for their own office."""
    return office.pk in standing(user).offices(*RAIDING)


def can_change_raid(user: User, raid: Raid) -> bool:
    return raid.office_id in standing(user).offices(*RAIDING)


def can_change_finding(user: User, finding: RaidFinding) -> bool:
    return can_change_raid(user, finding.raid)


def can_settle_finding(user: User, finding: RaidFinding) -> bool:
    """Say why no application follows, while nobody has said so."""
    return finding.settled_at is None and can_change_raid(user, finding.raid)
