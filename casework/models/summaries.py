"""Summaries of a case for the court or the Commission: sections chosen, released by the head, the copy kept."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.history import HistoricalRecords
from offices.enums import Role
from offices.models import Organisation, User
from offices.standing import standing

from ..enums import ReleaseStatus
from .cases import Case
from .releases import LegalGround, Release


class CaseSummaryQuerySet(models.QuerySet["CaseSummary"]):
    def visible_to(self, user: User) -> Self:
        """Those of cases that ``user`` works in full."""
        return self.filter(case__in=Case.objects.full_visible_to(user))

    def to_decide_by(self, user: User) -> Self:
        """Requests that wait for ``user`` as head of the case's office."""
        return self.visible_to(user).filter(
            status=ReleaseStatus.REQUESTED,
            case__office_id__in=standing(user).offices(Role.HEAD),
        )


class CaseSummary(models.Model):
    """What of a case goes to whom (clause 11). ``sections`` are codes of ``casework.summary_sections``.

    Until the head decides it is a request and its paper a draft; granted, it stands in the register of releases, whose
    row keeps the paper.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="summaries")
    recipient = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("To whom"),
    )
    recipient_text = models.CharField(_("To whom, in words"), max_length=300, blank=True)
    request_number = models.CharField(_("Request number"), max_length=60, blank=True)
    request_on = models.DateField(_("Request date"), null=True, blank=True)
    ground = models.ForeignKey(
        LegalGround, models.PROTECT, related_name="+", verbose_name=_("Legal ground")
    )
    purpose = models.CharField(_("What for, exactly what"), max_length=500)
    sections = models.JSONField(_("What goes into it"), default=list)
    account_ky = models.TextField(_("The office's account in Kyrgyz"), blank=True)
    account_ru = models.TextField(_("The office's account in Russian"), blank=True)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    status = models.CharField(
        _("State"), max_length=10, choices=ReleaseStatus.choices, default=ReleaseStatus.REQUESTED
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(_("Reason of the decision"), max_length=500, blank=True)
    release = models.OneToOneField(
        Release, models.PROTECT, null=True, blank=True, related_name="summary"
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = CaseSummaryQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "case summaries"
        ordering = ["-requested_at", "id"]
        indexes = [models.Index(fields=["case", "status"], name="case_summary_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="granted") | Q(release__isnull=False),
                name="granted_summary_stands_in_the_register",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(decision_reason=""),
                name="refused_summary_says_why",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Case summary"))

    def get_absolute_url(self) -> str:
        return reverse("summaries:summary", args=[self.pk])

    @property
    def to_whom(self) -> str:
        named = self.recipient.name if self.recipient else ""
        return ", ".join(part for part in (named, self.recipient_text) if part)
