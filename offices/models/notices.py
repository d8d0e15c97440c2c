"""What one person is told, and what happened to their account."""

import uuid
from typing import Self

from django.db import models

from ..enums import SecurityKind
from .people import User


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting_for(self, user: User) -> Self:
        return self.filter(user=user, seen_at=None)


class Notice(models.Model):
    """Something that one person must be told at once. It carries a kind and a link, never a client's data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=40, blank=True)
    url = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["user", "seen_at", "-at"])]


class SecurityEvent(models.Model):
    """What happened to an account: sign-ins, failures, resets, second factors; for its owner and the auditor."""

    at = models.DateTimeField()
    user = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=40, choices=SecurityKind.choices)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["user", "-at"])]
