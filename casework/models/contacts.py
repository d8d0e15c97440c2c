"""Where a person lives, how to reach them, and which of it must not be told to whom."""

import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from core import clock, phones
from core.history import HistoricalRecords
from offices.models import District, Mtu, User

from ..enums import AddressKind, StreetKind
from .people import Person


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
    version = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = [
            "kind",
            F("until_on").desc(nulls_first=True),
            F("since_on").desc(nulls_last=True),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(since_on=None) | Q(until_on__gte=F("since_on")),
                name="address_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return self.line

    @property
    def line(self) -> str:
        """The address in one line, in the language of the moment, as an envelope has it; the free text comes last."""
        parts = [
            str(self.district) if self.district_id and self.district else "",
            self.settlement,
            self.street_line,
            self.house,
            pgettext("address", "flat %(number)s") % {"number": self.flat} if self.flat else "",
            self.text,
        ]
        return ", ".join(part for part in parts if part) or str(_("Address not known"))

    @property
    def street_line(self) -> str:
        """The street with its kind, where both are known."""
        if not self.street:
            return ""
        pattern = (
            {
                StreetKind.STREET: pgettext("address", "%(name)s street"),
                StreetKind.AVENUE: pgettext("address", "%(name)s avenue"),
                StreetKind.BOULEVARD: pgettext("address", "%(name)s boulevard"),
                StreetKind.LANE: pgettext("address", "%(name)s lane"),
            }.get(StreetKind(self.street_kind))
            if self.street_kind
            else None
        )
        return pattern % {"name": self.street} if pattern else self.street

    @property
    def is_current(self) -> bool:
        return self.until_on is None or self.until_on >= clock.today()


class Phone(models.Model):
    """A number of a person as it was typed, with whether it is safe to call it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="phones")
    number = models.CharField(_("Number"), max_length=40)
    # The key of core.phones: E.164 where the number is whole, else its bare digits.
    e164 = models.CharField(max_length=20, editable=False, default="", db_index=True)
    is_safe = models.BooleanField(_("Safe to call"), default=True)
    safe_hours = models.CharField(_("Safe hours"), max_length=100, blank=True)
    note = models.CharField(_("Whose, what for"), max_length=200, blank=True)
    is_current = models.BooleanField(_("In use"), default=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    history = HistoricalRecords(excluded_fields=["e164"])

    class Meta:
        ordering = ["-is_current", "-is_safe", "number"]

    def __str__(self) -> str:
        return self.shown

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.e164 = phones.normalise(self.number)
        super().save(*args, **kwargs)

    @property
    def shown(self) -> str:
        """The number grouped for reading aloud."""
        return phones.shown(self.number)

    @property
    def dial(self) -> str:
        """The address that a telephone dials; "" where the number is not whole."""
        return f"tel:{self.e164}" if self.is_whole else ""

    @property
    def is_whole(self) -> bool:
        return phones.is_whole(self.number)


class HiddenFactQuerySet(models.QuerySet["HiddenFact"]):
    def in_force(self) -> "HiddenFactQuerySet":
        return self.filter(lifted_at=None)


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
    lifted_at = models.DateTimeField(_("No longer hidden since"), null=True, blank=True)
    lifted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_reason = models.CharField(_("Why it is lifted"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = HiddenFactQuerySet.as_manager()
    history = HistoricalRecords(m2m_fields=[hidden_from])

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(address=None, phone__isnull=False)
                | Q(address__isnull=False, phone=None),
                name="hidden_fact_is_one_thing",
            ),
            models.UniqueConstraint(
                fields=["address"], condition=Q(lifted_at=None), name="address_hidden_once"
            ),
            models.UniqueConstraint(
                fields=["phone"], condition=Q(lifted_at=None), name="phone_hidden_once"
            ),
        ]

    @property
    def thing(self) -> Address | Phone:
        """The address or the phone that is hidden."""
        return self.address or self.phone  # type: ignore[return-value]  # one of them, by the constraint
