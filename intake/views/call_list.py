"""All calls with chips, and those that the head looks through the next day."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_tables2 import RequestConfig

from core.saving import kept_form, save_once
from offices.enums import Role
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing

from ..enums import CallNature, CallOutcome
from ..forms.call_steps import LookThroughForm
from ..models import HotlineCall
from ..services.call_steps import look_through as look
from ..standing import call_offices
from ..tables.calls import CallTable

# The chips of the list: code → words and condition.
VIEWS = {
    "open": (pgettext_lazy("calls", "Open"), Q(ended_at=None, joined_to=None)),
    "all": (pgettext_lazy("calls", "All"), Q()),
    "real": (pgettext_lazy("calls", "Real"), Q(nature=CallNature.REAL)),
    "visit": (_("Visited, with findings"), Q(outcome=CallOutcome.VISIT)),
    "nothing": (
        pgettext_lazy("call", "Visited, nothing found"),
        Q(outcome=CallOutcome.NOTHING_FOUND),
    ),
    "passed": (pgettext_lazy("call", "Passed on"), Q(passed_at__isnull=False)),
    "consultation": (_("Consultation given"), Q(outcome=CallOutcome.CONSULTATION)),
    "blank": (pgettext_lazy("calls", "Silent"), Q(nature=CallNature.BLANK)),
    "prank": (pgettext_lazy("calls", "Prank"), Q(nature=CallNature.PRANK)),
}
MOST_AT_ONCE = 100


@client_page(kind=ReadKind.LIST)
def list_calls(request: HttpRequest) -> HttpResponse:
    """Every call that the reader may know of, narrowed by a chip."""
    if not call_offices(request.user):
        raise PermissionDenied
    calls = HotlineCall.objects.visible_to(request.user)
    view = request.GET.get("view", "")
    view = view if view in VIEWS else "all"
    table = CallTable(
        calls.filter(VIEWS[view][1]).select_related("office", "topic", "joined_to"),
        reader=request.user,
    )
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    note_read(request, *[row.record for row in table.paginated_rows])
    context = {"table": table, "chips": _chips(calls, view)}
    return TemplateResponse(request, "intake/call_list.html", context)


def _chips(calls: QuerySet[HotlineCall], view: str) -> list[dict[str, Any]]:
    """Each chip with how many there are, all in one query."""
    counts = calls.order_by().aggregate(
        **{f"in_{code}": Count("pk", filter=condition) for code, (_label, condition) in VIEWS.items() if condition},
        in_all=Count("pk"),
    )  # fmt: skip
    return [
        {
            "url": f"?view={code}",
            "label": label,
            "count": counts[f"in_{code}"],
            "is_current": code == view,
        }
        for code, (label, _condition) in VIEWS.items()
    ]


@client_page(kind=ReadKind.LIST)
def look_through(request: HttpRequest) -> HttpResponse:
    """Silent, prank and "nothing found": the head ticks what was looked through. A silent call may be a child."""
    led = standing(request.user).offices(Role.HEAD)
    if not led:
        raise PermissionDenied
    waiting = (
        HotlineCall.objects.filter(office_id__in=led).to_look_through().order_by("-received_at")
    )
    form = kept_form(LookThroughForm, request, "calls-look-through", waiting=waiting)
    if request.method == "POST" and form.is_valid():

        def tick() -> str:
            for call in form.cleaned_data["calls"]:
                look(call, actor=request.user)
            return reverse("calls:look_through")

        if answer := save_once(request, form, tick):
            return answer
    shown = list(waiting.select_related("office", "taken_by")[:MOST_AT_ONCE])
    note_read(request, *shown)
    context = {"calls": shown, "form": form}
    return TemplateResponse(request, "intake/call_look_through.html", context)
