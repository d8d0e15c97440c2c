"""Districts, offices and the bodies around them."""

import datetime as dt
import uuid
from typing import Any, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import names
from core.history import HistoricalRecords

from ..enums import OfficeKind, OrganisationKind
from .bilingual import Bilingual


class District(Bilingual):
    """A district of the city; names are data because renaming is proposed every other year."""

    code = models.CharField(_("Code"), max_length=40, unique=True)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("Districts")
        ordering = ["name_ky"]


class Mtu(Bilingual):
    """A municipal territorial administration (МАБ / МТУ); the list is the customer's to confirm."""

    district = models.ForeignKey(
        District, models.PROTECT, related_name="mtus", verbose_name=_("District")
    )
    number = models.PositiveSmallIntegerField(_("Number"))
    is_active = models.BooleanField(_("Offered"), default=True)

    class Meta:
        verbose_name = _("MTU")
        verbose_name_plural = _("MTUs")
        ordering = ["district", "number"]


class Office(Bilingual):
    """A provider of the service (clause 2), with what its letterhead and public page say."""

    kind = models.CharField(_("Kind"), max_length=20, choices=OfficeKind.choices)
    code = models.SlugField(_("Code"), max_length=40, unique=True)
    district = models.ForeignKey(
        District,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="offices",
        verbose_name=_("District"),
    )
    index = models.CharField(
        _("Number index"),
        max_length=8,
        unique=True,
        help_text=_("Begins every number, as in 04-0127/26."),
    )
    short_ky = models.CharField(_("Short name in Kyrgyz"), max_length=60, blank=True)
    short_ru = models.CharField(_("Short name in Russian"), max_length=60, blank=True)
    address_ky = models.CharField(_("Address in Kyrgyz"), max_length=300, blank=True)
    address_ru = models.CharField(_("Address in Russian"), max_length=300, blank=True)
    phone = models.CharField(_("Phone"), max_length=100, blank=True)
    hotline = models.CharField(_("Trust line"), max_length=100, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    opens_at = models.TimeField(_("Opens at"), default=dt.time(9))
    closes_at = models.TimeField(_("Closes at"), default=dt.time(18))
    accessibility_ky = models.TextField(_("Accessibility in Kyrgyz"), blank=True)
    accessibility_ru = models.TextField(_("Accessibility in Russian"), blank=True)
    is_confirmed = models.BooleanField(_("Contacts confirmed"), default=False)
    is_active = models.BooleanField(_("Works"), default=True)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("Offices")
        ordering = ["index"]

    @property
    def short_name(self) -> str:
        """For the top bar and lists: «Ленин району»; the full name where no short one is kept."""
        return (self.short_ru if get_language() == "ru" else self.short_ky) or self.name

    @property
    def address(self) -> str:
        return self.address_ru if get_language() == "ru" else self.address_ky


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def standing_alone(self) -> Self:
        """Without the entries that were merged into another one."""
        return self.filter(merged_into=None)

    def offered(self) -> Self:
        """What a form offers: entries in use."""
        return self.filter(is_active=True, merged_into=None)

    def named_like(self, text: str) -> Self:
        """Those whose names, or the names of entries merged into them, hold every word of ``text``, folded (core.names)."""
        own, merged = Q(), Q()
        for word in names.words(text):
            own &= Q(search_key__contains=word)
            merged &= Q(search_key__contains=word)
        aliases = Organisation.objects.filter(merged, merged_into=OuterRef("pk"))
        return self.filter(own | Exists(aliases)) if own else self


class Organisation(Bilingual):
    """A body or partner around the offices: who refers, who is referred to, who asks for papers.

    An entry that turned out to be another one once more stays as its alias: ``merged_into`` names the one that counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("Kind"), max_length=30, choices=OrganisationKind.choices)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, verbose_name=_("District")
    )
    address = models.CharField(_("Address"), max_length=300, blank=True)
    phone = models.CharField(_("Phone"), max_length=100, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    signatory = models.CharField(_("Who signs"), max_length=200, blank=True)
    is_confirmed = models.BooleanField(_("Confirmed"), default=False)
    is_active = models.BooleanField(_("Offered"), default=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="aliases", editable=False
    )
    search_key = models.TextField(editable=False, default="", db_collation="C")
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = OrganisationQuerySet.as_manager()
    history = HistoricalRecords(excluded_fields=["search_key"])

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("Organisations")
        ordering = ["name_ky"]
        indexes = [
            GinIndex(OpClass("search_key", name="gin_trgm_ops"), name="organisation_search_trgm")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(is_active=False), name="alias_is_not_offered"
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="nothing_is_its_own_alias"
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search_key = names.fold(f"{self.name_ky} {self.name_ru}")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("organisations:organisation", args=[self.pk])


class OrganisationContact(models.Model):
    """Whom to ask for in an organisation. Kept when they have left (``is_active``)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts")
    name = models.CharField(_("Full name"), max_length=200)
    position = models.CharField(_("Position"), max_length=200, blank=True)
    phone = models.CharField(_("Phone"), max_length=100, blank=True)
    is_active = models.BooleanField(_("Works there"), default=True)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("Contacts")
        ordering = ["-is_active", "name", "pk"]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.name, self.position) if part)
