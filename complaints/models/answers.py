"""The answer to a complaint, and the appeals that may follow it."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.history import HistoricalRecords
from offices.models import User
from papers.models import IssuedPaper

from ..enums import AnswerChannel, AnswerStatus, AppealBody, AppealOutcome
from .complaints import Complaint


class Answer(models.Model):
    """The letter: Kyrgyz complete, and the complaint's own language where it is another (clause 17)."""

    complaint = models.OneToOneField(Complaint, models.PROTECT, related_name="answer")
    status = models.CharField(
        _("State"), max_length=10, choices=AnswerStatus.choices, default=AnswerStatus.DRAFT
    )
    text_ky = models.TextField(_("Answer in Kyrgyz"), blank=True)
    text_ru = models.TextField(_("Answer in Russian"), blank=True)
    text_other = models.TextField(_("Answer in the complaint's own language"), blank=True)
    remark = models.CharField(_("What is to be mended"), max_length=500, blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Finished by who considers, and waiting for the leadership's word.
    submitted_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Approved by")
    )
    approved_at = models.DateTimeField(_("Approved at"), null=True, blank=True)
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Signed by")
    )
    signed_at = models.DateTimeField(_("Signed at"), null=True, blank=True)
    snapshot = models.JSONField(null=True, blank=True, editable=False)
    text_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    number = models.CharField(_("Outgoing number"), max_length=30, blank=True, editable=False)
    channel = models.CharField(
        _("How it was sent"), max_length=16, choices=AnswerChannel.choices, blank=True
    )
    sent_on = models.DateField(_("Sent on"), null=True, blank=True)
    sent_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Sent by")
    )
    late_reason = models.CharField(_("Why it was sent late"), max_length=500, blank=True)
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["signed", "sent"])
                | Q(signed_by__isnull=False, signed_at__isnull=False) & ~Q(text_sha256=""),
                name="signed_answer_has_its_signature",
            ),
            models.CheckConstraint(
                condition=~Q(status="sent")
                | Q(paper__isnull=False, sent_on__isnull=False) & ~Q(number="") & ~Q(channel=""),
                name="sent_answer_keeps_its_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("answer"))


class AppealStep(models.Model):
    """One step of an appeal: first City Hall, then court (clause 17)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="appeals")
    body = models.CharField(_("Where to"), max_length=10, choices=AppealBody.choices)
    filed_on = models.DateField(_("Filed on"))
    reference = models.CharField(_("Their number"), max_length=60, blank=True)
    outcome = models.CharField(
        _("Outcome"), max_length=10, choices=AppealOutcome.choices, default=AppealOutcome.PENDING
    )
    decided_on = models.DateField(_("Decided on"), null=True, blank=True)
    followed = models.TextField(_("What followed"), blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    history = HistoricalRecords()

    class Meta:
        ordering = ["filed_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(decided_on__gte=F("filed_on")),
                name="appeal_decided_after_it_was_filed",
            ),
            models.CheckConstraint(
                condition=Q(outcome="pending", decided_on=None)
                | ~Q(outcome="pending") & Q(decided_on__isnull=False),
                name="decided_appeal_has_its_day",
            ),
        ]
