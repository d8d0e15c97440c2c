"""The fixed vocabularies of offices and people."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OfficeKind(models.TextChoices):
    """Clause 2: who gives the service."""

    CITY = "city", _("City social development department")
    DISTRICT = "district", _("District social development department")
    CENTRE = "centre", _("Children's Assistance Centre")


class Role(models.TextChoices):
    """What a membership lets a person do; the table in docs/permissions.md."""

    OPERATOR = "operator", pgettext_lazy("role", "Operator")
    CASEWORKER = "caseworker", pgettext_lazy("role", "Social worker")
    PSYCHOLOGIST = "psychologist", pgettext_lazy("role", "Psychologist")
    LAWYER = "lawyer", pgettext_lazy("role", "Lawyer")
    REGISTRAR = "registrar", pgettext_lazy("role", "Registrar")
    HEAD = "head", pgettext_lazy("role", "Head of office")
    CITY_HEAD = "city_head", pgettext_lazy("role", "Head of the city department")
    ADMINISTRATOR = "administrator", pgettext_lazy("role", "Administrator")
    AUDITOR = "auditor", pgettext_lazy("role", "Auditor")


class OrganisationKind(models.TextChoices):
    """Bodies and partners, as clauses 3 and 12 tell them apart."""

    EDUCATION = "education", _("Education institution")
    HEALTH = "health", _("Health institution")
    MUNICIPAL = "municipal", _("Municipal institution")
    SOCIAL = "social", _("Social institution")
    INTERNAL_AFFAIRS = "internal_affairs", _("Internal-affairs body")
    COURT = "court", _("Court")
    PROSECUTOR = "prosecutor", _("Prosecutor's office")
    TERRITORIAL = "territorial", _("Territorial unit of City Hall (MTU, administrative district)")
    COMMISSION = "commission", _("Commission on Children's Affairs")
    NGO = "ngo", _("Non-governmental organisation")
    OTHER = "other", _("Other body")


class SecurityKind(models.TextChoices):
    """What can happen to an account."""

    SIGNED_IN = "signed_in", _("Signed in")
    FAILED = "failed", _("Sign-in failed")
    LOCKED = "locked", _("Sign-in locked for 15 minutes after 5 failures")
    PASSWORD_CHANGED = "password_changed", _("Password changed")
    RESET_GIVEN = "reset_given", _("One-time link for a new password given out")
    RESET_USED = "reset_used", _("Password set by a one-time link")
    FACTOR_ADDED = "factor_added", _("Second factor added")
    FACTOR_REMOVED = "factor_removed", _("Second factor removed")
    CODES_MADE = "codes_made", _("New recovery codes made")
    SIGNATURE_REFUSED = "signature_refused", _("Wrong password when signing")
    MEMBERSHIP_CHANGED = "membership", _("Membership given or changed")
    DISABLED = "disabled", _("Account closed")
    ENABLED = "enabled", _("Account opened again")
