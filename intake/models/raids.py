"""Raids and the families found in them (clause 3, b)."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casework.births import Birth
from casework.enums import BirthPrecision, IdentifiedBy, Relation, Sex, SpokenLanguage, StreetKind
from casework.services.new_case import (
    Identification,
    KnownAddress,
    KnownAdult,
    KnownChild,
    KnownPhone,
)
from core import clock
from core.history import HistoricalRecords
from offices.asked_often import AskedOftenQuerySet, asked_often
from offices.enums import Role
from offices.models import District, Office, Organisation, User
from offices.standing import standing

from ..carrying import Carried

# Who goes on raids and writes them up: docs/permissions.md.
RAIDING = (Role.OPERATOR, Role.CASEWORKER, Role.HEAD)


class RaidQuerySet(models.QuerySet["Raid"]):
    def visible_to(self, user: User) -> Self:
        """Raids of the offices in which ``user`` logs them."""
        return self.filter(office_id__in=standing(user).offices(*RAIDING))


class Raid(models.Model):
    """A raid: when, where, with whom. The number is of the office's journal of raids."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("Number"), max_length=30, unique=True, editable=False)
    office = models.ForeignKey(Office, models.PROTECT, related_name="raids")
    held_on = models.DateField(_("Day of the raid"))
    place = models.CharField(_("Where"), max_length=300)
    organisations = models.ManyToManyField(
        Organisation, blank=True, related_name="+", verbose_name=_("Bodies that took part")
    )
    organisations_text = models.CharField(
        _("Other bodies and people, in words"), max_length=300, blank=True
    )
    led_by = models.ForeignKey(
        User, models.PROTECT, related_name="led_raids", verbose_name=_("Who led it")
    )
    staff = models.ManyToManyField(
        User, blank=True, related_name="+", verbose_name=_("Who of us took part")
    )
    account = models.TextField(_("How it went"), blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = RaidQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[organisations, staff])

    class Meta:
        ordering = ["-held_on", "-recorded_at"]
        indexes = [models.Index(fields=["office", "-held_on"], name="raid_by_office")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("raids:raid", args=[self.pk])


class RaidFindingQuerySet(AskedOftenQuerySet["RaidFinding"]):
    @asked_often
    def visible_to(self, user: User) -> Self:
        """Findings of the raids that ``user`` may read, but for those whose application has been closed to them since."""
        from .applications import Application

        hidden = Application.objects.filter(finding=OuterRef("pk")).exclude(
            pk__in=Application.objects.visible_to(user)
        )
        return self.filter(~Exists(hidden), raid__in=Raid.objects.visible_to(user))

    def waiting(self) -> Self:
        """Those of which nothing has come yet: no application, and no reason why none follows."""
        return self.filter(settled_at=None, applications=None)


class RaidFinding(models.Model):
    """A family found: who, where, what was seen, what was done at once. Becomes an application, or says why not."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    raid = models.ForeignKey(Raid, models.PROTECT, related_name="findings")
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, verbose_name=_("District")
    )
    settlement = models.CharField(_("Settlement, microdistrict"), max_length=100, blank=True)
    street = models.CharField(_("Street name"), max_length=100, blank=True)
    street_kind = models.CharField(
        _("Kind of street"), max_length=12, choices=StreetKind.choices, blank=True
    )
    house = models.CharField(_("House"), max_length=20, blank=True)
    flat = models.CharField(_("Flat"), max_length=20, blank=True)
    address_text = models.CharField(_("Or in words"), max_length=300, blank=True)
    description = models.CharField(_("Who was found, in words"), max_length=300, blank=True)
    seen = models.TextField(_("What was seen"), blank=True)
    done = models.TextField(_("What was done at once"), blank=True)
    settled_reason = models.CharField(_("Why no application follows"), max_length=300, blank=True)
    settled_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = RaidFindingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return str(self.raid)

    def get_absolute_url(self) -> str:
        return f"{self.raid.get_absolute_url()}#f-{self.pk}"

    @property
    def address(self) -> KnownAddress:
        return KnownAddress(
            district=self.district,
            settlement=self.settlement,
            street=self.street,
            street_kind=self.street_kind,
            house=self.house,
            flat=self.flat,
            text=self.address_text,
        )

    def carried(self) -> Carried:
        """What an application begins with: the people as far as known, the place, what was seen; found in a raid (clause 3)."""
        people = list(self.people.all())
        children = tuple(person.as_child() for person in people if person.is_child)
        if not children and self.description:
            children = (KnownChild(description=self.description),)
        raid = self.raid
        return Carried(
            office=raid.office,
            identification=Identification(
                kind=IdentifiedBy.RAID, text=raid.place, number=raid.number, on=raid.held_on
            ),
            children=children,
            adults=tuple(person.as_adult() for person in people if not person.is_child),
            actual_address=self.address,
            reason="\n\n".join(text for text in (self.seen, self.done) if text),
        )


class FoundPerson(models.Model):
    """Somebody of a family that was found, as far as known on the spot."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    finding = models.ForeignKey(RaidFinding, models.CASCADE, related_name="people")
    place = models.PositiveSmallIntegerField(default=0)
    is_child = models.BooleanField(_("Child"), default=True)
    surname = models.CharField(_("Surname"), max_length=100, blank=True)
    given_name = models.CharField(_("Given name"), max_length=100, blank=True)
    patronymic = models.CharField(_("Patronymic"), max_length=100, blank=True)
    description = models.CharField(
        _("Description, where the name is not known"), max_length=300, blank=True
    )
    sex = models.CharField(_("Sex"), max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_precision = models.CharField(
        max_length=10, choices=BirthPrecision.choices, default=BirthPrecision.UNKNOWN
    )
    birth_on = models.DateField(null=True, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    estimated_age = models.PositiveSmallIntegerField(null=True, blank=True)
    estimated_on = models.DateField(null=True, blank=True)
    language = models.CharField(
        _("Language"), max_length=10, choices=SpokenLanguage.choices, blank=True
    )
    relation = models.CharField(
        _("Who it is to the child"), max_length=20, choices=Relation.choices, blank=True
    )
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    phone_is_safe = models.BooleanField(_("Safe to call"), null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-is_child", "place", "id"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        known = " ".join(p for p in (self.surname, self.given_name, self.patronymic) if p)
        return known or self.description or str(_("Name not known"))

    @property
    def birth(self) -> Birth:
        return Birth(
            self.birth_precision,
            on=self.birth_on,
            year=self.birth_year,
            age=self.estimated_age,
            estimated_on=self.estimated_on,
        )

    @property
    def age_in_words(self) -> str:
        return self.birth.age_in_words(clock.today())

    def as_child(self) -> KnownChild:
        return KnownChild(
            surname=self.surname,
            given_name=self.given_name,
            patronymic=self.patronymic,
            description=self.description,
            sex=self.sex,
            birth=self.birth,
            language=self.language,
        )

    def as_adult(self) -> KnownAdult:
        phones: tuple[KnownPhone, ...] = ()
        if self.phone:
            phones = (KnownPhone(self.phone, is_safe=self.phone_is_safe is not False),)
        return KnownAdult(
            surname=self.surname,
            given_name=self.given_name,
            patronymic=self.patronymic,
            description=self.description,
            sex=self.sex,
            birth=self.birth,
            language=self.language,
            relation=self.relation or Relation.OTHER,
            phones=phones,
        )
