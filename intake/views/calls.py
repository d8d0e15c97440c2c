"""One call: typed while somebody speaks, shown, corrected; silent and prank calls by a touch."""

import functools
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casework.history import Trail, history_of
from core import clock
from core.saving import kept_form, kept_page, only_adds_row, save_once
from offices.models import Office, ReadKind
from offices.reading import client_page, note_read, staff_page

from .. import call_permissions as may
from ..forms.calls import CallForm, ChangeCallForm, EmptyCallForm, known_rows, people_formset
from ..models import CallCompany, CallPerson, HotlineCall
from ..services import calls as services
from ..standing import call_offices

DRAFT = "call:new"


@client_page(kind=ReadKind.SEARCH)
def new_call(request: HttpRequest) -> HttpResponse:
    """The screen beside the receiver: two fields are enough, everything else may stay empty."""
    offices = _own_offices(request)
    page = kept_page(CallForm, {"people": people_formset}, request, DRAFT, offices=offices)
    ready = request.method == "POST" and not only_adds_row(request) and page.is_valid()
    if ready and (answer := save_once(request, page, lambda: _registered(request, page))):
        return answer
    context = {"page": page, "form": page.head, "title": _("A call to the trust line")}
    context |= {"empty_form": EmptyCallForm.fresh(), "offices": offices}
    return TemplateResponse(request, "intake/call_form.html", context)


def _registered(request: HttpRequest, page: Any) -> str:
    said = page.head.said(page["people"].facts())
    office, actor = page.head.chosen_office(), request.user
    if page.head.is_consultation:
        call = services.register_consultation(office, said, actor=actor)
    else:
        call = services.register_call(office, said, actor=actor)
    return call.get_absolute_url()


@require_POST
@client_page
def empty_call(request: HttpRequest) -> HttpResponse:
    """A silent or a prank call: one touch, and back to the board."""
    offices = _own_offices(request)
    form = kept_form(EmptyCallForm, request, "call-empty", offices=offices)
    board = HttpResponseRedirect(reverse("calls:board"))
    if not form.is_valid():
        messages.error(request, _("Say whether the call was silent or a prank."))
        return board

    def register() -> str:
        nature, office = form.cleaned_data["nature"], form.chosen_office()
        call = services.register_empty_call(office, nature, actor=request.user)
        words = _("%(kind)s call registered: %(number)s. The head will look it through.")
        said = {"kind": call.get_nature_display(), "number": call.number}
        messages.success(request, words % said)
        return reverse("calls:board")

    return save_once(request, form, register) or board


@require_POST
def _known(request: HttpRequest) -> HttpResponse:
    """How often this address or phone was signalled in six months: a number, of the calls that the operator may see."""
    if not call_offices(request.user):
        raise PermissionDenied
    where, phone = (request.POST.get(name, "")[:300] for name in ("where", "caller_phone"))
    where, phone = where.replace("\0", ""), phone.replace("\0", "")
    count = services.signalled_before(request.user, where=where, phone=phone)
    return TemplateResponse(request, "intake/call_known.html", {"count": count})


known = staff_page(_known)


@require_safe
@client_page
def show_call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The call: its clock, what is to be done next, what was said, what was found."""
    call = find_call(request, pk)
    context = call_strip(request, call)
    lead = call.joined_to or call
    reads_all = not call.joined_to_id and context["reads_caller"]
    before = services.signalled_before(
        request.user, where=call.where, phone=call.caller_phone, besides=call, at=call.received_at
    )
    context |= {
        "joined": list(lead.joined.exclude(pk=call.pk)) if reads_all else [],
        "people": list(CallPerson.objects.filter(Q(call=lead) | Q(call__joined_to=lead))),
        "company": list(lead.company.select_related("rung_by")),
        "team": list(lead.team.all()),
        "before": before,
        "entries": _history(request, call),
        # With what the call knows of the family, never with who called or in what words.
        "may_become_application": not call.joined_to_id and call.is_real,
    }
    note_read(request, *context["joined"])
    return TemplateResponse(request, "intake/call.html", context)


@client_page
def change_call(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was typed wrong is put right, by the office that took the call."""
    call = find_call(request, pk)
    if not may.can_change_call(request.user, call):
        raise PermissionDenied
    rows = functools.partial(people_formset, initial=known_rows(call.people.all()))
    page = kept_page(
        ChangeCallForm,
        {"people": rows},
        request,
        f"call-change:{pk}",
        record=call,
        call=call,
        offices=Office.objects.filter(pk=call.office_id),
        initial=ChangeCallForm.said_by(call),
    )
    if request.method == "POST" and not only_adds_row(request) and page.is_valid():

        def change() -> str:
            said = page.head.said(page["people"].facts())
            seen = page.head.cleaned_data["record_version"]
            services.change_call(call, said, seen=seen, actor=request.user)
            return call.get_absolute_url()

        if answer := save_once(request, page, change):
            return answer
    context = call_strip(request, call)
    context |= {"page": page, "form": page.head, "title": _("Correct what was said")}
    return TemplateResponse(request, "intake/call_form.html", context)


def find_call(request: HttpRequest, pk: UUID) -> HotlineCall:
    """The call, noted as read; 404 where the reader may not know of it."""
    calls = HotlineCall.objects.visible_to(request.user).select_related(
        "office", "passed_office", "taken_by", "sent_by", "ended_by", "looked_by", "passed_by",
        "topic", "district", "standard", "joined_to__office",
    )  # fmt: skip
    call: HotlineCall = get_object_or_404(calls, pk=pk)
    note_read(request, call)
    return call


def call_strip(request: HttpRequest, call: HotlineCall) -> dict[str, Any]:
    """What every page of a call is given."""
    user, now = request.user, clock.now()
    held = call_offices(user)
    reads_caller = call.office_id in held
    works = call.is_open and call.joined_to_id is None
    return {
        "call": call,
        "is_unsent": call.is_unsent(now),
        "is_late": call.is_past_due(now),
        "reads_caller": reads_caller,
        "works": works,
        "can_join": works and call.is_real and reads_caller,
        "can_part": reads_caller and call.joined_to_id is not None,
        "can_reopen": may.can_reopen_call(user, call),
        "can_look": may.can_look_through(user, call),
    }


def _history(request: HttpRequest, call: HotlineCall) -> Any:
    """Who changed what; nothing of the caller for the office that the call was passed to."""
    if not may.can_read_caller(request.user, call):
        return []
    trails = [_trail(HotlineCall, "id", call), _trail(CallCompany, "call", call)]
    return history_of(*trails, reader=request.user)


def _trail(model: Any, field: str, call: HotlineCall) -> Trail:
    label = _("Call") if model is HotlineCall else _("Asked along")
    return Trail(model, Q(**{field: call.pk}), label, without=_SAID_ANYWAY)


def _own_offices(request: HttpRequest) -> Any:
    held = call_offices(request.user)
    if not held:
        raise PermissionDenied
    return Office.objects.filter(pk__in=held).order_by("index")


_SAID_ANYWAY = frozenset(
    {"number", "office", "standard", "visit_minutes", "amber_minutes", "unsent_minutes"}
    | {"clock_from", "due_at", "amber_at", "unsent_at", "taken_by", "recorded_at", "call"}
    | {"sent_by", "ended_by", "looked_by", "passed_by", "rung_by", "joined_to"}
)
