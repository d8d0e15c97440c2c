"""My day: what is running out, what waits for me, what I hold."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from casework.enums import CaseStage, EpisodeStatus
from casework.models import Case, Episode
from core import clock
from intake.call_waiting import alarm_for
from offices.enums import Role
from offices.models import ReadKind
from offices.reading import client_page, note_read, staff_page
from offices.standing import standing
from offices.waiting import Section, waiting_for

from ..counts import count, counts_for
from ..navigation import counted, entries_for, path_of_page
from ..news import told_of

HELD_SHOWN = 8


@client_page(kind=ReadKind.LIST)
def my_day(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    lines = waiting_for(request.user)
    count(request, lines)
    cases = _held_cases(request)
    episodes = _held_episodes(request)
    alarms, news = told_of(request.user, lines)
    note_read(request, *cases["shown"], *[e.case for e in episodes["shown"]], *episodes["shown"])
    return TemplateResponse(
        request,
        "reports/my_day.html",
        {
            "today": clock.today(),
            "sections": [(s, [line for line in lines if line.section == s]) for s in Section],
            "has_lines": bool(lines),
            "alarms": alarms,
            "notices": news,
            "cases": cases,
            "episodes": episodes,
        },
    )


def _held_cases(request: HttpRequest) -> dict[str, object]:
    own = standing(request.user)
    if not own.has(Role.CASEWORKER, Role.HEAD):
        return {"total": 0, "shown": []}
    held = Case.objects.held_by(request.user).exclude(stage=CaseStage.CLOSED)
    shown = held.prefetch_related("child_places__person").order_by("-opened_at")[:HELD_SHOWN]
    return {"total": held.count(), "shown": list(shown)}


def _held_episodes(request: HttpRequest) -> dict[str, object]:
    own = standing(request.user)
    if not own.has(Role.PSYCHOLOGIST, Role.LAWYER, Role.CASEWORKER):
        return {"total": 0, "shown": []}
    held = Episode.objects.visible_to(request.user).filter(
        specialist=request.user, status=EpisodeStatus.ACTIVE
    )
    shown = held.select_related("case", "person").order_by("-requested_at")[:HELD_SHOWN]
    return {"total": held.count(), "shown": list(shown)}


@staff_page
def rail(request: HttpRequest) -> HttpResponse:
    """The rail's entries with their counts, asked for by the page itself after it is shown; carries nobody's data.

    With them comes the alarm of calls to which nobody was sent, into the strip that every page has for it; only where
    it is another than the page shows (``alarm``), so that screen readers say a new one once and no old one again.
    """
    entries = entries_for(standing(request.user), path_of_page(request))
    alarm = alarm_for(request.user)
    context = {"navigation": counted(entries, counts_for(request)), "alarm": alarm}
    context["says_alarm"] = alarm.mark != request.GET.get("alarm", "")
    return TemplateResponse(request, "reports/rail.html", context)
