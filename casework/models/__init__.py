"""The records of casework, by room: people, families, cases, help, conclusions, releases."""

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
from .people import Child, Person
from .releases import LegalGround, Release

__all__ = [
    "Address",
    "Case",
    "CaseChild",
    "CaseConflict",
    "Child",
    "Conclusion",
    "ConclusionMethod",
    "Consent",
    "Episode",
    "Family",
    "FamilyMember",
    "HiddenFact",
    "LegalGround",
    "Meeting",
    "Person",
    "Phone",
    "PrivateNote",
    "PsychologicalMethod",
    "Release",
    "SafetyAlert",
    "SafetyNotice",
    "Search",
    "SituationCategory",
]
