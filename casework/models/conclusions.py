"""The psychologist's conclusion (clause 5): written in two languages, signed, countersigned, corrected only by a new version."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.asked_often import AskedOftenQuerySet, asked_often
from offices.enums import Role
from offices.models import ReferenceItem, User
from offices.standing import standing
from papers.models import Attachment, IssuedPaper

from ..enums import ConclusionStatus, EpisodeKind
from .cases import Case, CaseConflict
from .consents import Consent
from .episodes import Episode


class PsychologicalMethod(ReferenceItem):
    """A method of examination and the ages, in full years, it is made for (domain.md 6.2; to be checked by a local psychologist)."""

    age_from = models.PositiveSmallIntegerField(_("From age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("To age"), null=True, blank=True)
    is_for_parents = models.BooleanField(_("For parents"), default=False)

    class Meta(ReferenceItem.Meta):
        verbose_name = _("psychological method")
        verbose_name_plural = _("Psychological methods")

    def suits(self, age: int | None) -> bool:
        """Whether a person of ``age`` full years is within its range; an unknown age is not judged."""
        if age is None or self.is_for_parents:
            return True
        return (self.age_from or 0) <= age <= (self.age_to if self.age_to is not None else 200)

    @property
    def ages(self) -> str:
        """«4–7», «5+», or nothing where it is made for any age."""
        if self.age_from is None and self.age_to is None:
            return ""
        return (
            f"{self.age_from or 0}–{self.age_to}"
            if self.age_to is not None
            else f"{self.age_from}+"
        )


class ConclusionQuerySet(AskedOftenQuerySet["Conclusion"]):
    @asked_often
    def visible_to(self, user: User) -> Self:
        """Drafts to their author alone; signed ones as design.md §1 lays down, to nobody shut out of the case."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        own = standing(user)
        helped = Episode.objects.held_by(user).exclude(kind=EpisodeKind.SOCIAL)
        signed = ~Q(status=ConclusionStatus.DRAFT) & (
            Q(episode__case__in=Case.objects.full_visible_to(user))
            | Q(episode__case__in=helped.values("case"))
            | Q(episode__office_id__in=own.offices(Role.HEAD))
        )
        shut = CaseConflict.objects.filter(case=OuterRef("episode__case"), user=user, ended_at=None)
        return self.filter(~Exists(shut)).filter(self._written_by(user) | signed)

    def written_or_held_by(self, user: User) -> Self:
        """Those whose examiner ``user`` is: the author, or the psychologist who holds the episode now."""
        held = Episode.objects.held_by(user).filter(kind=EpisodeKind.PSYCHOLOGICAL)
        return self.filter(self._written_by(user) | Q(episode__in=held))

    def _written_by(self, user: User) -> Q:
        """The author, as long as they are a psychologist of the office for which it was written."""
        there = standing(user).offices(Role.PSYCHOLOGIST)
        return Q(author_id=user.pk, episode__office_id__in=there)

    def drafts_of(self, user: User) -> Self:
        return self.visible_to(user).filter(status=ConclusionStatus.DRAFT)

    def to_countersign_by(self, user: User) -> Self:
        """Signed ones that wait for ``user`` as head of the author's office; never one's own."""
        return self.visible_to(user).filter(
            ~Q(author=user),
            status=ConclusionStatus.SIGNED,
            episode__office_id__in=standing(user).offices(Role.HEAD),
        )

    def in_force(self) -> Self:
        """Countersigned ones whose paper no later paper has taken the place of."""
        return self.filter(status=ConclusionStatus.COUNTERSIGNED, paper__replaced_by=None)


class Conclusion(models.Model):
    """One version of a conclusion. Text is locked by signing; the PDF's bytes are fixed by countersigning.

    Each section stands in Kyrgyz (complete before signing: the original) and in Russian.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="conclusions")
    author = models.ForeignKey(User, models.PROTECT, related_name="conclusions")
    number = models.CharField(_("Number"), max_length=30, blank=True, editable=False)
    revision = models.PositiveSmallIntegerField(_("Version"), default=1)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    correction_ky = models.CharField(_("What is corrected"), max_length=300, blank=True)
    correction_ru = models.CharField(_("What is corrected"), max_length=300, blank=True)
    status = models.CharField(
        _("State"), max_length=15, choices=ConclusionStatus.choices, default=ConclusionStatus.DRAFT
    )

    consent = models.ForeignKey(
        Consent, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Consent")
    )
    education_place_ky = models.CharField(_("School and class"), max_length=250, blank=True)
    education_place_ru = models.CharField(_("School and class"), max_length=250, blank=True)
    question_ky = models.TextField(_("Reason and question put"), blank=True)
    question_ru = models.TextField(_("Reason and question put"), blank=True)
    child_assent_ky = models.TextField(_("The child's own assent"), blank=True)
    child_assent_ru = models.TextField(_("The child's own assent"), blank=True)
    conditions_ky = models.TextField(_("Conditions"), blank=True)
    conditions_ru = models.TextField(_("Conditions"), blank=True)
    methods = models.ManyToManyField(
        PsychologicalMethod, through="ConclusionMethod", verbose_name=_("Methods")
    )
    other_methods_ky = models.TextField(_("Other methods"), blank=True)
    other_methods_ru = models.TextField(_("Other methods"), blank=True)
    social_history_ky = models.TextField(_("Social history"), blank=True)
    social_history_ru = models.TextField(_("Social history"), blank=True)
    observation_ky = models.TextField(_("Observation"), blank=True)
    observation_ru = models.TextField(_("Observation"), blank=True)
    results_ky = models.TextField(_("Results"), blank=True)
    results_ru = models.TextField(_("Results"), blank=True)
    findings_ky = models.TextField(_("Findings"), blank=True)
    findings_ru = models.TextField(_("Findings"), blank=True)
    recommendations_ky = models.TextField(_("Recommendations"), blank=True)
    recommendations_ru = models.TextField(_("Recommendations"), blank=True)
    follow_up_on = models.DateField(_("Next examination"), null=True, blank=True)

    created_at = models.DateTimeField(default=clock.now, editable=False)
    kept_at = models.DateTimeField(default=clock.now, editable=False)
    is_russian_waived = models.BooleanField(
        _("Signed with Russian sections left empty"), default=False, editable=False
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    snapshot = models.JSONField(null=True, blank=True, editable=False)
    text_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    countersigned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    countersigned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    returned_at = models.DateTimeField(null=True, blank=True, editable=False)
    return_reason = models.CharField(_("Why it is returned"), max_length=500, blank=True)
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, null=True, blank=True, related_name="conclusion"
    )
    signed_scan = models.ForeignKey(
        Attachment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Scan of the paper signed in ink"),
    )
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ConclusionQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["snapshot"])

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["author", "status"], name="conclusion_by_author")]
        constraints = [
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="conclusion_number_once"
            ),
            models.CheckConstraint(
                condition=Q(status="draft") | (~Q(number="") & Q(signed_at__isnull=False)),
                name="signed_conclusion_is_numbered",
            ),
            models.UniqueConstraint(
                fields=["replaces"], condition=~Q(status="draft"), name="conclusion_corrected_once"
            ),
            models.UniqueConstraint(
                fields=["episode", "author"],
                condition=Q(status="draft"),
                name="conclusion_draft_once",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(return_reason=""),
                name="returned_conclusion_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="countersigned") | Q(paper__isnull=False),
                name="countersigned_conclusion_has_its_paper",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(_("Draft"))

    def get_absolute_url(self) -> str:
        return reverse("conclusions:conclusion", args=[self.pk])

    @property
    def write_url(self) -> str:
        return reverse("conclusions:write", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.status == ConclusionStatus.DRAFT


class ConclusionMethod(models.Model):
    """A method used for a conclusion, with the reason where the person's age is outside its range."""

    conclusion = models.ForeignKey(Conclusion, models.CASCADE, related_name="used_methods")
    method = models.ForeignKey(PsychologicalMethod, models.PROTECT, related_name="+")
    age_reason_ky = models.CharField(
        _("Why it is used outside its ages"), max_length=300, blank=True
    )
    age_reason_ru = models.CharField(
        _("Why it is used outside its ages"), max_length=300, blank=True
    )

    class Meta:
        ordering = ["method__order"]
        constraints = [
            models.UniqueConstraint(fields=["conclusion", "method"], name="conclusion_method_once")
        ]
