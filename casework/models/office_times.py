"""The times an office has set itself, and what a case is due to have by them. None of it is law (domain.md 1.1)."""

import datetime as dt
import uuid
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.history import HistoricalRecords
from offices.models import Office, User

from ..plan_enums import Deadline
from .cases import Case


class OfficeTimes(models.Model):
    """An office's own times for assessments and plans; an office without a row keeps the defaults."""

    office = models.OneToOneField(
        Office, models.CASCADE, related_name="own_times", verbose_name=_("Office")
    )
    initial_hours = models.PositiveSmallIntegerField(
        _("Initial assessment within, hours from the opening"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 31)],
    )
    comprehensive_days = models.PositiveSmallIntegerField(
        _("Comprehensive assessment within, working days from the opening"),
        default=10,
        validators=[MinValueValidator(1), MaxValueValidator(250)],
    )
    plan_days = models.PositiveSmallIntegerField(
        _("Plan within, working days from the comprehensive assessment"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(250)],
    )
    review_months = models.PositiveSmallIntegerField(
        _("Plan reviewed every, months"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(24)],
    )

    class Meta:
        verbose_name = _("office's own times")
        verbose_name_plural = _("Offices' own times")

    def __str__(self) -> str:
        return str(self.office)


class CaseDeadlineQuerySet(models.QuerySet["CaseDeadline"]):
    def visible_to(self, user: User) -> Self:
        """Those of cases that ``user`` works in full."""
        return self.filter(case__in=Case.objects.full_visible_to(user))

    def open(self) -> Self:
        return self.filter(met_at=None)

    def overdue(self, at: dt.datetime) -> Self:
        return self.open().filter(due_at__lt=at)


class CaseDeadline(models.Model):
    """By when a case is due to have one thing, as the office's times were on the day it started to count.

    Never computed again. ``due_at`` is the moment itself for hours, the end of the day for working days.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="deadlines")
    kind = models.CharField(max_length=20, choices=Deadline.choices)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(_("Due"))
    is_provisional = models.BooleanField(default=False)
    met_at = models.DateTimeField(null=True, blank=True)

    objects = CaseDeadlineQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["due_at"]
        indexes = [models.Index(fields=["met_at", "due_at"], name="deadline_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=Q(met_at=None), name="deadline_runs_once"
            ),
            models.CheckConstraint(
                condition=Q(due_at__gte=models.F("started_at")), name="deadline_is_after_its_start"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def is_overdue(self, at: dt.datetime) -> bool:
        """The row's answer to :meth:`CaseDeadlineQuerySet.overdue`."""
        return self.met_at is None and self.due_at < at
