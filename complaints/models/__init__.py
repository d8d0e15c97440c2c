"""The records of complaints, by room."""

from .answers import Answer, AppealStep
from .complaints import Complaint, ComplaintConflict, ComplaintLink, Forwarding
from .considering import Considering, Explanation, Measure, Point, PointEvidence

__all__ = [
    "Answer",
    "AppealStep",
    "Complaint",
    "ComplaintConflict",
    "ComplaintLink",
    "Considering",
    "Explanation",
    "Forwarding",
    "Measure",
    "Point",
    "PointEvidence",
]
