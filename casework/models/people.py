"""Persons, adults and children: known a little or well, and what must not be told to whom."""

import datetime as dt
import uuid
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core import clock, names
from core.history import HistoricalRecords
from offices.models import District, Mtu, Organisation, User

from ..enums import (
    AddressKind,
    Attendance,
    BirthPrecision,
    Capacity,
    DocumentKind,
    Sex,
    SpokenLanguage,
    StreetKind,
)


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, user: User) -> Self:
        """Persons in a family of a case whose content ``user`` may read; nobody for anonymous people."""
        from .cases import Case

        cases = Case.objects.content_visible_to(user)
        return self.filter(
            Q(family_memberships__family__cases__in=cases) | Q(case_places__case__in=cases)
        ).distinct()

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
            )
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
        super().save(*args, **kwargs)

    @property
    def full_name(self) -> str:
        """Surname, given name, patronymic, as written; else the description; else «unknown» in the reader's language."""
        known = " ".join(p for p in (self.surname, self.given_name, self.patronymic) if p)
        return known or self.description or str(_("Name not known"))

    def age_on(self, day: dt.date) -> int | None:
        """Full years on ``day``: exact, or by the year or the estimate (then ± 1); None where nothing is known."""
        if self.birth_precision == BirthPrecision.EXACT and self.birth_on:
            born = self.birth_on
            return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
        if self.birth_precision == BirthPrecision.YEAR and self.birth_year:
            return day.year - self.birth_year
        if self.birth_precision == BirthPrecision.ESTIMATED and self.estimated_age is not None:
            since = self.estimated_on or day
            return self.estimated_age + (day.year - since.year)
        return None


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


class Consent(models.Model):
    """Consent to help and to the handling of data, or the ground on which it is not needed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="consents", verbose_name=_("Whose")
    )
    case = models.ForeignKey("Case", models.PROTECT, related_name="consents")
    given_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("Given by")
    )
    capacity = models.CharField(
        _("In what capacity"), max_length=20, choices=Capacity.choices, blank=True
    )
    to_help = models.BooleanField(_("To the help"), default=True)
    to_data = models.BooleanField(_("To the handling of data"), default=True)
    scope = models.CharField(_("Scope"), max_length=500, blank=True)
    is_written = models.BooleanField(_("In writing"), default=False)
    given_on = models.DateField(_("Given on"), null=True, blank=True)
    written_on = models.DateField(_("Confirmed in writing on"), null=True, blank=True)
    ground_without = models.CharField(_("Ground without consent"), max_length=500, blank=True)
    withdrawn_on = models.DateField(_("Withdrawn on"), null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-given_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(given_on__isnull=False) | ~Q(ground_without=""),
                name="consent_is_given_or_grounded",
            )
        ]


class Address(models.Model):
    """Where a person is registered or really lives; the house is text, the rest may be unknown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="addresses")
    kind = models.CharField(_("Kind"), max_length=12, choices=AddressKind.choices)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, verbose_name=_("District")
    )
    mtu = models.ForeignKey(Mtu, models.PROTECT, null=True, blank=True, verbose_name=_("MTU"))
    settlement = models.CharField(_("Settlement, microdistrict"), max_length=100, blank=True)
    street = models.CharField(_("Street name"), max_length=100, blank=True)
    street_kind = models.CharField(
        _("Kind of street"), max_length=12, choices=StreetKind.choices, blank=True
    )
    house = models.CharField(_("House"), max_length=20, blank=True)
    flat = models.CharField(_("Flat"), max_length=20, blank=True)
    text = models.CharField(_("In words"), max_length=300, blank=True)
    since_on = models.DateField(_("Since"), null=True, blank=True)
    until_on = models.DateField(_("Until"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["kind", "-since_on"]


class Phone(models.Model):
    """A number of a person, with whether it is safe to call it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="phones")
    number = models.CharField(_("Number"), max_length=40)
    e164 = models.CharField(max_length=20, editable=False, default="", db_index=True)
    is_safe = models.BooleanField(_("Safe to call"), default=True)
    safe_hours = models.CharField(_("Safe hours"), max_length=100, blank=True)
    note = models.CharField(_("Whose, what for"), max_length=200, blank=True)
    is_current = models.BooleanField(_("In use"), default=True)

    history = HistoricalRecords(excluded_fields=["e164"])

    class Meta:
        ordering = ["-is_current", "-is_safe", "number"]


class HiddenFact(models.Model):
    """An address or a phone that named persons must not learn: no paper, release or export prints it without the head's reasoned choice."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    address = models.ForeignKey(
        Address, models.CASCADE, null=True, blank=True, related_name="hidden_facts"
    )
    phone = models.ForeignKey(
        Phone, models.CASCADE, null=True, blank=True, related_name="hidden_facts"
    )
    hidden_from = models.ManyToManyField(Person, related_name="+", verbose_name=_("Hidden from"))
    reason = models.CharField(_("Why"), max_length=300, blank=True)
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)
    lifted_at = models.DateTimeField(null=True, blank=True)

    history = HistoricalRecords(m2m_fields=[hidden_from])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(address=None, phone__isnull=False)
                | Q(address__isnull=False, phone=None),
                name="hidden_fact_is_one_thing",
            )
        ]
