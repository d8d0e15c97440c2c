"""What stands on a case's summary about who holds it and how it ended: offers, hand-overs, closings, follow-ups, reopenings."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import clock

from .keeping_enums import ClosingStatus, OfferStatus
from .models import Case, Closing, FollowUp, HandOver, Reopening, Transfer
from .panels import Panel, register_panel
from .permissions import Depth, depth_of


@dataclass(frozen=True)
class Mark:
    """One line: what, when, by whom; ``look`` is the kind of its state."""

    text: str | Promise
    state: str
    look: str
    at: Any
    by: Any
    about: str = ""
    url: str = ""


_KINDS: dict[str, Any] = {
    "transfers": Transfer,
    "hand_overs": HandOver,
    "closings": Closing,
    "reopenings": Reopening,
    "follow_ups": FollowUp,
}
_OFFER_LOOKS = {OfferStatus.OFFERED: "soon", OfferStatus.ACCEPTED: "in-time"}
_CLOSING_LOOKS = {
    ClosingStatus.ASKED: "soon",
    ClosingStatus.APPROVED: "in-time",
    ClosingStatus.RETURNED: "late",
}


def keeping_panel(request: HttpRequest, case: Case) -> Panel | None:
    """For whoever works the case in full; one question first, whether there is anything of each kind."""
    if depth_of(request.user, case) < Depth.FULL:
        return None
    found = (
        Case.objects.filter(pk=case.pk)
        .values_list(
            *(
                Exists(model._default_manager.filter(case=OuterRef("pk")))
                for model in _KINDS.values()
            )
        )
        .get()
    )
    there = dict(zip(_KINDS, found, strict=True))
    marks = [
        *(_transfers(case) if there["transfers"] else []),
        *(_hand_overs(case) if there["hand_overs"] else []),
        *(_closings(case) if there["closings"] else []),
        *(_reopenings(case) if there["reopenings"] else []),
    ]
    follow_ups = list(case.follow_ups.select_related("made_by")) if there["follow_ups"] else []
    if not marks and not follow_ups:
        return None
    marks.sort(key=lambda mark: mark.at, reverse=True)
    context = {"marks": marks, "follow_ups": follow_ups, "today": clock.today()}
    return Panel("casework/keeping_panel.html", context)


def _transfers(case: Case) -> list[Mark]:
    rows = case.transfers.select_related("to_office", "from_office", "offered_by")
    return [
        Mark(
            _("Offered to another office"),
            str(row.get_status_display()),
            _OFFER_LOOKS.get(OfferStatus(row.status), "calm"),
            row.offered_at,
            row.offered_by,
            f"{row.from_office.short_name} → {row.to_office.short_name}",
            row.get_absolute_url(),
        )
        for row in rows
    ]


def _hand_overs(case: Case) -> list[Mark]:
    return [
        Mark(
            _("Handed over to a colleague"),
            str(row.get_status_display()),
            _OFFER_LOOKS.get(OfferStatus(row.status), "calm"),
            row.offered_at,
            row.giver,
            f"→ {row.to}",
            row.get_absolute_url(),
        )
        for row in case.hand_overs.select_related("giver", "to")
    ]


def _closings(case: Case) -> list[Mark]:
    return [
        Mark(
            _("Closing of the case"),
            str(row.get_status_display()),
            _CLOSING_LOOKS.get(ClosingStatus(row.status), "calm"),
            row.asked_at,
            row.asked_by,
            str(row.reason),
            row.get_absolute_url(),
        )
        for row in case.closings.select_related("asked_by", "reason")
    ]


def _reopenings(case: Case) -> list[Mark]:
    return [
        Mark(_("Opened again"), "", "", row.reopened_at, row.reopened_by, row.reason)
        for row in case.reopenings.select_related("reopened_by")
    ]


def hang_panel() -> None:
    register_panel("summary", keeping_panel, order=20)
