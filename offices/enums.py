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
