"""Two records of one person brought together. Neither row is rewritten: the link says that they are one (docs/decisions)."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.history import HistoricalRecords
from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing

from ..keeping_enums import MergeStatus
from .cases import Case, CaseChild
from .families import FamilyMember
from .people import Person


def led_cases_of(person: "OuterRef | Person", user: User) -> tuple[Exists, Exists]:
    """Whether ``user`` heads an office with a case of the person, reading it: as a child of it, or of its family."""
    led = Case.objects.full_visible_to(user).filter(office_id__in=standing(user).offices(Role.HEAD))
    return (
        Exists(CaseChild.objects.filter(person=person, case__in=led)),
        Exists(FamilyMember.objects.filter(person=person, family__cases__in=led)),
    )


class PersonMergeQuerySet(models.QuerySet["PersonMerge"]):
    def visible_to(self, user: User) -> Self:
        """The head who proposed, of that office still, and whoever heads an office with a case of either record."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        led = standing(user).offices(Role.HEAD)
        if not led:
            return self.none()
        ours, ours_by_family = led_cases_of(OuterRef("ours"), user)
        theirs, theirs_by_family = led_cases_of(OuterRef("theirs"), user)
        return self.filter(Q(ours) | Q(ours_by_family) | Q(theirs) | Q(theirs_by_family))

    def in_force(self) -> Self:
        return self.filter(status=MergeStatus.AGREED)

    def to_answer_by(self, user: User) -> Self:
        """Proposals about a record of which ``user`` leads a case, and partings that the other side asks for."""
        led = standing(user).offices(Role.HEAD)
        if not led:
            return self.none()
        ours, ours_by_family = led_cases_of(OuterRef("ours"), user)
        theirs, theirs_by_family = led_cases_of(OuterRef("theirs"), user)
        asked = Q(status=MergeStatus.PROPOSED) & (Q(theirs) | Q(theirs_by_family))
        parting = Q(status=MergeStatus.AGREED, part_asked_at__isnull=False)
        other_side = Q(part_asked_from_ours=True) & (Q(theirs) | Q(theirs_by_family))
        other_side |= Q(part_asked_from_ours=False) & (Q(ours) | Q(ours_by_family))
        return self.filter(asked | (parting & other_side))


class PersonMerge(models.Model):
    """The word of the heads that two records are of one person.

    ``ours`` is the record of the head who proposed, ``theirs`` the other. It may be parted again; then each stands
    alone as it did, because nothing was moved.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    ours = models.ForeignKey(Person, models.PROTECT, related_name="merges_proposed")
    theirs = models.ForeignKey(Person, models.PROTECT, related_name="merges_received")
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name=_("Proposed by the office")
    )
    reason = models.CharField(_("Why they are one person"), max_length=500)
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    status = models.CharField(
        _("State"), max_length=10, choices=MergeStatus.choices, default=MergeStatus.PROPOSED
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(_("Reason of the decision"), max_length=500, blank=True)
    part_reason = models.CharField(_("Why they are two persons"), max_length=500, blank=True)
    part_asked_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    part_asked_at = models.DateTimeField(null=True, blank=True)
    part_asked_from_ours = models.BooleanField(null=True, blank=True)
    parted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    parted_at = models.DateTimeField(null=True, blank=True)

    objects = PersonMergeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-proposed_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(ours=F("theirs")), name="merge_is_of_two_records"),
            models.UniqueConstraint(
                fields=["ours", "theirs"],
                condition=Q(status__in=["proposed", "agreed"]),
                name="merge_once",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(decision_reason=""),
                name="refused_merge_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status="parted") | (Q(parted_at__isnull=False) & ~Q(part_reason="")),
                name="parted_records_say_why",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_status_display())

    def get_absolute_url(self) -> str:
        return reverse("keeping:merge", args=[self.pk])
