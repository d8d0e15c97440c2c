"""The records of casework, by room: people, families, cases, assessments, plans, help, conclusions, releases."""

from .accompaniments import Accompaniment
from .assessments import Assessment, AssessmentDomain, AssessmentScore
from .cases import (
    Case,
    CaseChild,
    CaseConflict,
    SafetyAlert,
    SafetyNotice,
    Search,
    SituationCategory,
)
from .conclusions import Conclusion, ConclusionMethod, PsychologicalMethod
from .consents import Consent
from .contacts import Address, HiddenFact, Phone
from .episodes import Episode
from .families import Family, FamilyMember
from .legal import DraftedDocument, ProtectionOrder, StateLawyer
from .meetings import Meeting, PrivateNote
from .office_times import CaseDeadline, OfficeTimes
from .people import Child, Person
from .plans import Measure, Plan, PlanGoal, PlanReview
from .releases import LegalGround, Release
from .statements import Statement
from .tasks import CalendarFeed, Task

__all__ = [
    "Accompaniment",
    "Address",
    "Assessment",
    "AssessmentDomain",
    "AssessmentScore",
    "CalendarFeed",
    "Case",
    "CaseChild",
    "CaseConflict",
    "CaseDeadline",
    "Child",
    "Conclusion",
    "ConclusionMethod",
    "Consent",
    "DraftedDocument",
    "Episode",
    "Family",
    "FamilyMember",
    "HiddenFact",
    "LegalGround",
    "Measure",
    "Meeting",
    "OfficeTimes",
    "Person",
    "Phone",
    "Plan",
    "PlanGoal",
    "PlanReview",
    "PrivateNote",
    "ProtectionOrder",
    "PsychologicalMethod",
    "Release",
    "SafetyAlert",
    "SafetyNotice",
    "Search",
    "SituationCategory",
    "StateLawyer",
    "Statement",
    "Task",
]
