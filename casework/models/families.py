"""Families: who belongs to them, and how they live."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.asked_often import AskedOftenQuerySet, asked_often
from offices.models import User

from ..enums import Relation
from .people import Person


class FamilyQuerySet(AskedOftenQuerySet["Family"]):
    @asked_often
    def visible_to(self, user: User) -> Self:
        """Families of cases whose content ``user`` may read."""
        from .cases import Case

        return self.filter(self._has_case_among(Case.objects.content_visible_to(user)))

    @asked_often
    def full_visible_to(self, user: User) -> Self:
        """Families of which ``user`` reads all that is kept: through a case that they work in full."""
        from .cases import Case

        return self.filter(self._has_case_among(Case.objects.full_visible_to(user)))

    def with_depth_for(self, user: User) -> Self:
        """Each with ``reads_full``: whether ``user`` reads how it lives, or only who belongs to it."""
        from .cases import Case

        return self.annotate(reads_full=self._has_case_among(Case.objects.full_visible_to(user)))

    @staticmethod
    def _has_case_among(cases: "models.QuerySet[Any]") -> Exists:
        return Exists(cases.filter(family=OuterRef("pk")))


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

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("families:family", args=[self.pk])

    @property
    def title(self) -> str:
        """Whose family it is: its children, else whoever cares, else anybody in it. One query, or none with members prefetched."""
        members = [m for m in self.members.all() if m.to_on is None]
        chosen = (
            [m for m in members if m.relation == Relation.CHILD]
            or [m for m in members if m.is_carer]
            or members
        )
        named = ", ".join(m.person.full_name for m in chosen)
        return named or str(_("Family without members"))


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
    version = models.PositiveIntegerField(default=0, editable=False)

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

    def __str__(self) -> str:
        return f"{self.person} · {self.relation_shown}"

    @property
    def relation_shown(self) -> str:
        """The relation as it is said: in words where they were typed."""
        return self.relation_text or str(self.get_relation_display())
