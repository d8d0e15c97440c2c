from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplaintsConfig(AppConfig):
    name = "complaints"
    verbose_name = _("Complaints")

    def ready(self) -> None:
        from casework.search_rooms import register_finder
        from offices.waiting import register_feed

        from . import moving, notices
        from .finding import complaints_numbered
        from .waiting import complaints_waiting_for

        moving.register()
        notices.register()
        register_feed(complaints_waiting_for)
        register_finder(complaints_numbered)
