"""How a case ends: the request to close it, what follows after, and its reopening."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.enums import Role
from offices.models import Office, ReferenceItem, User
from offices.standing import standing
from papers.models import IssuedPaper

from ..enums import CaseStage, RiskLevel
from ..keeping_enums import Answer, ClosingStatus, FollowUpStatus, Found, GoalsMet
from .cases import Case


class ClosingReason(ReferenceItem):
    """Why a case is closed; editable."""

    asks_words = models.BooleanField(_("Must be explained in words"), default=False)

    class Meta(ReferenceItem.Meta):
        verbose_name = _("reason of closing")
        verbose_name_plural = _("Reasons of closing")


def default_months() -> list[int]:
    return [1, 3, 6]


class KeepingRule(models.Model):
    """An office's own rules of what follows a closing; an office without a row keeps the defaults. None of it is law."""

    office = models.OneToOneField(
        Office, models.CASCADE, related_name="keeping_rule", verbose_name=_("Office")
    )
    follow_up_months = ArrayField(
        models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(36)]),
        verbose_name=_("Follow-ups after so many months"),
        default=default_months,
        blank=True,
        help_text=_("Months after the closing, with commas between: 1,3,6."),
    )
    retention_years = models.PositiveSmallIntegerField(
        _("Cases are kept, years after the closing"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Empty: no term is set. Nothing goes by itself: what is past it is listed."),
    )

    class Meta:
        verbose_name = _("rule of keeping")
        verbose_name_plural = _("Rules of keeping")

    def __str__(self) -> str:
        return str(self.office)

    @classmethod
    def months_of(cls, office: Office) -> list[int]:
        """After how many months the office follows up, in order."""
        own = cls.objects.filter(office=office).values_list("follow_up_months", flat=True).first()
        return sorted(set(default_months() if own is None else own))


class ClosingQuerySet(models.QuerySet["Closing"]):
    def visible_to(self, user: User) -> Self:
        """Those of cases that ``user`` works in full."""
        return self.filter(case__in=Case.objects.full_visible_to(user))

    def to_decide_by(self, user: User) -> Self:
        """Requests that wait for ``user`` as head of the case's office; never one's own."""
        led = standing(user).offices(Role.HEAD)
        waiting = self.visible_to(user).filter(status=ClosingStatus.ASKED)
        return waiting.filter(case__office_id__in=led).exclude(asked_by=user)


class Closing(models.Model):
    """The request to close a case, and what the head decided. An approved one has its statement (a paper)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="closings")
    reason = models.ForeignKey(
        ClosingReason, models.PROTECT, related_name="+", verbose_name=_("Reason of closing")
    )
    reason_text = models.CharField(_("Reason, in words"), max_length=500, blank=True)
    goals = models.CharField(_("Goals of the plan"), max_length=10, choices=GoalsMet.choices)
    goals_text = models.TextField(_("What was reached, what was not"), blank=True)
    risk_then = models.CharField(
        _("Risk at the beginning"), max_length=10, choices=RiskLevel.choices
    )
    risk_now = models.CharField(_("Risk now"), max_length=10, choices=RiskLevel.choices)
    child_opinion = models.TextField(_("What the child says"), blank=True)
    parents_opinion = models.TextField(_("What the parents say"), blank=True)
    is_declined = models.BooleanField(_("The family did not wish to answer"), default=False)
    was_polite = models.CharField(
        _("Was the staff polite?"), max_length=10, choices=Answer.choices, blank=True
    )
    was_in_time = models.CharField(
        _("Did the help come in time?"), max_length=10, choices=Answer.choices, blank=True
    )
    was_useful = models.CharField(
        _("Did the help meet what you expected?"), max_length=10, choices=Answer.choices, blank=True
    )
    follower = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Who follows up")
    )
    months = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name=_("Follow-ups after, months"),
        default=list,
        blank=True,
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    stage_before = models.CharField(max_length=12, choices=CaseStage.choices)
    status = models.CharField(
        _("State"), max_length=10, choices=ClosingStatus.choices, default=ClosingStatus.ASKED
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.CharField(_("Why it is returned"), max_length=500, blank=True)
    number = models.CharField(_("Number"), max_length=30, blank=True, editable=False)
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, null=True, blank=True, related_name="closing"
    )

    objects = ClosingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-asked_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(status="asked"), name="closing_asked_once"
            ),
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(paper__isnull=False, decided_by__isnull=False),
                name="approved_closing_has_its_statement",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(decision_reason=""),
                name="returned_closing_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("keeping:closing", args=[self.pk])


class Reopening(models.Model):
    """A closed case opened again by the head's word: the number stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="reopenings")
    reason = models.CharField(_("Why"), max_length=500)
    closed_on = models.DateField(_("Closed on"))
    reopened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    reopened_at = models.DateTimeField()
    responsible = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Responsible worker")
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["-reopened_at"]


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> Self:
        """Those of cases that ``user`` works in full."""
        return self.filter(case__in=Case.objects.full_visible_to(user))

    def due(self) -> Self:
        return self.filter(status=FollowUpStatus.DUE)

    def waiting_for(self, user: User) -> Self:
        """To be made by ``user``: of cases they answer for, or that a head holds because whoever answered has left."""
        return self.due().filter(Exists(Case.objects.held_by(user).filter(pk=OuterRef("case"))))


class FollowUp(models.Model):
    """A look at the family some months after the closing, and what was found."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="follow_ups")
    closing = models.ForeignKey(Closing, models.PROTECT, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(_("Months after the closing"))
    due_on = models.DateField(_("Due"))
    status = models.CharField(
        _("State"), max_length=10, choices=FollowUpStatus.choices, default=FollowUpStatus.DUE
    )
    made_on = models.DateField(_("Made on"), null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    found = models.CharField(_("What was found"), max_length=10, choices=Found.choices, blank=True)
    text = models.TextField(_("In words"), blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = FollowUpQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["status", "due_on"], name="follow_up_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["closing", "months"], name="follow_up_once"),
            models.CheckConstraint(
                condition=~Q(status="done")
                | (Q(made_on__isnull=False, made_by__isnull=False) & ~Q(found="") & ~Q(text="")),
                name="made_follow_up_says_what_was_found",
            ),
        ]

    def __str__(self) -> str:
        return self.case.number

    def get_absolute_url(self) -> str:
        return reverse("keeping:follow_up", args=[self.pk])
