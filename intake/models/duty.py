"""Who is on call in the nights and on days off, and how to reach them."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.models import Office, User

from ..standing import call_offices


class DutyShiftQuerySet(models.QuerySet["DutyShift"]):
    def visible_to(self, user: User) -> Self:
        """The roster of the offices whose calls ``user`` holds."""
        return self.filter(office_id__in=call_offices(user))

    def at(self, moment: dt.datetime | None = None) -> Self:
        """Those that run at the moment (now unless told)."""
        moment = moment or clock.now()
        return self.filter(starts_at__lte=moment, ends_at__gt=moment)


class DutyShift(models.Model):
    """One person on duty in one office, from a moment to a moment. While it lasts they hold the office's calls."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="duty_shifts")
    user = models.ForeignKey(
        User, models.PROTECT, related_name="duty_shifts", verbose_name=_("Who")
    )
    starts_at = models.DateTimeField(_("From"))
    ends_at = models.DateTimeField(_("Until"))
    phone = models.CharField(_("How to reach them"), max_length=100)
    note = models.CharField(_("Note"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = DutyShiftQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["office", "starts_at"], name="duty_by_office"),
            models.Index(fields=["user", "starts_at"], name="duty_by_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="duty_ends_after_it_starts"
            )
        ]
