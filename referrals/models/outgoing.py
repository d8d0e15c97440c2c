"""Referrals that go out of a case: to whom, what is shared on what ground, what came back."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.models import Case, Consent, Episode, LegalGround, Person, Release
from core.history import HistoricalRecords
from offices.enums import Role
from offices.models import Organisation, User
from offices.standing import standing
from papers.attachment_lists import AttachedFile
from papers.models import IssuedPaper

from ..enums import OutgoingStatus, ReplyResult, SentHow


class OutgoingReferralQuerySet(models.QuerySet["OutgoingReferral"]):
    """Who may read an outgoing referral. docs/permissions.md has the table."""

    def visible_to(self, user: User) -> Self:
        """Those of cases one works in full; those one asked for in a case whose content one reads."""
        worked = Q(case__in=Case.objects.full_visible_to(user))
        asked = Q(requested_by_id=user.pk, case__in=Case.objects.content_visible_to(user))
        return self.filter(worked | asked)

    def to_decide_by(self, user: User) -> Self:
        led = standing(user).offices(Role.HEAD)
        return self.visible_to(user).filter(status=OutgoingStatus.ASKED, case__office_id__in=led)

    def awaiting_reply(self) -> Self:
        return self.filter(status=OutgoingStatus.SENT)

    def overdue(self, on: dt.date) -> Self:
        """Sent, without a reply, whose day had passed on ``on``."""
        return self.awaiting_reply().filter(reply_due_on__lt=on)


class OutgoingReferral(models.Model):
    """A referral of a case's children or adults to another body; it goes out by the head's word (clause 11)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("Number"), max_length=30, blank=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="outgoing_referrals")
    episode = models.ForeignKey(
        Episode, models.PROTECT, null=True, blank=True, related_name="outgoing_referrals"
    )
    people = models.ManyToManyField(Person, related_name="+", verbose_name=_("About whom"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("To which organisation"),
    )
    recipient_text = models.CharField(_("To whom, in words"), max_length=300, blank=True)
    purpose_ky = models.TextField(_("What is asked for, in Kyrgyz"))
    purpose_ru = models.TextField(_("What is asked for, in Russian"), blank=True)
    shared_ky = models.TextField(_("What is shared, in Kyrgyz"), blank=True)
    shared_ru = models.TextField(_("What is shared, in Russian"), blank=True)
    with_contacts = models.BooleanField(_("With the address and the safe phones"), default=False)
    ground = models.ForeignKey(
        LegalGround, models.PROTECT, related_name="+", verbose_name=_("Legal ground")
    )
    consent = models.ForeignKey(
        Consent,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Consent"),
    )
    reply_due_on = models.DateField(_("Reply due on"), null=True, blank=True)
    status = models.CharField(
        _("State"), max_length=10, choices=OutgoingStatus.choices, default=OutgoingStatus.ASKED
    )
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(_("Reason of the decision"), max_length=500, blank=True)
    hidden_facts_reason = models.CharField(
        _("Why hidden facts are printed"), max_length=500, blank=True
    )
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, null=True, blank=True, related_name="outgoing_referral"
    )
    release = models.OneToOneField(
        Release, models.PROTECT, null=True, blank=True, related_name="outgoing_referral"
    )
    sent_on = models.DateField(_("Sent on"), null=True, blank=True)
    sent_how = models.CharField(
        _("How it was sent"), max_length=10, choices=SentHow.choices, blank=True
    )
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    replied_on = models.DateField(_("Reply came on"), null=True, blank=True)
    reply_number = models.CharField(_("Number of the reply"), max_length=60, blank=True)
    reply_text = models.TextField(_("What was replied"), blank=True)
    result = models.CharField(_("Result"), max_length=10, choices=ReplyResult.choices, blank=True)
    reply_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField(_("Ended on"), null=True, blank=True)
    closed_reason = models.CharField(_("Why it ends without a reply"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = OutgoingReferralQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[people])

    class Meta:
        ordering = ["-requested_at", "id"]
        indexes = [
            models.Index(fields=["case", "-requested_at"], name="outgoing_by_case"),
            models.Index(fields=["status", "reply_due_on"], name="outgoing_by_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(recipient_text=""),
                name="outgoing_referral_has_its_recipient",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["released", "sent", "replied", "closed"])
                | Q(paper__isnull=False, release__isnull=False, decided_by__isnull=False),
                name="released_referral_keeps_its_copy",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["sent", "replied"]) | Q(sent_on__isnull=False),
                name="sent_referral_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="replied") | (Q(replied_on__isnull=False) & ~Q(result="")),
                name="replied_referral_has_its_result",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(decision_reason=""),
                name="declined_referral_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Outgoing referral"))

    def get_absolute_url(self) -> str:
        return reverse("referrals:outgoing_referral", args=[self.pk])

    @property
    def to_whom(self) -> str:
        """The recipient in the reader's language, with the words beside."""
        return ", ".join(p for p in (str(self.organisation or ""), self.recipient_text) if p)

    def is_overdue(self, on: dt.date) -> bool:
        """The row's answer to :meth:`OutgoingReferralQuerySet.overdue`."""
        due = self.reply_due_on
        return self.status == OutgoingStatus.SENT and due is not None and due < on


class OutgoingFile(AttachedFile):
    """A scan of the reply, or what came with it."""

    record = models.ForeignKey(OutgoingReferral, models.PROTECT, related_name="files")

    history = HistoricalRecords()
