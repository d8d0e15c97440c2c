"""Whose histories stand together on a complaint's history page."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.history import Trail

from .models import (
    Answer,
    AppealStep,
    Complaint,
    ComplaintConflict,
    Considering,
    Explanation,
    Forwarding,
    Measure,
    Point,
)

_OF_IT = frozenset({"complaint"})
# What the machine keeps, and who did it, which the entry says itself.
_SILENT = frozenset(
    {"answer_soon_on", "danger_told_at", "registered_by", "received_by", "kept_by", "receipt"}
)


def complaint_trails(complaint: Complaint) -> list[Trail]:
    of_it = Q(complaint=complaint)
    return [
        Trail(Complaint, Q(id=complaint.pk), _("Complaint"), without=_SILENT),
        Trail(Forwarding, of_it, _("Forwarding"), named_by=("office",), without=_OF_IT),
        Trail(Considering, of_it, _("Who considers it"), named_by=("person",), without=_OF_IT | {"set_by"}),
        Trail(Point, of_it, _("Point of claim"), named_by=("position",), without=_OF_IT | {"found_by", "found_at"}),
        Trail(Measure, of_it, _("Measure"), named_by=("text",), without=_OF_IT | {"set_by", "set_at"}),
        Trail(Explanation, of_it, _("Explanation"), named_by=("person",), without=_OF_IT | {"asked_by"}),
        Trail(Answer, of_it, _("Answer"), without=_OF_IT | {"written_by", "submitted_at", "paper"}),
        Trail(AppealStep, of_it, _("Appeal"), named_by=("body",), without=_OF_IT | {"recorded_by", "recorded_at"}),
        Trail(ComplaintConflict, of_it, _("Conflict of interest"), named_by=("user",), without=_OF_IT | {"declared_by"}),
    ]  # fmt: skip
