"""The manager's morning: one page, one look, printable."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing
from offices.working_calendar import working_calendar, years_in_doubt

from .. import permissions as may
from ..morning import SHOWN, morning_of
from ..trend_chart import trend_chart


@client_page(kind=ReadKind.LIST)
def show_morning(request: HttpRequest) -> HttpResponse:
    """Open complaints by days left, who holds each, and the last twelve months, of what the reader may see."""
    if not standing(request.user).has(*may.LIST_ROLES):
        raise PermissionDenied
    calendar = working_calendar()
    found = morning_of(request.user, calendar)
    note_read(request, *[line.complaint for line in found["lines"]])
    context = {
        **found,
        "chart": trend_chart(found["months"]),
        "shown": SHOWN,
        "years_in_doubt": years_in_doubt(calendar),
    }
    return TemplateResponse(request, "complaints/morning.html", context)
