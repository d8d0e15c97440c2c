"""What a declared conflict of interest says, over whatever record; each room has a table of its own."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from offices.models import User


class DeclaredConflict(models.Model):
    """A declared conflict of interest (clause 10): shuts a worker, heads included, out of one record.

    A table of it adds the record, ``related_name="conflicts"``, a history, and that it stands once for each worker.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("Who"))
    reason = models.CharField(_("Kind of tie"), max_length=300)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(_("Declared at"), default=clock.now)
    ended_at = models.DateTimeField(_("Ended at"), null=True, blank=True)

    class Meta:
        abstract = True
