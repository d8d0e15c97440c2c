"""The people of an application as they were named: nobody's record is made before there is a case."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from casework.births import Birth
from casework.enums import Attendance, BirthPrecision, Relation, Sex, SpokenLanguage
from casework.models import Person
from core import clock, names
from core.history import HistoricalRecords
from offices.models import Organisation

from .applications import Application


class ApplicationPerson(models.Model):
    """A child or an adult of the family. ``relation`` is CHILD for children; ``person`` is their record, where there is one."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="people")
    place = models.PositiveSmallIntegerField(default=0)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="application_places"
    )
    relation = models.CharField(max_length=20, choices=Relation.choices)
    relation_text = models.CharField(_("In words"), max_length=100, blank=True)
    is_applicant = models.BooleanField(_("Applies"), default=False)
    # Taken out of the form afterwards; kept, because nothing is deleted.
    is_left_out = models.BooleanField(default=False)

    surname = models.CharField(_("Surname"), max_length=100, blank=True)
    given_name = models.CharField(_("Given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("Patronymic"), max_length=100, blank=True)
    description = models.CharField(max_length=300, blank=True)
    sex = models.CharField(_("Sex"), max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_precision = models.CharField(
        max_length=10, choices=BirthPrecision.choices, default=BirthPrecision.UNKNOWN
    )
    birth_on = models.DateField(null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    estimated_age = models.PositiveSmallIntegerField(null=True, blank=True)
    estimated_on = models.DateField(null=True, blank=True)
    pin = models.CharField(_("PIN"), max_length=14, blank=True)
    language = models.CharField(
        _("Language"), max_length=10, choices=SpokenLanguage.choices, blank=True
    )
    citizenship = models.CharField(_("Citizenship"), max_length=100, blank=True)
    communication_needs = models.CharField(
        _("Interpreter or other communication need"), max_length=300, blank=True
    )
    phones = models.JSONField(default=list, blank=True)

    is_concerned = models.BooleanField(default=True)
    school = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    school_text = models.CharField(max_length=200, blank=True)
    school_class = models.CharField(max_length=20, blank=True)
    attendance = models.CharField(
        max_length=10, choices=Attendance.choices, default=Attendance.UNKNOWN
    )
    birth_certificate = models.CharField(_("Birth certificate"), max_length=30, blank=True)
    lives_together = models.BooleanField(null=True, blank=True, default=True)
    is_carer = models.BooleanField(default=False)

    name_key = models.CharField(max_length=300, editable=False, default="", db_collation="C")
    history = HistoricalRecords(excluded_fields=["name_key"])

    class Meta:
        ordering = ["place", "id"]
        indexes = [
            models.Index(fields=["name_key"], name="applied_by_name", condition=~Q(name_key="")),
            models.Index(fields=["pin"], name="applied_by_pin", condition=~Q(pin="")),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.name_key = name_key(self.surname, self.given_name)
        super().save(*args, **kwargs)

    @property
    def is_child(self) -> bool:
        return self.relation == Relation.CHILD

    @property
    def full_name(self) -> str:
        known = " ".join(p for p in (self.surname, self.given_name, self.patronymic) if p)
        return known or self.description or str(_("Name not known"))

    @property
    def birth(self) -> Birth:
        return Birth(
            self.birth_precision,
            self.birth_on,
            self.birth_year,
            self.estimated_age,
            self.estimated_on,
        )

    @property
    def age_in_words(self) -> str:
        return self.birth.age_in_words(clock.today())


def name_key(surname: str, given_name: str) -> str:
    """What two applications about one child have in common; empty where either name is not known."""
    return names.fold(f"{surname} {given_name}")[:300] if surname and given_name else ""
