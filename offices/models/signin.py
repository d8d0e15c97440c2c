"""What signing in needs to remember: how often it failed from where."""

from django.db import models


class SignInThrottle(models.Model):
    """Failures of one name from one place. Both stand here only as a keyed hash, whether or not the name exists."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveSmallIntegerField(default=0)
    last_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["last_at"])]
