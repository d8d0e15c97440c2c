"""The reception: the desk, somebody comes, one visitor's page, calling in, and who was not received."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework.views.records import saved, seen
from core import clock
from core.fields import NotADay, read_day
from core.saving import kept_form, save_once
from offices.enums import Role
from offices.models import Office, ReadKind
from offices.reading import client_page, note_read, staff_page
from offices.standing import standing

from .. import reception_permissions as may
from ..enums import VisitorOutcome, VisitorStatus
from ..forms.reception import ArrivalForm, CallForm, UnservedForm
from ..models import Visitor
from ..models.reception import RECEIVING
from ..reception_page import Desk, desk_of, mark_of
from ..services import reception as services
from ..sources import KINDS, Source


@require_safe
@client_page(kind=ReadKind.LIST)
def desk(request: HttpRequest) -> HttpResponse:
    """The queue of one office's day: today unless told."""
    office, offices = office_of(request)
    shown = desk_of(office, _day_of(request), request.user)
    note_read(request, *shown.visitors)
    context = {
        "desk": shown,
        "is_today": shown.day == clock.today(),
        "before": shown.day - dt.timedelta(days=1),
        "after": shown.day + dt.timedelta(days=1),
        "offices": _chips(offices, office),
        "call": _call_form(request),
        "arrival": kept_form(ArrivalForm, request, "", auto_id="arrival-%s"),
        "leads": may.can_lead_reception(request.user, office),
        "mine": _mine(shown, request),
    }
    return TemplateResponse(request, "intake/reception_desk.html", context)


@require_safe
@staff_page
def mark(request: HttpRequest) -> HttpResponse:
    """Whether the desk would show something else now; asked by the page itself, carries nobody's data."""
    office, _offices = office_of(request)
    rows = Visitor.objects.visible_to(request.user).of_day(office, clock.today())
    return JsonResponse({"mark": mark_of(rows)})


@client_page(kind=ReadKind.LIST)
def arrive(request: HttpRequest) -> HttpResponse:
    """Somebody came: the number of the day; nothing need be said."""
    office, offices = office_of(request)
    # The desk's one touch carries no draft, so that it throws nobody's typing away.
    is_touch = request.method == "POST" and not request.POST.get("kept_as")
    form = kept_form(ArrivalForm, request, "" if is_touch else f"visitor-new:{office.pk}")
    form.cancel_url, form.save = reverse("reception:desk"), _("Give a number")

    def register() -> str:
        visitor = services.register_visitor(office, form.arrival, actor=request.user)
        messages.success(request, _("Number of the day: %(number)s") % {"number": visitor.number})
        return f"{reverse('reception:desk')}?office={office.code}"

    if answer := saved(request, form, register):
        return answer
    context = {
        "form": form,
        "heading": _("Somebody came"),
        "offices": _chips(offices, office),
        "about": _("Everything may be left empty: the number is given all the same."),
        "back": reverse("reception:desk"),
    }
    return TemplateResponse(request, "intake/form_page.html", context)


@require_safe
@client_page
def show_visitor(request: HttpRequest, pk: str) -> HttpResponse:
    """One visitor: what is known, where they stand in the queue, what can be done."""
    visitor = find_visitor(request, pk)
    user = request.user
    context = {
        "visitor": visitor,
        "may": {
            "change": may.can_change_visitor(user, visitor),
            "call": may.can_call_visitor(user, visitor),
            "back": may.can_return_to_queue(user, visitor),
            "begin": may.can_begin_reception(user, visitor),
            "end": may.can_end_reception(user, visitor),
            "left": may.can_mark_left(user, visitor),
        },
        "lacks_application": visitor.outcome == VisitorOutcome.APPLICATION
        and not Source(KINDS["visitor"], visitor).applications().exists(),
        "is_first": _is_first(visitor, request),
        "call": _call_form(request),
    }
    return TemplateResponse(request, "intake/visitor.html", context)


@client_page
def change(request: HttpRequest, pk: str) -> HttpResponse:
    """Add or mend what is known of the visitor."""
    visitor = find_visitor(request, pk)
    form = kept_form(ArrivalForm, request, f"visitor:{pk}", record=visitor, visitor=visitor)
    form.cancel_url = visitor.get_absolute_url()

    def save() -> str:
        return services.change_visitor(
            visitor, form.arrival, seen=seen(form), actor=request.user
        ).get_absolute_url()

    if answer := saved(request, form, save, record=visitor):
        return answer
    context = {"form": form, "heading": str(visitor), "about": "", "offices": []}
    context["back"] = visitor.get_absolute_url()
    return TemplateResponse(request, "intake/form_page.html", context)


@client_page(kind=ReadKind.LIST)
def unserved(request: HttpRequest) -> HttpResponse:
    """The head: who went home without being received, until it is said why (clause 8)."""
    led = Office.objects.filter(pk__in=_led(request))
    if not led:
        raise PermissionDenied
    rows = Visitor.objects.unserved(clock.now()).filter(office__in=led)
    rows = rows.order_by("came_on", "number")
    note_read(request, *rows)
    form = kept_form(UnservedForm, request, "visitors-unserved", unserved=rows)

    def explain() -> str:
        chosen = list(form.cleaned_data["visitors"])
        for office in led:
            of_office = [v for v in chosen if v.office_id == office.pk]
            reason = form.cleaned_data["reason"]
            services.explain_unserved(office, of_office, reason=reason, actor=request.user)
        messages.success(request, _("The reason is kept"))
        return reverse("reception:unserved")

    if request.method == "POST" and form.is_valid() and (
        answer := save_once(request, form, explain)
    ):  # fmt: skip
        return answer
    return TemplateResponse(
        request,
        "intake/reception_unserved.html",
        {"form": form, "rows": rows},
    )


def office_of(request: HttpRequest) -> tuple[Office, list[Office]]:
    """The office whose reception is meant, and those the reader may choose from; 403 for who keeps none."""
    kept = standing(request.user).offices(*RECEIVING)
    offices = list(Office.objects.filter(pk__in=kept).order_by("index"))
    if not offices:
        raise PermissionDenied
    wanted = request.GET.get("office", "")
    return next((o for o in offices if o.code == wanted), offices[0]), offices


def find_visitor(request: HttpRequest, pk: Any) -> Visitor:
    """The visitor, noted as read; 404 where the reader may not know of them."""
    rows = Visitor.objects.visible_to(request.user).select_related(
        "office", "privilege", "received_by", "registered_by", "absence_by"
    )
    visitor: Visitor = get_object_or_404(rows.prefetch_related("needs"), pk=pk)
    note_read(request, visitor)
    return visitor


def to_desk(visitor: Visitor) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('reception:desk')}?office={visitor.office.code}")


def _led(request: HttpRequest) -> list[int]:
    return list(standing(request.user).offices(Role.HEAD))


def _day_of(request: HttpRequest) -> dt.date:
    try:
        day = read_day(request.GET.get("day", ""), today=clock.today(), expects="past")
    except NotADay:
        return clock.today()
    return min(day, clock.today())


def _chips(offices: list[Office], chosen: Office) -> list[dict[str, Any]]:
    if len(offices) < 2:
        return []
    return [
        {"url": f"?office={o.code}", "label": o.short_name, "count": None, "is_current": o == chosen}
        for o in offices
    ]  # fmt: skip


def _call_form(request: HttpRequest) -> CallForm:
    """Where to, as the reader called last."""
    window = {"window": _usual_window(request)}
    form: CallForm = kept_form(CallForm, request, "", auto_id="call-%s", initial=window)
    return form


def _usual_window(request: HttpRequest) -> str:
    """Where the reader called somebody to last."""
    last = Visitor.objects.filter(received_by=request.user).exclude(window="")
    return last.order_by("-called_at").values_list("window", flat=True).first() or ""


def _mine(shown: Desk, request: HttpRequest) -> Visitor | None:
    """Whom the reader has called in or receives."""
    return next((v for v in shown.received if v.received_by_id == request.user.pk), None)


def _is_first(visitor: Visitor, request: HttpRequest) -> bool:
    if visitor.status != VisitorStatus.WAITING:
        return False
    waiting = desk_of(visitor.office, visitor.came_on, request.user).waiting
    return bool(waiting) and waiting[0].visitor.pk == visitor.pk
