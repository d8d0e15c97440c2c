"""Meetings of an episode, and the notes that a specialist keeps for themselves."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import DurationField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.models import StandardVersion, User
from offices.standing import standing

from ..enums import MeetingKind, MeetingStatus
from .cases import Case
from .episodes import Episode
from .people import Person

_LIMIT = ExpressionWrapper(
    F("limit_minutes") * Value(dt.timedelta(minutes=1)), output_field=DurationField()
)


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, user: User) -> Self:
        """Meetings of the episodes whose content ``user`` reads."""
        return self.filter(episode__in=Episode.objects.content_visible_to(user))

    def of_calendar(self, user: User) -> Self:
        """The specialist's own appointments, of episodes that are still theirs."""
        return self.filter(specialist=user, episode__in=Episode.objects.of_specialist(user))

    def overlapping(self, begins: dt.datetime, minutes: int) -> Self:
        """Planned and running ones that take any minute of the given time."""
        ends = begins + dt.timedelta(minutes=minutes)
        length = ExpressionWrapper(
            F("planned_minutes") * Value(dt.timedelta(minutes=1)), output_field=DurationField()
        )
        return self.filter(
            status__in=[MeetingStatus.PLANNED, MeetingStatus.RUNNING], planned_at__lt=ends
        ).filter(planned_at__gt=begins - length)


class Meeting(models.Model):
    """A consultation or a session, planned and held. Only a consultation has clause 7's clock, fixed when it begins.

    ``specialist`` is who leads it: another one than the episode's only after a hand-over.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="meetings")
    specialist = models.ForeignKey(
        User, models.PROTECT, related_name="+", verbose_name=_("Specialist")
    )
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

    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[with_whom])

    class Meta:
        ordering = [Coalesce("began_at", "planned_at").desc(), "id"]
        indexes = [
            models.Index(fields=["episode", "planned_at"]),
            models.Index(fields=["specialist", "planned_at"], name="meeting_by_specialist"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("began_at")),
                name="meeting_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["ended", "held"])
                | Q(began_at__isnull=False, ended_at__isnull=False),
                name="held_meeting_has_its_times",
            ),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(began_at__isnull=False, ended_at=None),
                name="running_meeting_has_begun",
            ),
            models.CheckConstraint(
                condition=~Q(status="planned") | Q(planned_at__isnull=False, began_at=None),
                name="planned_meeting_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(kind="consultation", status__in=["running", "ended", "held"])
                | Q(limit_minutes__isnull=False, standard__isnull=False),
                name="begun_consultation_has_its_limit",
            ),
            models.CheckConstraint(
                condition=~Q(kind="consultation", status="held")
                | ~Q(overrun_reason="")
                | Q(ended_at__lte=F("began_at") + _LIMIT),
                name="consultation_past_its_limit_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["missed", "cancelled"]) | ~Q(missed_reason=""),
                name="meeting_that_was_not_held_says_why",
            ),
            models.UniqueConstraint(
                fields=["specialist"], condition=Q(status="running"), name="one_meeting_runs"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("episodes:meeting", args=[self.pk])

    @property
    def length(self) -> dt.timedelta | None:
        """From its beginning to its end, where it has ended."""
        if self.began_at is None or self.ended_at is None:
            return None
        return self.ended_at - self.began_at

    @property
    def minutes(self) -> int | None:
        """Its length in whole minutes, where it has ended."""
        return None if self.length is None else int(self.length.total_seconds() // 60)

    @property
    def limit_at(self) -> dt.datetime | None:
        """When the time of a consultation that has begun is up (clause 7); sessions have no limit."""
        if self.began_at is None or self.limit_minutes is None:
            return None
        return self.began_at + dt.timedelta(minutes=self.limit_minutes)

    @property
    def amber_at(self) -> dt.datetime | None:
        if self.began_at is None or self.amber_minutes is None:
            return None
        return self.began_at + dt.timedelta(minutes=self.amber_minutes)

    @property
    def planned_until(self) -> dt.datetime | None:
        if self.planned_at is None:
            return None
        return self.planned_at + dt.timedelta(minutes=self.planned_minutes)

    @property
    def is_consultation(self) -> bool:
        return self.kind == MeetingKind.CONSULTATION

    def has_run_over(self, at: dt.datetime) -> bool:
        """Whether it has lasted longer than its limit: until its end, or until ``at`` while it runs."""
        return self.limit_at is not None and (self.ended_at or at) > self.limit_at


class PrivateNoteQuerySet(models.QuerySet["PrivateNote"]):
    def visible_to(self, user: User) -> Self:
        """The author's own while they belong to the office of the episode, and nobody else's.

        No head, deputy, stand-in, administrator or superuser; not the author either where they are shut out of the case.
        """
        if not getattr(user, "is_authenticated", False) or not user.is_active:
            return self.none()
        shut_out = Case.objects.filter(conflicts__in=user.case_conflicts.filter(ended_at=None))
        return self.filter(author=user, episode__office_id__in=standing(user).offices()).exclude(
            episode__case__in=shut_out
        )


class PrivateNote(models.Model):
    """What a specialist writes for themselves. Kept apart: outside history, drafts, exports, search, papers and the admin."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    episode = models.ForeignKey(Episode, models.PROTECT, related_name="+")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField(_("Private note"), blank=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    updated_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=0, editable=False)

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
