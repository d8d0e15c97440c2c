from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "casework"

    def ready(self) -> None:
        from . import conclusion_notices, notices
        from .episode_notices import register_kinds

        notices.register()
        register_kinds()
        conclusion_notices.register_kinds()
