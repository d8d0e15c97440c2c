"""Episodes of help, their meetings, and the specialist's private notes."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.enums import Role
from offices.models import Office, StandardVersion, User
from offices.standing import standing

from ..enums import EpisodeKind, EpisodeStatus, MeetingKind, MeetingStatus
from .cases import Case
from .people import Person


class EpisodeQuerySet(models.QuerySet["Episode"]):
    def visible_to(self, user: User) -> Self:
        """Own episodes; those of cases one works in full; requests and episodes of one's own specialists for their head."""
        own = standing(user)
        cases = Case.objects.full_visible_to(user)
        helpers = own.has(Role.PSYCHOLOGIST, Role.LAWYER, Role.CASEWORKER)
        mine = Q(specialist=user) & ~Q(status=EpisodeStatus.RETURNED) if helpers else Q(pk__in=[])
        led = Q(office_id__in=own.offices(Role.HEAD))
        return self._not_shut_out(user).filter(Q(case__in=cases) | mine | led)

    def _not_shut_out(self, user: User) -> Self:
        if not getattr(user, "is_authenticated", False):
            return self.none()
        return self.exclude(case__conflicts__in=user.case_conflicts.filter(ended_at=None))


class Episode(models.Model):
    """One kind of help for one person of a case; completed only with the result of clause 5.

    ``office`` is the office whose specialist is asked; it may be another one than the case's (then the case is shared).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="episodes")
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="episodes", verbose_name=_("For whom")
    )
    kind = models.CharField(_("Kind of help"), max_length=15, choices=EpisodeKind.choices)
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="episodes", verbose_name=_("Office")
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
    completed_on = models.DateField(_("Completed on"), null=True, blank=True)
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
            )
        ]


class Meeting(models.Model):
    """A consultation or a session, planned and held. Only a consultation has clause 7's clock, fixed when it begins."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="meetings")
    kind = models.CharField(_("Kind"), max_length=15, choices=MeetingKind.choices)
    with_whom = models.ManyToManyField(
        Person, blank=True, related_name="+", verbose_name=_("Who was there")
    )
    others_present = models.CharField(_("Others present"), max_length=300, blank=True)
    planned_at = models.DateTimeField(_("Planned for"), null=True, blank=True)
    planned_minutes = models.PositiveSmallIntegerField(_("Planned length, minutes"), default=30)
    place = models.CharField(_("Place"), max_length=200, blank=True)
    status = models.CharField(
        _("State"), max_length=10, choices=MeetingStatus.choices, default=MeetingStatus.PLANNED
    )
    began_at = models.DateTimeField(_("Began"), null=True, blank=True)
    ended_at = models.DateTimeField(_("Ended"), null=True, blank=True)
    standard = models.ForeignKey(
        StandardVersion, models.PROTECT, null=True, blank=True, related_name="+"
    )
    limit_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    amber_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    overrun_reason = models.CharField(_("Why it ran over"), max_length=500, blank=True)
    work_done = models.TextField(_("What was done"), blank=True)
    next_step = models.TextField(_("Next step"), blank=True)
    missed_reason = models.CharField(_("Why it did not take place"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords(m2m_fields=[with_whom])

    class Meta:
        ordering = ["-began_at", "-planned_at"]
        indexes = [models.Index(fields=["episode", "planned_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                name="meeting_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(status="held") | Q(began_at__isnull=False, ended_at__isnull=False),
                name="held_meeting_has_its_times",
            ),
        ]

    @property
    def minutes(self) -> int | None:
        """Its length in whole minutes, where it has ended."""
        if self.began_at is None or self.ended_at is None:
            return None
        return int((self.ended_at - self.began_at).total_seconds() // 60)


class PrivateNoteQuerySet(models.QuerySet["PrivateNote"]):
    def visible_to(self, user: User) -> Self:
        """The author's own, and nobody else's: no head, stand-in, administrator or superuser."""
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        return self.filter(author=user)


class PrivateNote(models.Model):
    """What a specialist writes for themselves. Kept apart: outside history, drafts, exports, search, papers and the admin."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("Private note"), blank=True)
    updated_at = models.DateTimeField(default=clock.now)

    objects = PrivateNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "meeting", "author"],
                nulls_distinct=False,
                name="private_note_once",
            )
        ]
