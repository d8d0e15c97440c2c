"""Offices, the people in them, the bodies around them, the standard, and the log of reads."""

import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords

from .enums import OfficeKind, OrganisationKind, Role


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


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(username, password, is_superuser=True, **fields)


class User(AbstractBaseUser):
    """A member of staff. Never deleted: leaving ends the memberships.

    ``is_superuser`` opens reference data in the admin, no client record anywhere.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(_("User name"), max_length=60, unique=True)
    surname = models.CharField(_("Surname"), max_length=100)
    given_name = models.CharField(_("Given name"), max_length=100)
    patronymic = models.CharField(_("Patronymic"), max_length=100, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Phone"), max_length=40, blank=True)
    is_active = models.BooleanField(_("May sign in"), default=True)
    is_superuser = models.BooleanField(_("Keeps reference data"), default=False)
    is_demo = models.BooleanField(_("Demo account"), default=False, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects = UserManager()
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["surname", "given_name"]

    class Meta:
        ordering = ["surname", "given_name"]

    @property
    def full_name(self) -> str:
        return " ".join(p for p in (self.surname, self.given_name, self.patronymic) if p)

    @property
    def short_name(self) -> str:
        """Initials and surname, as papers are signed: «Ж. Ө. Төлөгөнова»."""
        initials = " ".join(f"{p[0]}." for p in (self.given_name, self.patronymic) if p)
        return f"{initials} {self.surname}".strip()

    def get_full_name(self) -> str:
        return self.full_name

    def __str__(self) -> str:
        return self.full_name

    @property
    def is_staff(self) -> bool:
        """Whether the admin's door is open: reference data only (see offices/admin.py)."""
        return self.is_superuser

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_active and self.is_superuser

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_superuser


class District(Bilingual):
    """A district of the city; names are data because renaming is proposed every other year."""

    code = models.CharField(_("Code"), max_length=40, unique=True)

    class Meta:
        ordering = ["name_ky"]


class Mtu(Bilingual):
    """A municipal territorial administration (МАБ / МТУ); the list is the customer's to confirm."""

    district = models.ForeignKey(District, models.PROTECT, related_name="mtus")
    number = models.PositiveSmallIntegerField(_("Number"))
    is_active = models.BooleanField(_("Offered"), default=True)

    class Meta:
        ordering = ["district", "number"]


class Office(Bilingual):
    """A provider of the service (clause 2), with what its letterhead and public page say."""

    kind = models.CharField(_("Kind"), max_length=20, choices=OfficeKind.choices)
    code = models.SlugField(_("Code"), max_length=40, unique=True)
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="offices"
    )
    index = models.CharField(
        _("Number index"),
        max_length=8,
        unique=True,
        help_text=_("Begins every number, as in 04-0127/26."),
    )
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
        ordering = ["index"]

    @property
    def address(self) -> str:
        return self.address_ru if get_language() == "ru" else self.address_ky


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self, on: dt.date | None = None) -> Self:
        """Those in force on the day (today unless told)."""
        on = on or clock.today()
        return self.filter(starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))


class Membership(models.Model):
    """One person in one office in one role, from a day to a day. Ended, never deleted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    office = models.ForeignKey(Office, models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    position_ky = models.CharField(_("Position in Kyrgyz"), max_length=200, blank=True)
    position_ru = models.CharField(_("Position in Russian"), max_length=200, blank=True)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("To (last day)"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["office", "role", "user"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_ends_after_it_starts",
            )
        ]
        indexes = [models.Index(fields=["user", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.office}"

    @property
    def position(self) -> str:
        return (self.position_ru if get_language() == "ru" else self.position_ky) or str(
            self.get_role_display()
        )


class StandInQuerySet(models.QuerySet["StandIn"]):
    def active(self, on: dt.date | None = None) -> Self:
        """Those in force on the day (today unless told)."""
        on = on or clock.today()
        return self.filter(starts_on__lte=on, ends_on__gte=on)


class StandIn(models.Model):
    """While ``membership``'s holder is away, ``user`` has that membership's rights and holds its cases.

    For a head it is the deputy; for a caseworker whoever keeps the cases during the leave.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="stand_ins")
    user = models.ForeignKey(User, models.PROTECT, related_name="standing_in")
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("To (last day)"))

    objects = StandInQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="stand_in_ends_after_it_starts"
            )
        ]


class Organisation(Bilingual):
    """A body or partner around the offices: who refers, who is referred to, who asks for papers."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("Kind"), max_length=30, choices=OrganisationKind.choices)
    district = models.ForeignKey(District, models.PROTECT, null=True, blank=True)
    address = models.CharField(_("Address"), max_length=300, blank=True)
    phone = models.CharField(_("Phone"), max_length=100, blank=True)
    email = models.EmailField(_("E-mail"), blank=True)
    signatory = models.CharField(_("Who signs"), max_length=200, blank=True)
    is_confirmed = models.BooleanField(_("Confirmed"), default=False)
    is_active = models.BooleanField(_("Offered"), default=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["name_ky"]


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
    hotline_amber_minutes = models.PositiveSmallIntegerField(default=45)
    hotline_unsent_minutes = models.PositiveSmallIntegerField(default=10)
    consultation_minutes = models.PositiveSmallIntegerField(
        _("Consultation up to, minutes"), default=30
    )
    consultation_amber_minutes = models.PositiveSmallIntegerField(default=25)
    complaint_registration_days = models.PositiveSmallIntegerField(
        _("Complaint registered within, working days"), default=1
    )
    complaint_answer_days = models.PositiveSmallIntegerField(
        _("Complaint answered within, working days"), default=14
    )
    complaint_amber_days = models.PositiveSmallIntegerField(default=4)
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
        ordering = ["-in_force_from"]

    def __str__(self) -> str:
        return self.number


class ReadKind(models.TextChoices):
    VIEW = "view", _("Page")
    LIST = "list", _("List")
    SEARCH = "search", _("Search")
    PAPER = "paper", _("Paper")
    EXPORT = "export", _("Export")


class ReadLogQuerySet(models.QuerySet["ReadLog"]):
    def about(self, subject: str) -> Self:
        """Reads of one record, by its mark such as ``case:<uuid>``."""
        return self.filter(subjects__contains=[subject])


class ReadLog(models.Model):
    """Who read what of whom, when, from where and, where asked, why (clause 11). Append-only by a trigger."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    address = models.GenericIPAddressField(null=True)
    kind = models.CharField(max_length=10, choices=ReadKind.choices)
    page = models.CharField(max_length=100)
    subjects = ArrayField(models.CharField(max_length=60))
    offices = ArrayField(models.BigIntegerField())
    reason = models.CharField(max_length=500, blank=True)

    objects = ReadLogQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["-at"]),
            models.Index(fields=["user", "-at"]),
            GinIndex(fields=["subjects"], name="read_log_subjects"),
            GinIndex(fields=["offices"], name="read_log_offices"),
        ]


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting_for(self, user: User) -> Self:
        return self.filter(user=user, seen_at=None)


class Notice(models.Model):
    """Something that one person must be told at once. It carries a kind and a link, never a client's data."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=40)
    number = models.CharField(max_length=40, blank=True)
    url = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-at"]
        indexes = [models.Index(fields=["user", "seen_at", "-at"])]


class SecurityEvent(models.Model):
    """What happened to an account: sign-ins, failures, resets, second factors; for its owner and the auditor."""

    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(max_length=40)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ["-at"]
