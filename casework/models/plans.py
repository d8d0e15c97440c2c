"""Plans: what is to change for a child or a family, who does what until when, and what has come of it."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.enums import Role
from offices.models import Organisation, User
from offices.standing import standing
from papers.models import IssuedPaper

from ..enums import CaseStage
from ..plan_enums import ExecutorKind, MeasureStatus, PlanKind, PlanStatus
from .assessments import AssessmentDomain
from .cases import Case
from .people import Person

_KNOWN_TO_HELPERS = [PlanStatus.APPROVED, PlanStatus.REPLACED]
_OPEN_MEASURES = [MeasureStatus.PLANNED, MeasureStatus.RUNNING]


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, user: User) -> Self:
        """Those of cases worked in full; approved versions also to whoever gives help in the case (design.md §1)."""
        full = Q(case__in=Case.objects.full_visible_to(user))
        content = Q(case__in=Case.objects.content_visible_to(user))
        return self.filter(full | (content & Q(status__in=_KNOWN_TO_HELPERS)))

    def in_force(self) -> Self:
        """Approved, not replaced, of a case that is open."""
        return self.filter(status=PlanStatus.APPROVED).exclude(case__stage=CaseStage.CLOSED)

    def to_approve_by(self, user: User) -> Self:
        """Those that wait for ``user`` as head of the case's office; never one's own."""
        led = Q(case__office_id__in=standing(user).offices(Role.HEAD))
        waiting = self.visible_to(user).filter(led, status=PlanStatus.SUBMITTED)
        return waiting.exclude(author=user).exclude(case__stage=CaseStage.CLOSED)


class Plan(models.Model):
    """One version of a plan: of the family's, or of one child's. Its text is fixed by the head's approval.

    A changed plan is a new version that names the old one. ``author`` is who laid it before the head.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="plans")
    kind = models.CharField(_("Kind"), max_length=10, choices=PlanKind.choices)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("Of which child"),
    )
    status = models.CharField(
        _("State"), max_length=10, choices=PlanStatus.choices, default=PlanStatus.DRAFT
    )
    revision = models.PositiveSmallIntegerField(_("Version"), default=1)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="later_versions"
    )
    change_reason_ky = models.CharField(_("What is changed"), max_length=300, blank=True)
    change_reason_ru = models.CharField(_("What is changed"), max_length=300, blank=True)

    child_opinion_ky = models.TextField(_("The child's opinion"), blank=True)
    child_opinion_ru = models.TextField(_("The child's opinion"), blank=True)
    parents_opinion_ky = models.TextField(_("The parents' opinion"), blank=True)
    parents_opinion_ru = models.TextField(_("The parents' opinion"), blank=True)
    parents_names = models.CharField(_("Which parents sign"), max_length=300, blank=True)

    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Author"))
    begun_at = models.DateTimeField(default=clock.now, editable=False)
    submitted_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(_("Why it is returned"), max_length=500, blank=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    number = models.CharField(_("Number"), max_length=30, blank=True, editable=False)
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, null=True, blank=True, related_name="plan"
    )
    agreed_number = models.CharField(
        _("Number of the Commission's decision"), max_length=40, blank=True
    )
    agreed_on = models.DateField(_("Date of the Commission's decision"), null=True, blank=True)
    agreement_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    review_on = models.DateField(_("Next review"), null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = PlanQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-begun_at"]
        indexes = [
            models.Index(fields=["case", "status"], name="plan_by_case"),
            models.Index(fields=["status", "review_on"], name="plan_by_review"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="child") & Q(person__isnull=False))
                | (Q(kind="family") & Q(person__isnull=True)),
                name="child_plan_has_its_child",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "replaced"])
                | (
                    Q(approved_by__isnull=False, approved_at__isnull=False, paper__isnull=False)
                    & ~Q(approved_by=F("author"))
                    & ~Q(number="")
                ),
                name="plan_is_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(agreed_on=None, agreed_number="")
                | (Q(agreed_on__isnull=False) & ~Q(agreed_number="")),
                name="agreement_has_number_and_day",
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "person"],
                condition=Q(status="approved"),
                nulls_distinct=False,
                name="plan_in_force_once",
            ),
            models.UniqueConstraint(
                fields=["case", "kind", "person"],
                condition=Q(status__in=["draft", "submitted"]),
                nulls_distinct=False,
                name="plan_written_once",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~Q(status="dropped"),
                name="plan_has_one_next_version",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("plans:plan", args=[self.pk])

    @property
    def is_in_force(self) -> bool:
        return self.status == PlanStatus.APPROVED


class PlanGoal(models.Model):
    """What is to change, from which assessed need."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    order = models.PositiveSmallIntegerField(_("Order"), default=1)
    domain = models.ForeignKey(
        AssessmentDomain,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("From which need"),
    )
    text_ky = models.CharField(_("Goal in Kyrgyz"), max_length=500)
    text_ru = models.CharField(_("Goal in Russian"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "id"]

    def __str__(self) -> str:
        return self.text_ky


class MeasureQuerySet(models.QuerySet["Measure"]):
    def of_plans_in_force(self) -> Self:
        return self.filter(goal__plan__in=Plan.objects.in_force())

    def unfinished(self) -> Self:
        return self.filter(status__in=_OPEN_MEASURES)

    def overdue(self, on: dt.date) -> Self:
        return self.unfinished().filter(due_on__lt=on)


class Measure(models.Model):
    """Who does what until when for a goal, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    goal = models.ForeignKey(
        PlanGoal, models.CASCADE, related_name="measures", verbose_name=_("Goal")
    )
    order = models.PositiveSmallIntegerField(_("Order"), default=1)
    text_ky = models.CharField(_("Measure in Kyrgyz"), max_length=500)
    text_ru = models.CharField(_("Measure in Russian"), max_length=500, blank=True)
    executor_kind = models.CharField(
        _("Who does it"),
        max_length=15,
        choices=ExecutorKind.choices,
        default=ExecutorKind.WORKER,
    )
    worker = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Worker")
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Organisation"),
    )
    relative = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Who of the family"),
    )
    executor_text = models.CharField(_("Who, in words"), max_length=200, blank=True)
    starts_on = models.DateField(_("Begins"), null=True, blank=True)
    due_on = models.DateField(_("Until"))
    success_ky = models.CharField(_("Sign of success in Kyrgyz"), max_length=300, blank=True)
    success_ru = models.CharField(_("Sign of success in Russian"), max_length=300, blank=True)
    status = models.CharField(
        _("State"), max_length=10, choices=MeasureStatus.choices, default=MeasureStatus.PLANNED
    )
    result = models.TextField(_("What came of it"), blank=True)
    settled_on = models.DateField(_("Done or given up on"), null=True, blank=True)
    carried_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = MeasureQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["order", "id"]
        indexes = [models.Index(fields=["status", "due_on"], name="measure_by_day")]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(starts_on__lte=F("due_on")),
                name="measure_begins_before_it_ends",
            ),
        ]

    def __str__(self) -> str:
        return self.text_ky

    def get_absolute_url(self) -> str:
        return reverse("plans:measure", args=[self.pk])

    @property
    def executor(self) -> str:
        """Who does it, in words: the chosen one, then what was typed beside."""
        chosen = self.worker or self.organisation or self.relative
        name = getattr(chosen, "short_name", None) or getattr(chosen, "name", "")
        if self.relative is not None:
            name = self.relative.full_name
        return ", ".join(part for part in (name, self.executor_text) if part)

    @property
    def is_open(self) -> bool:
        return self.status in _OPEN_MEASURES

    def is_overdue(self, on: dt.date) -> bool:
        """The row's answer to :meth:`MeasureQuerySet.overdue`."""
        return self.is_open and self.due_on < on


class PlanReview(models.Model):
    """A look at a plan in force: what was found, and when the next is due."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reviews")
    held_on = models.DateField(_("Reviewed on"))
    found = models.TextField(_("What was found"))
    next_on = models.DateField(_("Next review"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-held_on", "-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on__gt=F("held_on")), name="next_review_is_later"
            )
        ]
