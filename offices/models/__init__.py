"""The records of offices and people, by room."""

from .bilingual import Bilingual, ReferenceItem
from .calendar import CalendarDay, CalendarMove, CalendarYear
from .notices import Notice, SecurityEvent
from .people import Membership, StandIn, User, UserManager
from .places import District, Mtu, Office, Organisation, OrganisationContact
from .reading import ReadKind, ReadLog
from .signin import ResetLink, SignInThrottle
from .standard import StandardVersion

__all__ = [
    "Bilingual",
    "CalendarDay",
    "CalendarMove",
    "CalendarYear",
    "District",
    "Membership",
    "Mtu",
    "Notice",
    "Office",
    "Organisation",
    "OrganisationContact",
    "ReadKind",
    "ReadLog",
    "ReferenceItem",
    "ResetLink",
    "SecurityEvent",
    "SignInThrottle",
    "StandIn",
    "StandardVersion",
    "User",
    "UserManager",
]
