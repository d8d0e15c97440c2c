from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class OfficesConfig(AppConfig):
    name = "offices"
    verbose_name = _("Offices and people")

    def ready(self) -> None:
        from .notices import register_kind

        register_kind("stand_in_set", _("A stand-in was named"))
        register_kind("stand_in_ended", _("A stand-in ended"))
        register_kind("reset_given", _("A one-time link for a new password was given out"))
        register_kind("reset_used", _("A password was set by a one-time link"))


class ReferenceAdminConfig(AdminConfig):
    """Django's admin, with our own site in it: reference data only."""

    default_site = "offices.reference_site.ReferenceSite"
