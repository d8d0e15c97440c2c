"""What signing in needs to remember: how often it failed from where, and the links for a new password."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .people import User


class SignInThrottle(models.Model):
    """Failures of one name from one place. Both stand here only as a keyed hash, whether or not the name exists."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["last_at"])]


class ResetLink(models.Model):
    """A one-time link for a new password, made by an administrator. The token itself is kept only as a hash."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)
    removes_factors = models.BooleanField(_("Removes the second factors too"), default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]
