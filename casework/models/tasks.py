"""Free tasks of a case, and the calendar address of a person."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.models import User

from ..accompaniment_enums import TaskStatus
from .cases import Case


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User) -> Self:
        """All of a case that one works in full; else one's own and those one gave, in cases whose content one reads."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        own = Q(assigned_to=user) | Q(made_by=user)
        return self.filter(
            Q(case__in=Case.objects.full_visible_to(user))
            | (own & Q(case__in=Case.objects.content_visible_to(user)))
        )

    def open(self) -> Self:
        return self.filter(status=TaskStatus.OPEN)


class Task(models.Model):
    """Something to be done in a case by a day, by one person; done or not needed any more, with a word."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    what = models.CharField(_("What is to be done"), max_length=200)
    due_on = models.DateField(_("Due on"))
    assigned_to = models.ForeignKey(
        User, models.PROTECT, related_name="tasks", verbose_name=_("Who does it")
    )
    status = models.CharField(
        _("State"), max_length=10, choices=TaskStatus.choices, default=TaskStatus.OPEN
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_word = models.CharField(_("How it ended"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = TaskQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [
            models.Index(fields=["assigned_to", "status", "due_on"], name="task_by_person"),
            models.Index(fields=["case", "status", "due_on"], name="task_by_case"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status="open", settled_at=None)
                | (~Q(status="open") & Q(settled_at__isnull=False, settled_by__isnull=False)),
                name="settled_task_says_when_and_by_whom",
            ),
            models.CheckConstraint(
                condition=~Q(status="cancelled") | ~Q(settled_word=""),
                name="cancelled_task_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("tasks:task", args=[self.pk])


class CalendarFeed(models.Model):
    """The secret address of a person's calendar, kept as a hash: whoever lost it makes another one."""

    user = models.OneToOneField(
        User, models.CASCADE, primary_key=True, related_name="calendar_feed"
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2, default="ky")
    made_at = models.DateTimeField(default=clock.now)
