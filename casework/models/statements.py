"""The statement of accompaniment: signed by the specialist, countersigned by the head, its bytes kept once."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.history import HistoricalRecords
from offices.enums import Role
from offices.models import User
from offices.standing import standing
from papers.models import IssuedPaper

from ..accompaniment_enums import StatementStatus
from .episodes import Episode


class StatementQuerySet(models.QuerySet["Statement"]):
    def visible_to(self, user: User) -> Self:
        """The specialist, those who work the case in full, the head of the specialist's office; nobody shut out."""
        return self.filter(
            Q(episode__in=Episode.objects.content_visible_to(user))
            | Q(episode__in=Episode.objects.led_by(user))
        )

    def to_countersign_by(self, user: User) -> Self:
        """Signed ones that wait for ``user`` as head of the specialist's office; never one's own."""
        return self.visible_to(user).filter(
            ~Q(author=user),
            status=StatementStatus.SIGNED,
            episode__office_id__in=standing(user).offices(Role.HEAD),
        )


class Statement(models.Model):
    """What accompaniments there were, and nothing else of the case. ``snapshot`` is what was signed and is printed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="statements")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    status = models.CharField(
        _("State"), max_length=10, choices=StatementStatus.choices, default=StatementStatus.SIGNED
    )
    signed_at = models.DateTimeField()
    snapshot = models.JSONField(editable=False)
    text_sha256 = models.CharField(max_length=64, editable=False)
    return_reason = models.CharField(_("Why it is returned"), max_length=500, blank=True)
    number = models.CharField(_("Number"), max_length=30, blank=True, editable=False)
    countersigned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    countersigned_at = models.DateTimeField(null=True, blank=True)
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = StatementQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-signed_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="issued")
                | (Q(paper__isnull=False, countersigned_by__isnull=False) & ~Q(number="")),
                name="issued_statement_has_its_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(return_reason=""),
                name="returned_statement_says_why",
            ),
            models.UniqueConstraint(
                fields=["episode"], condition=Q(status="signed"), name="one_statement_waits"
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.get_status_display())

    def get_absolute_url(self) -> str:
        return reverse("statements:statement", args=[self.pk])
