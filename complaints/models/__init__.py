"""The records of complaints, by room."""

from .answers import Answer, AppealStep
from .book import BookEntry
from .complaints import Complaint, ComplaintConflict, ComplaintLink, Forwarding
from .considering import Considering, Explanation, Measure, Point, PointEvidence

__all__ = [
    "Answer",
    "AppealStep",
    "BookEntry",
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
