"""The records of casework, by room: people, families, cases, assessments, plans, help, conclusions, releases."""

from .access_reports import AccessReport
from .accompaniments import Accompaniment
from .assessments import Assessment, AssessmentDomain, AssessmentScore
from .cases import (
    Case,
    CaseChild,
    CaseConflict,
    SafetyAlert,
    SafetyNotice,
    Search,
)
from .categories import SituationCategory
from .closing import Closing, ClosingReason, FollowUp, KeepingRule, Reopening
from .conclusions import Conclusion, ConclusionMethod, PsychologicalMethod
from .consents import Consent
from .contacts import Address, HiddenFact, Phone
from .episodes import Episode
from .families import Family, FamilyMember
from .keeping import ForsakenNotice, HandOver, Transfer
from .legal import DraftedDocument, ProtectionOrder, StateLawyer
from .meetings import Meeting, PrivateNote
from .merges import PersonMerge
from .office_times import CaseDeadline, OfficeTimes
from .people import Child, Person
from .plans import Measure, Plan, PlanGoal, PlanReview
from .releases import LegalGround, Release
from .sealed import SealedOpening
from .statements import Statement
from .summaries import CaseSummary
from .tasks import CalendarFeed, Task

__all__ = [
    "AccessReport",
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
    "CaseSummary",
    "Child",
    "Closing",
    "ClosingReason",
    "Conclusion",
    "ConclusionMethod",
    "Consent",
    "DraftedDocument",
    "Episode",
    "Family",
    "FamilyMember",
    "FollowUp",
    "ForsakenNotice",
    "HandOver",
    "HiddenFact",
    "KeepingRule",
    "LegalGround",
    "Measure",
    "Meeting",
    "OfficeTimes",
    "Person",
    "PersonMerge",
    "Phone",
    "Plan",
    "PlanGoal",
    "PlanReview",
    "PrivateNote",
    "ProtectionOrder",
    "PsychologicalMethod",
    "Release",
    "Reopening",
    "SafetyAlert",
    "SafetyNotice",
    "SealedOpening",
    "Search",
    "SituationCategory",
    "StateLawyer",
    "Statement",
    "Task",
    "Transfer",
]
