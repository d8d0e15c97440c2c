"""The records of intake, by channel."""

from .calls import (
    BoardChoice,
    CallAlarm,
    CallCompany,
    CallPerson,
    CallTopic,
    HotlineCall,
    HotlineCallQuerySet,
)
from .duty import DutyShift
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
    "BoardChoice",
    "CallAlarm",
    "CallCompany",
    "CallPerson",
    "CallTopic",
    "CommunicationNeed",
    "DutyShift",
    "FoundPerson",
    "HotlineCall",
    "HotlineCallQuerySet",
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
