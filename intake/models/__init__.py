"""The records of intake, by channel."""

from .raids import FoundPerson, Raid, RaidFinding
from .reception import (
    CommunicationNeed,
    PrivilegedCategory,
    QueueCounter,
    Visitor,
    WaitingRoomDisplay,
)
from .visits import Visit, VisitChild, VisitPhoto

__all__ = [
    "CommunicationNeed",
    "FoundPerson",
    "PrivilegedCategory",
    "QueueCounter",
    "Raid",
    "RaidFinding",
    "Visit",
    "VisitChild",
    "VisitPhoto",
    "Visitor",
    "WaitingRoomDisplay",
]
