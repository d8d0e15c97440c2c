"""The administrator's own working calendar, which goes before what the package knows (core.workdays)."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core.history import HistoricalRecords

from .people import User


class CalendarYear(models.Model):
    """A year whose days off somebody has compared with the law and its decrees."""

    year = models.PositiveSmallIntegerField(_("Year"), unique=True)
    is_confirmed = models.BooleanField(
        _("Confirmed"),
        default=False,
        help_text=_("Somebody has compared its days off with the law, the decrees and both Aits."),
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("year of the calendar")
        verbose_name_plural = _("Years of the calendar")
        ordering = ["-year"]

    def __str__(self) -> str:
        return str(self.year)


class CalendarDay(models.Model):
    """A day that is worked, or not, whatever the package says: by decree, or an Ait that was seen another day."""

    day = models.DateField(_("Day"), unique=True)
    is_working = models.BooleanField(_("Is it worked?"), default=False)
    reason_ky = models.CharField(_("Reason in Kyrgyz"), max_length=200)
    reason_ru = models.CharField(_("Reason in Russian"), max_length=200)
    decree = models.CharField(_("Decree"), max_length=200, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("day of the calendar")
        verbose_name_plural = _("Days of the calendar")
        ordering = ["-day"]

    def __str__(self) -> str:
        return self.day.isoformat()

    @property
    def reason(self) -> str:
        return self.reason_ru if get_language() == "ru" else self.reason_ky


class CalendarMove(models.Model):
    """One confirmed recalculation of stored due dates: who, when, and how many of each kind moved. Never changed."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at"]
