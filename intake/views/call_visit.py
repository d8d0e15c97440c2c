"""The phone screen of the team that goes out: «left», «on site», what was found; one hand is enough."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.errors import DomainError
from core.saving import kept_page, only_adds_row, save_once
from offices.reading import client_page

from .. import call_permissions as may
from ..forms.call_steps import FindingsForm
from ..forms.calls import known_rows, people_formset
from ..models import CallPerson, HotlineCall
from ..services import call_steps as services
from .calls import call_strip, find_call


@require_safe
@client_page
def show_visit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where to, what for, how long there is, and one big button for what comes next."""
    call = find_call(request, pk)
    lead = call.joined_to or call
    context = call_strip(request, call)
    context["company"] = list(lead.company.all())
    return TemplateResponse(request, "intake/call_visit.html", context)


@require_POST
@client_page
def leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One touch: the team has left."""
    return _touch(request, pk, services.leave)


@require_POST
@client_page
def here(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One touch: the team is on site."""
    return _touch(request, pk, services.arrive)


def _touch(request: HttpRequest, pk: UUID, act: Callable[..., HotlineCall]) -> HttpResponse:
    call = find_call(request, pk)
    try:
        act(call, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(reverse("calls:visit", args=[pk]))


@client_page
def findings(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was found, and who the people are, as far as anybody knows."""
    call = find_call(request, pk)
    if request.method != "POST" and (
        not may.can_work_call(request.user, call) or call.on_site_at is None
    ):
        return HttpResponseRedirect(call.get_absolute_url())
    people = CallPerson.objects.filter(call=call)
    rows = functools.partial(people_formset, initial=known_rows(people))
    names = ("findings", "action_taken", "found_address", "late_reason")
    initial = {name: getattr(call, name) for name in names}
    page = kept_page(
        FindingsForm,
        {"people": rows},
        request,
        f"call-findings:{pk}",
        record=call,
        call=call,
        initial=initial,
    )
    ready = request.method == "POST" and not only_adds_row(request) and page.is_valid()
    if ready and (answer := save_once(request, page, lambda: _found(request, call, page))):
        return answer
    context = call_strip(request, call)
    context |= {"page": page, "form": page.head, "title": _("What was found")}
    return TemplateResponse(request, "intake/call_findings.html", context)


def _found(request: HttpRequest, call: HotlineCall, page: Any) -> str:
    said = page.head.cleaned_data
    services.record_findings(
        call,
        findings=said["findings"],
        action_taken=said["action_taken"],
        found_address=said["found_address"],
        late_reason=said.get("late_reason", ""),
        people=page["people"].facts(),
        seen=said["record_version"],
        actor=request.user,
    )
    return call.get_absolute_url()
