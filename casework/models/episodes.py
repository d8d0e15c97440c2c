"""Episodes of help: one kind of help for one person of a case, asked of an office and given by its specialist."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.history import HistoricalRecords
from offices.asked_often import AskedOftenQuerySet, asked_often
from offices.enums import Role
from offices.models import Office, User
from offices.standing import standing

from ..enums import EpisodeKind, EpisodeStatus
from .cases import Case, CaseConflict
from .people import Person

# Who gives which kind of help; the person must hold that role in the office that was asked.
HELPING_ROLE = {
    EpisodeKind.PSYCHOLOGICAL: Role.PSYCHOLOGIST,
    EpisodeKind.LEGAL: Role.LAWYER,
    EpisodeKind.SOCIAL: Role.CASEWORKER,
}

# The kinds that can be asked for: those whose result (clause 5) has its record.
OFFERED_KINDS = (EpisodeKind.PSYCHOLOGICAL, EpisodeKind.LEGAL, EpisodeKind.SOCIAL)


class EpisodeQuerySet(AskedOftenQuerySet["Episode"]):
    """Who may know of an episode, and who may read what happened in it. docs/permissions.md has the table."""

    @asked_often
    def visible_to(self, user: User) -> Self:
        """Own ones; those of cases one works in full; those asked of the office that one heads (the request alone)."""
        led = Q(office_id__in=standing(user).offices(Role.HEAD))
        return self._not_shut_out(user).filter(self._readable_by(user) | led)

    @asked_often
    def content_visible_to(self, user: User) -> Self:
        """Those whose meetings ``user`` reads too: own ones, and those of cases one works in full."""
        return self._not_shut_out(user).filter(self._readable_by(user))

    @asked_often
    def of_specialist(self, user: User) -> Self:
        """Those given by ``user``, whose office and role they still hold, also ended ones. A request is nobody's yet."""
        return self._not_shut_out(user).filter(self._given_by(user))

    @asked_often
    def held_by(self, user: User) -> Self:
        """Those of them that open their case to ``user``: in progress, or completed with the result."""
        return self.of_specialist(user).filter(
            status__in=[EpisodeStatus.ACTIVE, EpisodeStatus.COMPLETED]
        )

    @asked_often
    def cases_helped_by(self, user: User) -> Self:
        """Only the ``case`` of each that ``user`` holds."""
        return self.held_by(user).order_by().values("case")  # type: ignore[return-value]  # ids of cases

    def led_by(self, user: User) -> Self:
        """Those asked of an office that ``user`` heads, as its head or deputy."""
        return self._not_shut_out(user).filter(office_id__in=standing(user).offices(Role.HEAD))

    def _readable_by(self, user: User) -> Q:
        return Q(case__in=Case.objects.full_visible_to(user)) | self._given_by(user)

    def _given_by(self, user: User) -> Q:
        own = standing(user)
        there = Q(pk__in=[])
        for kind, role in HELPING_ROLE.items():
            if offices := own.offices(role):
                there |= Q(kind=kind, office_id__in=offices)
        return Q(specialist_id=own.user_id) & there

    def _not_shut_out(self, user: User) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        shut = CaseConflict.objects.filter(case=OuterRef("case"), user=user.pk, ended_at=None)
        return self.filter(~Exists(shut))


class Episode(models.Model):
    """One kind of help for one person of a case; completed only with the result of clause 5.

    ``office`` is the office that is asked; it may be another one than the case's (then the case is shared).
    ``asked_specialist`` is whom the requester would like; ``specialist`` is who gives it, set by that office's head.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="episodes")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="episodes", verbose_name=_("For whom")
    )
    kind = models.CharField(_("Kind of help"), max_length=15, choices=EpisodeKind.choices)
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="episodes", verbose_name=_("Which office is asked")
    )
    asked_specialist = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("Wished specialist"),
    )
    specialist = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="episodes",
        verbose_name=_("Specialist"),
    )
    request = models.TextField(_("What is asked"), blank=True)
    requested_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    status = models.CharField(
        _("State"), max_length=10, choices=EpisodeStatus.choices, default=EpisodeStatus.REQUESTED
    )
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    return_reason = models.CharField(_("Why it is returned"), max_length=500, blank=True)
    handover_reason = models.CharField(_("Why it is handed over"), max_length=500, blank=True)
    completed_on = models.DateField(_("Completed on"), null=True, blank=True)
    ended_on = models.DateField(_("Ended on"), null=True, blank=True)
    end_reason = models.CharField(_("Why it ends without result"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = EpisodeQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-requested_at", "id"]
        indexes = [
            models.Index(fields=["specialist", "status"], name="episode_by_specialist"),
            models.Index(fields=["office", "status"], name="episode_by_office"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["active", "completed"]) | Q(specialist__isnull=False),
                name="episode_in_progress_has_a_specialist",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["requested", "returned"]) | Q(specialist=None),
                name="asked_episode_is_nobodys_yet",
            ),
            models.CheckConstraint(
                condition=~Q(status="returned") | ~Q(return_reason=""),
                name="returned_episode_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status="completed") | Q(completed_on__isnull=False),
                name="completed_episode_has_its_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="ended") | (~Q(end_reason="") & Q(ended_on__isnull=False)),
                name="ended_episode_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.case}"

    def get_absolute_url(self) -> str:
        return reverse("episodes:episode", args=[self.pk])
