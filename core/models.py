"""What the product keeps for itself: drafts of forms, and keys that make saving twice impossible."""

import uuid

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """What one person has typed into one form and not yet saved.

    ``key`` names the form and its record, never a person's name. Only its owner is ever shown it, by the form's own
    view, after the view's own permission check. Private notes never come here.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    payload = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once_per_form")]


class SubmittedForm(models.Model):
    """A creating form that has been carried out: its key, and where its result stands.

    A retry, a double click or Back with the same key is answered with the same result instead of a second record.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    result_url = models.CharField(max_length=300)
    at = models.DateTimeField()
