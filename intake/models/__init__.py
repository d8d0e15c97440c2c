"""The records of intake, by channel."""

from .application_people import ApplicationPerson
from .applications import Application, ApplicationConflict, EligibilityDecision
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
    "Application",
    "ApplicationConflict",
    "ApplicationPerson",
    "BoardChoice",
    "CallAlarm",
    "CallCompany",
    "CallPerson",
    "CallTopic",
    "CommunicationNeed",
    "DutyShift",
    "EligibilityDecision",
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
