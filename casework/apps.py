from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseworkConfig(AppConfig):
    name = "casework"
    verbose_name = _("Lists of casework")

    def ready(self) -> None:
        from offices.reading import register_marker
        from offices.session import register_arrival
        from offices.waiting import register_feed

        from . import (
            accompaniment_tellers,
            case_panels,
            conclusion_notices,
            keeping_tellers,
            notices,
            summary_panel,
            tellers,
            timeline_panel,
        )
        from .accompaniment_panels import hang_all
        from .case_waiting import cases_waiting_for
        from .conclusion_panels import hang_panels
        from .conclusion_waiting import desk_waiting_for
        from .episode_notices import register_kinds
        from .episode_panel import hang_panel
        from .episode_waiting import help_waiting_for
        from .hindrances import own_hindrances, register_hindrance
        from .keeping_notices import register as register_keeping_notices
        from .keeping_panel import hang_panel as hang_keeping_panel
        from .keeping_waiting import keeping_waiting_for, register_sources
        from .people_panels import hang_panels as hang_people_panels
        from .plan_panels import hang_all as hang_plans
        from .sealed_reading import mark_of_sealed_door
        from .services.expiring_orders import tell_of_expiring_orders
        from .services.handing_over import tell_of_forsaken

        case_panels.register()
        tellers.register()
        accompaniment_tellers.register()
        keeping_tellers.register()
        timeline_panel.hang_panel()
        summary_panel.register()
        notices.register()
        register_kinds()
        conclusion_notices.register_kinds()
        hang_panel()
        hang_panels()
        hang_people_panels()
        register_keeping_notices()
        hang_keeping_panel()
        register_sources()
        register_hindrance(own_hindrances)
        register_marker(mark_of_sealed_door)
        register_arrival(tell_of_forsaken)
        register_arrival(tell_of_expiring_orders)
        hang_plans()
        register_feed(cases_waiting_for)
        register_feed(help_waiting_for)
        register_feed(desk_waiting_for)
        register_feed(keeping_waiting_for)
        hang_all()
