"""The admin: reference data and accounts, never a client's record, whoever registers what."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .permissions import can_keep_accounts

# Everything that may ever stand in the admin; a registration of anything else is passed over.
REFERENCE = {
    "offices.user",
    "offices.membership",
    "offices.standin",
    "offices.office",
    "offices.district",
    "offices.mtu",
    "offices.organisation",
    "offices.standardversion",
    "offices.calendarday",
    "offices.calendaryear",
    "casework.situationcategory",
    "casework.psychologicalmethod",
    "casework.legalground",
    "papers.journalindex",
    "intake.calltopic",
    "intake.privilegedcategory",
    "intake.communicationneed",
}


class ReferenceSite(AdminSite):
    site_header = _("Reference data")
    site_title = _("Jardam")
    index_title = _("Accounts, offices, lists")
    site_url = "/"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register those that are reference data; what libraries bring of their own is passed over."""
        try:
            models = list(model_or_iterable)
        except TypeError:
            models = [model_or_iterable]
        allowed = [m for m in models if m._meta.label_lower in REFERENCE]
        super().register(allowed, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Administrators in force today."""
        return can_keep_accounts(request.user)

    @property
    def urls(self) -> Any:
        return self.get_urls(), "admin", self.name

    def login(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """The same sign-in as everywhere; whoever is in without the right gets 403."""
        return secure_admin_login(super().login)(request, extra_context=extra_context)
