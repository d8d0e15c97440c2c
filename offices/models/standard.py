"""The service standard and its versions (clauses 4, 7, 17, 18)."""

import datetime as dt

from django.db import models
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords


class StandardVersionQuerySet(models.QuerySet["StandardVersion"]):
    def in_force(self, on: dt.date | None = None) -> "StandardVersion":
        """The version in force on the day; the earliest one for days before any (clause 18).

        Raises ``StandardVersion.DoesNotExist`` where none has been entered.
        """
        on = on or clock.today()
        found = self.filter(in_force_from__lte=on).order_by("-in_force_from").first()
        found = found or self.order_by("in_force_from").first()
        if found is None:
            raise StandardVersion.DoesNotExist("No version of the standard has been entered.")
        return found


class StandardVersion(models.Model):
    """One version of the service standard (clause 18): its times (clauses 7, 17) and its legal basis (clause 4)."""

    number = models.CharField(_("Version"), max_length=40, unique=True)
    adopted_on = models.DateField(_("Adopted on"))
    in_force_from = models.DateField(_("In force from"))
    review_years = models.PositiveSmallIntegerField(_("Review within, years"), default=3)
    hotline_visit_minutes = models.PositiveSmallIntegerField(
        _("Visit after a call, minutes"), default=60
    )
    hotline_amber_minutes = models.PositiveSmallIntegerField(
        _("Visit: amber after, minutes"), default=45
    )
    hotline_unsent_minutes = models.PositiveSmallIntegerField(
        _("Visit: alarm where nobody is sent after, minutes"), default=10
    )
    consultation_minutes = models.PositiveSmallIntegerField(
        _("Consultation up to, minutes"), default=30
    )
    consultation_amber_minutes = models.PositiveSmallIntegerField(
        _("Consultation: amber after, minutes"), default=25
    )
    complaint_registration_days = models.PositiveSmallIntegerField(
        _("Complaint registered within, working days"), default=1
    )
    complaint_answer_days = models.PositiveSmallIntegerField(
        _("Complaint answered within, working days"), default=14
    )
    complaint_amber_days = models.PositiveSmallIntegerField(
        _("Complaint: amber from, working days left"), default=4
    )
    complaint_counts_first_day = models.BooleanField(
        _("The day of registration is day 1"), default=False
    )
    legal_basis_ky = models.TextField(_("Legal basis in Kyrgyz"), help_text=_("One act a line."))
    legal_basis_ru = models.TextField(_("Legal basis in Russian"), help_text=_("One act a line."))
    is_confirmed = models.BooleanField(_("Dates and texts confirmed"), default=False)
    text_ky = models.TextField(_("Official text in Kyrgyz"), blank=True)
    text_ru = models.TextField(_("Official text in Russian"), blank=True)

    objects = StandardVersionQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("version of the standard")
        verbose_name_plural = _("Versions of the standard")
        ordering = ["-in_force_from"]

    def __str__(self) -> str:
        return self.number
