"""The panel that an application hangs on the page of the case which opened from it."""

from typing import cast

from django.http import HttpRequest

from casework.models import Case
from casework.panels import Panel, register_panel
from offices.models import User
from offices.reading import note_read

from .models import Application


def application_panel(request: HttpRequest, case: Case) -> Panel | None:
    """With what the case began, and what was decided; for readers of the case's content who belong to its office."""
    user = cast(User, request.user)  # no stranger sees the page of a case
    application = Application.objects.content_visible_to(user).filter(case=case).first()
    if application is None:
        return None
    note_read(request, application)
    decision = application.decisions.filter(is_eligible=True).select_related("decided_by").first()
    return Panel(
        "intake/application_panel.html", {"application": application, "decision": decision}
    )


def hang_panel() -> None:
    register_panel("summary", application_panel, order=20)
