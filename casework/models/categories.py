"""The kinds of difficult life situation, which the administrator keeps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from offices.models import ReferenceItem


class SituationCategory(ReferenceItem):
    """A kind of difficult life situation; the statutory list is not confirmed, so it is editable."""

    is_restricted = models.BooleanField(_("Restricts the case"), default=False)

    class Meta(ReferenceItem.Meta):
        verbose_name = _("situation category")
        verbose_name_plural = _("Situation categories")
