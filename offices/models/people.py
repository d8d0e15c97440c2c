"""The staff: people, their places in the offices, and who stands in for whom."""

import datetime as dt
import uuid
from typing import Any, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from core import clock
from core.history import HistoricalRecords

from ..enums import Role
from .places import Office


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
        verbose_name = _("person of the staff")
        verbose_name_plural = _("Staff and accounts")
        ordering = ["surname", "given_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(username=Lower("username")), name="username_in_lower_case"
            )
        ]

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """Names are signed in with in any case, and kept in lower case."""
        return super().normalize_username(username).strip().lower()

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
        from ..standing import standing

        return bool(self.is_active and standing(self).is_administrator)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_staff


class MembershipQuerySet(models.QuerySet["Membership"]):
    def active(self, on: dt.date | None = None) -> Self:
        """Those in force on the day (today unless told)."""
        on = on or clock.today()
        return self.filter(starts_on__lte=on).filter(Q(ends_on=None) | Q(ends_on__gte=on))


class Membership(models.Model):
    """One person in one office in one role, from a day to a day. Ended, never deleted."""

    user = models.ForeignKey(
        User, models.PROTECT, related_name="memberships", verbose_name=_("Who")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, related_name="memberships", verbose_name=_("Office")
    )
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    position_ky = models.CharField(_("Position in Kyrgyz"), max_length=200, blank=True)
    position_ru = models.CharField(_("Position in Russian"), max_length=200, blank=True)
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("To (last day)"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("Memberships")
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

    def clean(self) -> None:
        """Keeping accounts and auditing stand apart from work with clients, in one person too."""
        super().clean()
        apart = {Role.ADMINISTRATOR, Role.AUDITOR}
        others = Membership.objects.active().filter(user_id=self.user_id).exclude(pk=self.pk)
        mixed = any(
            (role in apart) != (self.role in apart)
            for role in others.values_list("role", flat=True)
        )
        if self.user_id and mixed:
            raise ValidationError(
                _("Who keeps accounts or audits holds no other role: give them a second account.")
            )

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

    membership = models.ForeignKey(
        Membership, models.PROTECT, related_name="stand_ins", verbose_name=_("Who is away")
    )
    user = models.ForeignKey(
        User, models.PROTECT, related_name="standing_in", verbose_name=_("Who stands in")
    )
    starts_on = models.DateField(_("From"))
    ends_on = models.DateField(_("To (last day)"))

    objects = StandInQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("stand-in")
        verbose_name_plural = _("Stand-ins")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="stand_in_ends_after_it_starts"
            )
        ]
