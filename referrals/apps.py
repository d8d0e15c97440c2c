from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReferralsConfig(AppConfig):
    name = "referrals"
    verbose_name = _("Referrals")

    def ready(self) -> None:
        from casework.search_rooms import register_finder
        from offices.waiting import register_feed

        from . import due_sources, notices, tellers
        from .finding import referrals_numbered
        from .panels import hang_panels
        from .waiting import referrals_waiting_for

        notices.register_kinds()
        tellers.register()
        due_sources.register()
        hang_panels()
        register_feed(referrals_waiting_for)
        register_finder(referrals_numbered)
