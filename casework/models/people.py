"""Persons, adults and children: known a little or well."""

import datetime as dt
import uuid
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock, names
from core.history import HistoricalRecords
from offices.asked_often import AskedOftenQuerySet, asked_often
from offices.models import Organisation, User

from ..births import Birth
from ..enums import (
    Attendance,
    BirthPrecision,
    Capacity,
    DocumentKind,
    Sex,
    SpokenLanguage,
)


class PersonQuerySet(AskedOftenQuerySet["Person"]):
    @asked_often
    def visible_to(self, user: User) -> Self:
        """Persons in a family of a case whose content ``user`` may read; nobody for anonymous people."""
        from .cases import Case

        return self._within(Case.objects.content_visible_to(user))

    @asked_often
    def full_visible_to(self, user: User) -> Self:
        """Persons of whom ``user`` reads all that is kept: through a case that they work in full."""
        from .cases import Case

        return self._within(Case.objects.full_visible_to(user))

    def with_depth_for(self, user: User) -> Self:
        """Each with ``reads_full``: whether ``user`` reads all of them, or only who they are."""
        from .cases import Case

        return self.annotate(reads_full=self._place_in(Case.objects.full_visible_to(user)))

    def _within(self, cases: "models.QuerySet[Any]") -> Self:
        return self.filter(self._place_in(cases))

    @staticmethod
    def _place_in(cases: "models.QuerySet[Any]") -> Q:
        """Whether a person has, or had, a place in one of ``cases``: in its family or among its children."""
        from .cases import CaseChild
        from .families import FamilyMember

        members = FamilyMember.objects.filter(person=OuterRef("pk"), family__cases__in=cases)
        children = CaseChild.objects.filter(person=OuterRef("pk"), case__in=cases)
        return Q(Exists(members)) | Q(Exists(children))

    def named_like(self, text: str) -> Self:
        """Those whose names hold every word of ``text``, folded (core.names), in any order."""
        found = self
        for word in names.words(text):
            found = found.filter(search_key__contains=word)
        return found


class Person(models.Model):
    """An adult or a child. Every name, date and number may be unknown (clauses 12 and 14 let nothing more be demanded)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    surname = models.CharField(_("Surname"), max_length=100, blank=True)
    given_name = models.CharField(_("Given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("Patronymic"), max_length=100, blank=True)
    other_spellings = models.CharField(_("Other spellings"), max_length=300, blank=True)
    description = models.CharField(
        _("Description, where the name is not known"), max_length=300, blank=True
    )
    sex = models.CharField(_("Sex"), max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_precision = models.CharField(
        _("Birth date"),
        max_length=10,
        choices=BirthPrecision.choices,
        default=BirthPrecision.UNKNOWN,
    )
    birth_on = models.DateField(_("Birth date, exact"), null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(_("Birth year"), null=True, blank=True)
    estimated_age = models.PositiveSmallIntegerField(
        _("Age by estimate, years"), null=True, blank=True
    )
    estimated_on = models.DateField(_("Estimated on"), null=True, blank=True)
    pin = models.CharField(_("PIN"), max_length=14, blank=True)
    document_kind = models.CharField(
        _("Document"), max_length=20, choices=DocumentKind.choices, default=DocumentKind.UNKNOWN
    )
    document_series = models.CharField(_("Series"), max_length=10, blank=True)
    document_number = models.CharField(_("Document number"), max_length=30, blank=True)
    document_issuer = models.CharField(_("Issued by"), max_length=200, blank=True)
    document_issued_on = models.DateField(_("Issued on"), null=True, blank=True)
    citizenship = models.CharField(_("Citizenship"), max_length=100, blank=True)
    language = models.CharField(
        _("Language"), max_length=10, choices=SpokenLanguage.choices, blank=True
    )
    communication_needs = models.CharField(
        _("Interpreter or other communication need"), max_length=300, blank=True
    )
    disability = models.CharField(_("Disability"), max_length=300, blank=True)
    note = models.TextField(_("Note"), blank=True)
    search_key = models.TextField(editable=False, default="", db_collation="C")
    sort_key = models.CharField(max_length=300, editable=False, default="", db_collation="C")
    created_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = PersonQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key", "sort_key"])

    class Meta:
        ordering = ["sort_key", "id"]
        indexes = [
            GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="person_search_trgm"),
            models.Index(fields=["sort_key", "id"], name="person_by_name"),
            models.Index(fields=["pin"], name="person_by_pin", condition=~Q(pin="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(pin="") | Q(pin__regex=r"^[0-9]{14}$"), name="pin_has_14_digits"
            ),
            models.CheckConstraint(
                condition=~Q(birth_precision=BirthPrecision.EXACT) | Q(birth_on__isnull=False),
                name="exact_birth_has_its_date",
            ),
            models.CheckConstraint(
                condition=~Q(birth_precision=BirthPrecision.YEAR) | Q(birth_year__isnull=False),
                name="birth_by_year_has_its_year",
            ),
            models.CheckConstraint(
                condition=~Q(birth_precision=BirthPrecision.ESTIMATED)
                | Q(estimated_age__isnull=False, estimated_on__isnull=False),
                name="estimated_age_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(birth_on=None) | Q(birth_on__gte=dt.date(1900, 1, 1)),
                name="birth_is_not_before_1900",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        parts = (
            self.surname,
            self.given_name,
            self.patronymic,
            self.other_spellings,
            self.description,
        )
        self.search_key = names.fold(" ".join(p for p in parts if p))
        self.sort_key = names.sort_key(" ".join(p for p in parts[:3] if p) or self.description)
        if self.birth_precision == BirthPrecision.ESTIMATED and self.estimated_on is None:
            self.estimated_on = clock.today()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The page of the child, where the person is kept as one; else of the person. One query where that is not known yet."""
        room = "children:child" if hasattr(self, "child") else "people:person"
        return reverse(room, args=[self.pk])

    @property
    def full_name(self) -> str:
        """Surname, given name, patronymic, as written; else the description; else «unknown» in the reader's language."""
        known = " ".join(p for p in (self.surname, self.given_name, self.patronymic) if p)
        return known or self.description or str(_("Name not known"))

    @property
    def birth(self) -> Birth:
        """What is known of the birth, apart from everything else."""
        return Birth(
            self.birth_precision,
            on=self.birth_on,
            year=self.birth_year,
            age=self.estimated_age,
            estimated_on=self.estimated_on,
        )

    def age_on(self, day: dt.date) -> int | None:
        """Full years on ``day``: exact, or by the year or the estimate (then ± 1); None where nothing is known."""
        return self.birth.age_on(day)

    @property
    def age_in_words(self) -> str:
        """The age of today as it is said: «9 жаш 8 ай», «≈ 7 жаш», "" where nothing is known."""
        return self.birth.age_in_words(clock.today())


class Child(models.Model):
    """What is kept of a person because they are a child."""

    person = models.OneToOneField(Person, models.PROTECT, primary_key=True, related_name="child")
    birth_certificate = models.CharField(_("Birth certificate"), max_length=30, blank=True)
    birth_certificate_issuer = models.CharField(_("Issued by"), max_length=200, blank=True)
    birth_certificate_on = models.DateField(_("Issued on"), null=True, blank=True)
    school = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("School or kindergarten"),
    )
    school_text = models.CharField(_("School, in words"), max_length=200, blank=True)
    school_class = models.CharField(_("Class"), max_length=20, blank=True)
    attendance = models.CharField(
        _("Attendance"), max_length=10, choices=Attendance.choices, default=Attendance.UNKNOWN
    )
    health_notes = models.TextField(_("Health notes"), blank=True)
    lives_with = models.CharField(_("Lives with"), max_length=300, blank=True)
    representative = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="represents",
        verbose_name=_("Lawful representative"),
    )
    representative_capacity = models.CharField(
        _("In what capacity"), max_length=20, choices=Capacity.choices, blank=True
    )
    parents_abroad = models.CharField(_("Parents abroad"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords()

    def __str__(self) -> str:
        return str(self.person)
