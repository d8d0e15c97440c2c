"""The specialist's own calendar by week and by day, and for a head the load of the office without anybody's name."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core import clock
from offices.enums import Role
from offices.models import ReadKind
from offices.reading import client_page, note_read, staff_page
from offices.standing import standing

from ..appointments import appointments, week_of
from ..models.episodes import HELPING_ROLE
from ..workload import weeks_of


@client_page(kind=ReadKind.LIST)
def show_calendar(request: HttpRequest) -> HttpResponse:
    """Own appointments: a week, or with ``?view=day`` one day; ``?on=`` names a day of it."""
    if not standing(request.user).has(*HELPING_ROLE.values()):
        raise PermissionDenied
    on = _asked_day(request)
    is_week = request.GET.get("view") != "day"
    shown = appointments(request.user, week_of(on) if is_week else [on])
    for day in shown:
        for meeting in day.meetings:
            note_read(request, meeting.episode, meeting.episode.case)
        for way in day.accompaniments:
            note_read(request, way, way.case)
    context = {"days": shown, "on": on, "is_week": is_week, **_around(on, 7 if is_week else 1)}
    return TemplateResponse(request, "casework/calendar.html", context)


@staff_page
def show_load(request: HttpRequest) -> HttpResponse:
    """The head's view of the week of each specialist: how many episodes, which times are taken; no client in it."""
    offices = standing(request.user).offices(Role.HEAD)
    if not offices:
        raise PermissionDenied
    on = _asked_day(request)
    days = week_of(on)
    context = {"weeks": weeks_of(offices, days), "days": days, "on": on, **_around(on, 7)}
    return TemplateResponse(request, "casework/calendar_load.html", context)


def _asked_day(request: HttpRequest) -> dt.date:
    """The day in the address; today where there is none that makes sense."""
    try:
        asked = dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return clock.today()
    return asked if 2000 <= asked.year <= 2199 else clock.today()


def _around(on: dt.date, step: int) -> dict[str, dt.date]:
    span = dt.timedelta(days=step)
    return {"earlier": on - span, "later": on + span, "today": clock.today()}
