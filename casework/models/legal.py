"""What else lies in the file of legal help: protection orders, drafted documents, the state-guaranteed lawyer."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.models import Organisation, User
from papers.models import Attachment

from ..accompaniment_enums import DraftedKind
from .episodes import Episode
from .people import Person

# So long before its expiry an order is reminded of.
REMINDS_BEFORE = dt.timedelta(days=7)


class OfEpisodeQuerySet(models.QuerySet[models.Model]):
    def visible_to(self, user: User) -> Self:
        """Records of the episodes whose content ``user`` reads."""
        return self.filter(episode__in=Episode.objects.content_visible_to(user))


class ProtectionOrderQuerySet(OfEpisodeQuerySet):
    def in_force(self) -> Self:
        """Those that nobody has closed; an expired one stays until somebody says what became of it."""
        return self.filter(closed_on=None)


class ProtectionOrder(models.Model):
    """An order that protects somebody of the family. Its expiry is typed from the paper, never computed.

    ``closed_on`` with ``closing_reason``: it was extended by another one, lifted, or has run out and that is noted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="orders")
    number = models.CharField(_("Number of the order"), max_length=60, blank=True)
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Issued by")
    )  # fmt: skip
    issuer_text = models.CharField(_("Issuer in words"), max_length=300, blank=True)
    issued_on = models.DateField(_("Issued on"))
    expires_on = models.DateField(_("Expires on"), null=True, blank=True)
    protects = models.ManyToManyField(
        Person, blank=True, related_name="+", verbose_name=_("Whom it protects")
    )
    protects_text = models.CharField(_("Whom else it protects"), max_length=300, blank=True)
    against = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Against whom")
    )  # fmt: skip
    against_text = models.CharField(_("Against whom, in words"), max_length=300, blank=True)
    conditions = models.TextField(_("Conditions"), blank=True)
    scan = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Scan")
    )
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)
    closing_reason = models.CharField(_("What became of it"), max_length=300, blank=True)
    # The expiry of which those who work with it were told; another one is told of anew.
    told_expiry = models.DateField(null=True, blank=True, editable=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ProtectionOrderQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[protects])

    class Meta:
        ordering = ["-issued_on", "id"]
        indexes = [models.Index(fields=["episode", "expires_on"], name="order_by_expiry")]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
                name="order_expires_after_its_issue",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | ~Q(closing_reason=""), name="closed_order_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Protection order"))

    def get_absolute_url(self) -> str:
        return reverse("legal:order", args=[self.pk])

    @property
    def issued_by(self) -> str:
        named = self.issuer.name if self.issuer else ""
        return ", ".join(part for part in (named, self.issuer_text) if part)

    @property
    def is_late(self) -> bool:
        """It has run out and nobody has said what became of it; on its last day it still protects."""
        open_still = self.closed_on is None and self.expires_on is not None
        return open_still and self.expires_on < clock.today()  # type: ignore[operator]  # not None here

    @property
    def is_near(self) -> bool:
        """It runs out within a week."""
        open_still = self.closed_on is None and self.expires_on is not None
        soon = clock.today() + REMINDS_BEFORE
        return open_still and clock.today() <= self.expires_on <= soon  # type: ignore[operator]  # not None here


class DraftedDocument(models.Model):
    """What the lawyer drafted: its text or a file, and to whom it was handed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="drafted_documents")
    kind = models.CharField(_("Kind"), max_length=15, choices=DraftedKind.choices)
    title = models.CharField(_("Title"), max_length=200)
    drafted_on = models.DateField(_("Drafted on"))
    text = models.TextField(_("Text"), blank=True)
    file = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("File")
    )
    handed_to = models.CharField(_("Handed to whom"), max_length=200, blank=True)
    handed_on = models.DateField(_("Handed on"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = OfEpisodeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-drafted_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_on=None) | ~Q(handed_to=""), name="handed_document_says_to_whom"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("legal:document", args=[self.pk])


class StateLawyer(models.Model):
    """The matter, or a part of it, was handed to a state-guaranteed lawyer (law No 91 of 2022)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="state_lawyers")
    name = models.CharField(_("Name of the lawyer"), max_length=200)
    phone = models.CharField(_("Phone"), max_length=60, blank=True)
    register_number = models.CharField(_("Number in the register"), max_length=60, blank=True)
    handed_on = models.DateField(_("Handed over on"))
    matter = models.CharField(_("What was handed over"), max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = OfEpisodeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-handed_on", "id"]

    def __str__(self) -> str:
        return self.name
