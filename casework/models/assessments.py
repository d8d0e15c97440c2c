"""Assessments: how things stand in each domain of a child's life, and how great the risk is."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.enums import Role
from offices.models import ReferenceItem, User
from offices.standing import standing

from ..enums import CaseStage, RiskLevel
from ..plan_enums import AssessmentKind, AssessmentStatus, Danger, Heard, Score
from .cases import Case
from .people import Person


class AssessmentDomain(ReferenceItem):
    """A side of life that is assessed: an editable list, each with a line of guidance."""

    guidance_ky = models.CharField(_("Guidance in Kyrgyz"), max_length=300, blank=True)
    guidance_ru = models.CharField(_("Guidance in Russian"), max_length=300, blank=True)

    class Meta(ReferenceItem.Meta):
        verbose_name = _("domain of assessment")
        verbose_name_plural = _("Domains of assessment")

    @property
    def guidance(self) -> str:
        return self.guidance_ru if get_language() == "ru" else self.guidance_ky


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, user: User) -> Self:
        """Those of cases that ``user`` works in full; whoever only gives help there reads none (docs/permissions.md)."""
        return self.filter(case__in=Case.objects.full_visible_to(user))

    def fixed(self) -> Self:
        """Finished by their author, whatever the head said of them."""
        return self.exclude(status=AssessmentStatus.DRAFT)

    def valid(self) -> Self:
        """Fixed ones that the head has not sent back."""
        return self.filter(status__in=[AssessmentStatus.FINISHED, AssessmentStatus.APPROVED])

    def to_approve_by(self, user: User) -> Self:
        """Finished ones that wait for ``user`` as head of the case's office; never one's own."""
        led = Q(case__office_id__in=standing(user).offices(Role.HEAD))
        waiting = self.visible_to(user).filter(led, status=AssessmentStatus.FINISHED)
        return waiting.exclude(author=user).exclude(case__stage=CaseStage.CLOSED)


class Assessment(models.Model):
    """One assessment of a case's family, or of one of its children. Fixed once its author has finished it.

    What the head returns stays as it was; the correction is a new one that names it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    kind = models.CharField(_("Kind"), max_length=15, choices=AssessmentKind.choices)
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        verbose_name=_("About whom"),
    )
    status = models.CharField(
        _("State"), max_length=10, choices=AssessmentStatus.choices, default=AssessmentStatus.DRAFT
    )
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Author"))
    begun_at = models.DateTimeField(default=clock.now, editable=False)
    assessed_on = models.DateField(_("Assessed on"), null=True, blank=True)

    danger = models.CharField(
        _("Is a child in danger now"),
        max_length=10,
        choices=Danger.choices,
        default=Danger.UNKNOWN,
    )
    danger_text = models.TextField(_("What the danger is"), blank=True)
    danger_done = models.TextField(_("What was done at once"), blank=True)
    heard = models.CharField(
        _("Was the child seen and heard alone"),
        max_length=10,
        choices=Heard.choices,
        default=Heard.UNKNOWN,
    )
    not_heard_reason = models.CharField(_("Why not"), max_length=500, blank=True)
    child_words = models.TextField(_("What the child says"), blank=True)
    protective_factors = models.TextField(_("What protects the child"), blank=True)
    conclusion = models.TextField(_("Conclusion and what comes next"), blank=True)

    computed_risk = models.CharField(
        _("Risk by the rule"),
        max_length=10,
        choices=RiskLevel.choices,
        default=RiskLevel.UNKNOWN,
    )
    risk_level = models.CharField(
        _("Risk"), max_length=10, choices=RiskLevel.choices, default=RiskLevel.UNKNOWN
    )
    override_reason = models.CharField(
        _("Why the risk differs from the rule"), max_length=500, blank=True
    )

    finished_at = models.DateTimeField(_("Finished"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Decided by"),
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(_("Why it is returned"), max_length=500, blank=True)
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("Corrects"),
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = AssessmentQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-begun_at"]
        indexes = [models.Index(fields=["case", "status"], name="assessment_by_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="draft") | Q(finished_at__isnull=False),
                name="fixed_assessment_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["returned", "approved"])
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("author"))),
                name="assessment_is_decided_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(return_reason=""),
                name="returned_assessment_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status="draft")
                | Q(risk_level=F("computed_risk"))
                | ~Q(override_reason=""),
                name="assessment_override_has_a_reason",
            ),
            models.UniqueConstraint(
                fields=["replaces"],
                condition=~Q(status="draft"),
                name="assessment_corrected_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("assessments:assessment", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == AssessmentStatus.DRAFT


class AssessmentScore(models.Model):
    """How one domain stands in an assessment; no score: it was not assessed."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    domain = models.ForeignKey(AssessmentDomain, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(
        _("How things stand"), choices=Score.choices, null=True, blank=True
    )
    evidence = models.TextField(_("What it rests on"), blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["domain__order", "domain__code"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "domain"], name="assessment_domain_once"),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__lte=3), name="assessment_score_on_its_scale"
            ),
        ]

    def __str__(self) -> str:
        return str(self.domain)
