"""The board of open calls: live clocks, refreshed by itself, never silent; without a session it shows clocks alone."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_POST, require_safe

from offices.models import ReadKind, User
from offices.reading import client_page, note_only_changes, note_read, open_page, staff_page

from ..board import board_rows, mark_of, offices_of, on_duty, open_calls
from ..forms.calls import EmptyCallForm
from ..models import BoardChoice
from ..standing import call_offices

PAGES = ("calls:board", "calls:pulse")


@require_safe
@client_page(kind=ReadKind.LIST)
def board(request: HttpRequest) -> HttpResponse:
    """All open calls of the offices whose calls the reader holds."""
    offices = call_offices(request.user)
    if not offices:
        raise PermissionDenied
    context = _fragment(request, offices)
    shifts = on_duty(offices)
    context |= {
        "shifts": shifts,
        "empty_form": EmptyCallForm.fresh(),
        "offices": offices_of(request.user),
    }
    return TemplateResponse(request, "intake/board.html", context)


@client_page(kind=ReadKind.LIST)
def _rows(request: HttpRequest) -> HttpResponse:
    """What the page asks for again and again: the rows, or 204 where the board looks as before."""
    offices = call_offices(request.user)
    if not offices:
        raise PermissionDenied
    note_only_changes(request, *PAGES)
    context = _fragment(request, offices)
    if request.GET.get("seen") == context["mark"]:
        return HttpResponse(status=204)
    return TemplateResponse(request, "intake/board_rows.html", context)


@gzip_page
@never_cache
@open_page
@require_safe
def pulse(request: HttpRequest) -> HttpResponse:
    """The board's rows for who is signed in; for whom the idle time has put out only clocks and numbers, no client."""
    if request.user.is_authenticated and not request.second_factor_due:
        return _rows(request)
    former: User | None = request.former_user
    offices = call_offices(former) if former is not None else frozenset()
    rows = board_rows(open_calls(offices)) if offices else []
    mark = mark_of(rows, "signed out")
    if request.GET.get("seen") == mark:
        return HttpResponse(status=204)
    context = {"rows": rows, "mark": mark, "alarms": _alarms(rows), "has_sound": _sounds(former)}
    return TemplateResponse(request, "intake/board_clocks.html", context).render()


@require_POST
def _set_sound(request: HttpRequest) -> HttpResponse:
    """Turn the sound of the board on or off, for this person wherever they sign in."""
    if not call_offices(request.user):
        raise PermissionDenied
    wanted = request.POST.get("sound") == "on"
    BoardChoice.objects.update_or_create(user=request.user, defaults={"has_sound": wanted})
    return HttpResponseRedirect(reverse("calls:board"))


set_sound = staff_page(_set_sound)


def _fragment(request: HttpRequest, offices: frozenset[int]) -> dict[str, Any]:
    calls = open_calls(offices)
    note_read(request, *calls)
    rows = board_rows(calls)
    return {
        "rows": rows,
        "mark": mark_of(rows),
        "alarms": _alarms(rows),
        "has_sound": _sounds(request.user),
        "shows_office": len(offices) > 1,
        "held": offices,
    }


def _alarms(rows: Any) -> int:
    return sum(row.is_unsent for row in rows)


def _sounds(user: User | None) -> bool:
    return user is not None and BoardChoice.objects.filter(user=user, has_sound=True).exists()
