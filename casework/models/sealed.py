"""The sealed door: emergency access to a case outside one's scope, for half an hour, with a reason that others see."""

import datetime as dt
import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords
from offices.asked_often import Moment
from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .cases import Case, CaseConflict

OPEN_FOR = dt.timedelta(minutes=30)


class SealedOpeningQuerySet(models.QuerySet["SealedOpening"]):
    def in_force(self) -> Self:
        """Those that are open at this moment: nothing but the clock ends them, unless they are shut before."""
        return self.filter(ended_at=None, until__gt=Moment())

    def registered_for(self, user: User) -> Self:
        """The list: all of them for an auditor; for a head those of the own office's cases, but for ones they are shut out of."""
        own = standing(user)
        if own.has(Role.AUDITOR):
            return self.all()
        led = own.offices(Role.HEAD)
        if not led:
            return self.none()
        shut = CaseConflict.objects.filter(user=user, ended_at=None).values("case")
        return self.filter(case__office_id__in=led).exclude(case__in=shut)


class SealedOpening(models.Model):
    """One opening of the sealed door: whose, of which case, why, until when."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="sealed_openings")
    user = models.ForeignKey(User, models.PROTECT, related_name="sealed_openings")
    reason = models.CharField(_("Why"), max_length=500)
    opened_at = models.DateTimeField(_("Opened"))
    until = models.DateTimeField(_("Open until"))
    ended_at = models.DateTimeField(_("Shut early"), null=True, blank=True)

    objects = SealedOpeningQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-opened_at"]
        indexes = [models.Index(fields=["user", "until"], name="sealed_by_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("opened_at")), name="sealed_door_opens_for_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.case)

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.until > clock.now()

    @property
    def shut_at(self) -> dt.datetime | None:
        """When it was over: shut early, or by the clock; None while it is open."""
        return None if self.is_open else self.ended_at or self.until
