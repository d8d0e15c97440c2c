"""Who holds a case next: its transfer to another office, and its hand-over to a colleague."""

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

from ..enums import CaseStage
from ..keeping_enums import OfferStatus
from .cases import Case, CaseConflict

CARD_ROLES = (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)


def _not_shut_out(user: User) -> Q:
    shut = CaseConflict.objects.filter(case=OuterRef("case"), user=user.pk, ended_at=None)
    return ~Q(Exists(shut))


class TransferQuerySet(models.QuerySet["Transfer"]):
    def visible_to(self, user: User) -> Self:
        """Who works the case in full; the heads of both offices; of an accepted one also those of the earlier office who knew the card."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        own = standing(user)
        led = own.offices(Role.HEAD)
        heads = Q(from_office_id__in=led) | Q(to_office_id__in=led)
        worked = Q(case__in=Case.objects.full_visible_to(user))
        knew = Q(status=OfferStatus.ACCEPTED, from_office_id__in=own.offices(*CARD_ROLES))
        return self.filter(_not_shut_out(user)).filter(heads | worked | knew)

    def to_answer_by(self, user: User) -> Self:
        led = standing(user).offices(Role.HEAD)
        return self.visible_to(user).filter(status=OfferStatus.OFFERED, to_office_id__in=led)

    def summary_visible_to(self, user: User) -> Self:
        """Those whose reason and summary ``user`` reads: the head of the next office, of the earlier one until the case has gone, and who works it in full."""
        led = standing(user).offices(Role.HEAD)
        still_theirs = Q(from_office_id__in=led) & ~Q(status=OfferStatus.ACCEPTED)
        heads = still_theirs | Q(to_office_id__in=led)
        worked = Q(case__in=Case.objects.full_visible_to(user))
        return self.visible_to(user).filter(heads | worked)


class Transfer(models.Model):
    """A case offered to another office. Nothing changes before that office's head accepts and names who answers for it.

    ``*_then`` is the card as it stood: all that the earlier office keeps once the case has gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="transfers")
    from_office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name=_("From which office")
    )
    to_office = models.ForeignKey(
        Office, models.PROTECT, related_name="+", verbose_name=_("To which office")
    )
    reason = models.CharField(_("Why"), max_length=500)
    summary = models.TextField(_("What the next office must know"))
    offered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    status = models.CharField(
        _("State"), max_length=10, choices=OfferStatus.choices, default=OfferStatus.OFFERED
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(_("Why it is refused"), max_length=500, blank=True)
    children_then = models.CharField(max_length=500)
    responsible_then = models.ForeignKey(User, models.PROTECT, related_name="+")
    stage_then = models.CharField(max_length=12, choices=CaseStage.choices)
    was_restricted = models.BooleanField(default=False)
    responsible_next = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = TransferQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-offered_at", "id"]
        indexes = [models.Index(fields=["to_office", "status"], name="transfer_by_office")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(from_office=F("to_office")), name="transfer_goes_elsewhere"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(status="offered"), name="transfer_offered_once"
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted") | Q(responsible_next__isnull=False),
                name="accepted_transfer_names_who_answers",
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(decision_reason=""),
                name="refused_transfer_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("keeping:transfer", args=[self.pk])


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def visible_to(self, user: User) -> Self:
        """Who works the case in full, and the colleague to whom it is offered while they work there."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        there = standing(user).offices(Role.CASEWORKER, Role.HEAD)
        mine = Q(to=user, case__office_id__in=there, status=OfferStatus.OFFERED)
        worked = Q(case__in=Case.objects.full_visible_to(user))
        return self.filter(_not_shut_out(user)).filter(mine | worked)

    def to_answer_by(self, user: User) -> Self:
        return self.visible_to(user).filter(to=user, status=OfferStatus.OFFERED)


class HandOver(models.Model):
    """A case that its responsible worker hands to a colleague of the office, with what they must know."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="hand_overs")
    giver = models.ForeignKey(User, models.PROTECT, related_name="+")
    to = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("To whom"))
    summary = models.TextField(_("What the next worker must know"))
    offered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    status = models.CharField(
        _("State"), max_length=10, choices=OfferStatus.choices, default=OfferStatus.OFFERED
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(_("Why it is refused"), max_length=500, blank=True)

    objects = HandOverQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-offered_at", "id"]
        indexes = [models.Index(fields=["to", "status"], name="hand_over_by_receiver")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(status="offered"), name="hand_over_offered_once"
            ),
            models.CheckConstraint(
                condition=~Q(status="refused") | ~Q(decision_reason=""),
                name="refused_hand_over_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("keeping:hand_over", args=[self.pk])


class ForsakenNotice(models.Model):
    """That the heads were told, once, that ``worker`` left and the case waits to be handed on."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()

    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "worker"], name="forsaken_case_told_once")
        ]
