"""Conflicts of interest declared over an incoming referral, before there is an application or a case of it."""

from django.db import models
from django.db.models import Q

from casework.models.conflicts import DeclaredConflict
from core.history import HistoricalRecords


class ReferralConflict(DeclaredConflict):
    """Shuts a worker, heads included, out of the referral and what comes of it."""

    referral = models.ForeignKey(
        "referrals.IncomingReferral", models.PROTECT, related_name="conflicts"
    )

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "user"],
                condition=Q(ended_at=None),
                name="referral_conflict_once",
            )
        ]
