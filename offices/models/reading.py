"""The log of reads (clause 11)."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import User


class ReadKind(models.TextChoices):
    VIEW = "view", _("Page")
    LIST = "list", _("List")
    SEARCH = "search", _("Search")
    PAPER = "paper", _("Paper")
    EXPORT = "export", _("Export")


class ReadLogQuerySet(models.QuerySet["ReadLog"]):
    def about(self, subject: str) -> Self:
        """Reads of one record, by its mark such as ``case:<uuid>``."""
        return self.filter(subjects__contains=[subject])


class ReadLog(models.Model):
    """Who read what of whom, when, from where and, where asked, why (clause 11). Append-only by a trigger."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    address = models.GenericIPAddressField(null=True)
    kind = models.CharField(max_length=10, choices=ReadKind.choices)
    page = models.CharField(max_length=100)
    subjects = ArrayField(models.CharField(max_length=60))
    offices = ArrayField(models.BigIntegerField())
    reason = models.CharField(max_length=500, blank=True)

    objects = ReadLogQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at"]),
            models.Index(fields=["user", "-at"]),
            GinIndex(fields=["subjects"], name="read_log_subjects"),
            GinIndex(fields=["offices"], name="read_log_offices"),
        ]
