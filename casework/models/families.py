"""Families: who belongs to them, and how they live."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.models import User

from ..enums import Relation
from .people import Person


class FamilyQuerySet(models.QuerySet["Family"]):
    def visible_to(self, user: User) -> Self:
        """Families of cases whose content ``user`` may read."""
        from .cases import Case

        return self.filter(cases__in=Case.objects.content_visible_to(user)).distinct()


class Family(models.Model):
    """A family as the offices know it. It belongs to no office: it is seen through its cases."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    housing = models.TextField(_("Housing"), blank=True)
    income = models.TextField(_("Income"), blank=True)
    benefits = models.TextField(_("Benefits"), blank=True)
    migration = models.TextField(_("Migration"), blank=True)
    risks = models.TextField(_("Risks"), blank=True)
    note = models.TextField(_("Note"), blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = FamilyQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name_plural = "families"


class FamilyMember(models.Model):
    """One person's place in a family, from a day to a day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    family = models.ForeignKey(Family, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="family_memberships")
    relation = models.CharField(_("Relation to the child"), max_length=20, choices=Relation.choices)
    relation_text = models.CharField(_("Relation, in words"), max_length=100, blank=True)
    from_on = models.DateField(_("From"), null=True, blank=True)
    to_on = models.DateField(_("To"), null=True, blank=True)
    lives_together = models.BooleanField(_("Lives with the family"), null=True, blank=True)
    is_carer = models.BooleanField(_("Cares for the child"), default=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["from_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to_on=None) | Q(from_on=None) | Q(to_on__gte=F("from_on")),
                name="family_member_leaves_after_joining",
            ),
            models.UniqueConstraint(
                fields=["family", "person"], condition=Q(to_on=None), name="family_member_once"
            ),
        ]
