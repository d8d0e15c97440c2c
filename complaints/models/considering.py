"""How a complaint is considered: by whom, its points, what was found of each, explanations, measures."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.history import HistoricalRecords
from offices.models import User
from papers.models import Attachment

from ..enums import Finding
from .complaints import Complaint


class Considering(models.Model):
    """One person's turn with a complaint; reassigning ends it and keeps it."""

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="turns")
    person = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Who considers it")
    )
    reason = models.CharField(_("Why another person"), max_length=300, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("Given at"))
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(ended_at=None), name="one_considers_at_a_time"
            )
        ]


class Point(models.Model):
    """One point of claim, and what was found of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField(_("Its place"))
    text = models.TextField(_("Point of claim"))
    finding = models.CharField(_("Finding"), max_length=12, choices=Finding.choices, blank=True)
    evidence = models.TextField(_("What it rests on"), blank=True)
    found_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    found_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finding="") | ~Q(evidence=""), name="finding_has_its_evidence"
            )
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.text}"


class PointEvidence(models.Model):
    """A file that a finding rests on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    point = models.ForeignKey(Point, models.PROTECT, related_name="files")
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]


class Explanation(models.Model):
    """What a person was asked about some points, and what they said: all that they see of the complaint."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="explanations")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Who"))
    # The words put to them: never the complaint's own, which may tell who complained.
    question = models.TextField(_("Points put to the person"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("Asked at"))
    text = models.TextField(_("Explanation"), blank=True)
    given_at = models.DateTimeField(_("Explained at"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["asked_at", "id"]


class MeasureQuerySet(models.QuerySet["Measure"]):
    def to_check(self, on: dt.date) -> "MeasureQuerySet":
        """Due by ``on`` and not checked."""
        return self.filter(checked_at=None, due_on__lte=on)


class Measure(models.Model):
    """What is done about an upheld point: who, by when, and whether somebody saw that it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="measures")
    text = models.CharField(_("Measure"), max_length=500)
    who = models.CharField(_("Who carries it out"), max_length=200)
    due_on = models.DateField(_("By when"))
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    done_on = models.DateField(_("Carried out on"), null=True, blank=True)
    result = models.CharField(_("What was seen"), max_length=500, blank=True)
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Checked by")
    )
    checked_at = models.DateTimeField(_("Checked at"), null=True, blank=True)

    objects = MeasureQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at=None) | (Q(checked_by__isnull=False) & ~Q(result="")),
                name="checked_measure_says_what_was_seen",
            ),
            models.CheckConstraint(
                condition=Q(done_on=None) | Q(checked_at__isnull=False, done_on__lte=F("checked_at__date")),
                name="measure_done_before_it_was_checked",
            ),
        ]  # fmt: skip
