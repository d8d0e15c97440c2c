"""The records of casework, by room: people, families, cases, assessments, plans, help, conclusions, releases."""

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
from .meetings import Meeting, PrivateNote
from .office_times import CaseDeadline, OfficeTimes
from .people import Child, Person
from .plans import Measure, Plan, PlanGoal, PlanReview
from .releases import LegalGround, Release

__all__ = [
    "Address",
    "Assessment",
    "AssessmentDomain",
    "AssessmentScore",
    "Case",
    "CaseChild",
    "CaseConflict",
    "CaseDeadline",
    "Child",
    "Conclusion",
    "ConclusionMethod",
    "Consent",
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
    "PsychologicalMethod",
    "Release",
    "SafetyAlert",
    "SafetyNotice",
    "Search",
    "SituationCategory",
]
