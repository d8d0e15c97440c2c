"""Consent: to the help and to the handling of data, or the ground on which it is not needed."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.models import User

from ..enums import Capacity
from .people import Person


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, user: User) -> Self:
        """Those given in cases whose content ``user`` may read."""
        from .cases import Case

        return self.filter(case__in=Case.objects.content_visible_to(user))

    def in_force(self) -> Self:
        return self.filter(withdrawn_on=None)


class Consent(models.Model):
    """Consent to help and to the handling of data, or the ground on which it is not needed.

    ``given_on`` is the day of the word, ``written_on`` the day of the paper where there is one: a consent given orally
    and confirmed in writing later has both.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="consents", verbose_name=_("Whose")
    )
    case = models.ForeignKey(
        "Case", models.PROTECT, related_name="consents", verbose_name=_("Case")
    )
    given_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Given by")
    )
    capacity = models.CharField(
        _("In what capacity"), max_length=20, choices=Capacity.choices, blank=True
    )
    to_help = models.BooleanField(_("To the help"), default=True)
    to_data = models.BooleanField(_("To the handling of data"), default=True)
    scope = models.CharField(_("Scope"), max_length=500, blank=True)
    is_written = models.BooleanField(_("In writing"), default=False)
    given_on = models.DateField(_("Given on"), null=True, blank=True)
    written_on = models.DateField(_("Confirmed in writing on"), null=True, blank=True)
    ground_without = models.CharField(_("Ground without consent"), max_length=500, blank=True)
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True)
    withdrawal_note = models.CharField(_("How it was withdrawn"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ConsentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-given_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_on__isnull=False) | ~Q(ground_without=""),
                name="consent_is_given_or_grounded",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on=None)
                | Q(given_on=None)
                | Q(withdrawn_on__gte=F("given_on")),
                name="consent_is_withdrawn_after_it_is_given",
            ),
        ]

    @property
    def is_ground(self) -> bool:
        """Whether it is no consent but a ground on which none is needed."""
        return self.given_on is None
