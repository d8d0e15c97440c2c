"""The WSGI entry that a server such as gunicorn calls."""

import os
from typing import Any

from django.core.wsgi import get_wsgi_application

from core.stack import in_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

_answer = get_wsgi_application()


def application(environ: dict[str, Any], start_response: Any) -> Any:
    """Django's own, with room on the interpreter's stack for its many calls."""
    return in_room(_answer, environ, start_response)
