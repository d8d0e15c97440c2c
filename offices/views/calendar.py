"""The working calendar for who keeps it: its years and own days, and what a change would do to stored due dates."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.workdays import Calendar

from ..due_dates import move_due_dates, would_move
from ..models import CalendarDay, CalendarMove
from ..permissions import can_keep_accounts
from ..reading import staff_page
from ..working_calendar import working_calendar

_MOVES_SHOWN = 10


@staff_page
def show_calendar(request: HttpRequest) -> HttpResponse:
    """Numbers only, no record of anybody. A POST confirms: the dates move, and how many is written down."""
    if not can_keep_accounts(request.user):
        raise PermissionDenied
    if request.method == "POST":
        done = move_due_dates(actor=request.user)
        total = sum(done.counts.values())
        messages.success(
            request, _("Due dates brought to the calendar: %(count)d") % {"count": total}
        )
        return HttpResponseRedirect(reverse("offices:calendar"))
    found = would_move()
    context = {
        "years": _years(working_calendar()),
        "days": CalendarDay.objects.all()[:40],
        "kinds": found,
        "total": sum(moves.total for _kind, moves in found),
        "moved": [
            (move, sum(move.counts.values()))
            for move in CalendarMove.objects.select_related("by")[:_MOVES_SHOWN]
        ],
    }
    return TemplateResponse(request, "offices/calendar.html", context)


def _years(calendar: Calendar) -> list[dict[str, object]]:
    """The year before, this one and the next two: confirmed or not, and which Aits are estimates still."""
    year = clock.today().year
    return [
        {
            "year": one,
            "is_confirmed": one in calendar.confirmed_years,
            "estimates": sorted(calendar.open_questions(one)),
        }
        for one in range(year - 1, year + 3)
    ]
