from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IntakeConfig(AppConfig):
    name = "intake"
    verbose_name = _("Intake")

    def ready(self) -> None:
        from casework.on_duty import register_roster
        from casework.search_rooms import register_finder
        from complaints.danger import register_receiver
        from offices.waiting import register_feed

        from . import application_notices, call_notices, due_sources, tellers
        from .application_panels import hang_panel
        from .application_waiting import applications_waiting_for
        from .call_waiting import calls_waiting_for
        from .complaint_signals import receive_from_complaint
        from .finding import applications_numbered
        from .referral_uptake import tell_referrals
        from .standing import is_on_duty

        register_roster(is_on_duty)
        application_notices.register()
        tellers.register()
        due_sources.register()
        call_notices.register()
        hang_panel()
        tell_referrals()
        register_finder(applications_numbered)
        register_feed(applications_waiting_for)
        register_feed(calls_waiting_for)
        from .raid_findings import findings_waiting_for
        from .reception_waiting import reception_waiting_for
        from .visit_page import hang_panel
        from .visit_waiting import visits_waiting_for

        hang_panel()
        register_feed(reception_waiting_for)
        register_feed(findings_waiting_for)
        register_feed(visits_waiting_for)
        register_receiver(receive_from_complaint)
