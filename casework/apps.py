from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from . import notices
        from .episode_notices import register_kinds

        notices.register()
        register_kinds()
