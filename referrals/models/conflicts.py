"""Conflicts of interest declared over an incoming referral, before there is an application or a case of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.models import User


class ReferralConflict(models.Model):
    """A declared conflict of interest (clause 10): shuts a worker, heads included, out of the referral and what comes of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(
        "referrals.IncomingReferral", models.PROTECT, related_name="conflicts"
    )
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    reason = models.CharField(_("Kind of tie"), max_length=300)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "user"],
                condition=Q(ended_at=None),
                name="referral_conflict_once",
            )
        ]
