"""What stands in two languages."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Bilingual(models.Model):
    """A thing with a Kyrgyz and a Russian name; it shows itself in the reader's language."""

    name_ky = models.CharField(_("Name in Kyrgyz"), max_length=300)
    name_ru = models.CharField(_("Name in Russian"), max_length=300)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.name_ru if get_language() == "ru" else self.name_ky


class ReferenceItem(Bilingual):
    """An entry of an editable list: kept when retired, so that old records still read."""

    code = models.CharField(_("Code"), max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(_("Order"), default=100)
    is_active = models.BooleanField(_("Offered"), default=True)

    class Meta:
        abstract = True
        ordering = ["order", "code"]
