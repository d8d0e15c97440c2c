"""A person's own access report (clause 11): who read their child's file, when and why, as it was given to them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.history import HistoricalRecords
from offices.models import User
from papers.models import IssuedPaper

from ..enums import Capacity
from .cases import Case
from .people import Person
from .releases import Release


class AccessReport(models.Model):
    """One report: whose file, for whom, for which days, and the lines as they were printed.

    ``is_safe_because`` is the head's word that giving it to this person puts nobody in danger.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="access_reports")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="access_reports", verbose_name=_("Whose file")
    )
    made_for = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("For whom")
    )
    capacity = models.CharField(_("In what capacity"), max_length=20, choices=Capacity.choices)
    since = models.DateField(_("From"))
    until = models.DateField(_("To"))
    is_safe_because = models.CharField(_("Why it is safe to give it"), max_length=500)
    names_staff = models.BooleanField(_("Names of the staff are printed"), default=False)
    lines = models.JSONField(editable=False)
    left_out = models.PositiveIntegerField(default=0)
    number = models.CharField(_("Number"), max_length=30, editable=False)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    paper = models.OneToOneField(IssuedPaper, models.PROTECT, related_name="access_report")
    release = models.OneToOneField(Release, models.PROTECT, related_name="access_report")

    history = HistoricalRecords(excluded_fields=["lines"])

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(is_safe_because=""), name="access_report_is_said_to_be_safe"
            )
        ]

    def __str__(self) -> str:
        return self.number
