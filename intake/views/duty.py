"""The duty roster of the offices: read by who holds their calls, kept by the head."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.saving import kept_form, save_once
from offices.enums import Role
from offices.models import Membership, Office, User
from offices.reading import staff_page
from offices.standing import standing

from .. import call_permissions as may
from ..forms.duty import ShiftForm
from ..models import DutyShift
from ..services import duty as services
from ..standing import MAY_BE_ON_DUTY, call_offices

SHOWN_BACK = dt.timedelta(days=7)


@staff_page
def roster(request: HttpRequest) -> HttpResponse:
    """Who is on call, from a week ago on."""
    if not call_offices(request.user):
        raise PermissionDenied
    now = clock.now()
    shifts = DutyShift.objects.visible_to(request.user).filter(ends_at__gt=now - SHOWN_BACK)
    led = standing(request.user).offices(Role.HEAD)
    context = {
        "shifts": list(shifts.select_related("user", "office").order_by("starts_at")),
        "led": led,
        "now": now,
        "shows_office": len(call_offices(request.user)) > 1,
    }
    return TemplateResponse(request, "intake/roster.html", context)


@staff_page
def new_shift(request: HttpRequest) -> HttpResponse:
    """Somebody goes on duty: from eighteen today until nine tomorrow unless told."""
    form = _form(request, "duty:new", initial=_tonight(request))
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            services.set_shift(
                **_facts(form), office=form.cleaned_data["office"], actor=request.user
            )
            return reverse("duty:roster")

        if answer := save_once(request, form, act):
            return answer
    context = {"form": form, "title": _("Put somebody on duty")}
    return TemplateResponse(request, "intake/shift_form.html", context)


@staff_page
def change_shift(request: HttpRequest, pk: UUID) -> HttpResponse:
    shift = _shift(request, pk)
    names = ("user", "starts_at", "ends_at", "phone", "note", "office")
    initial = {name: getattr(shift, name) for name in names}
    initial |= {"user": shift.user_id, "office": shift.office_id}
    form = _form(request, f"duty:{pk}", record=shift, initial=initial)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            seen = form.cleaned_data["record_version"]
            services.change_shift(shift, **_facts(form), seen=seen, actor=request.user)
            return reverse("duty:roster")

        if answer := save_once(request, form, act):
            return answer
    context = {"form": form, "title": _("Change the duty"), "shift": shift}
    return TemplateResponse(request, "intake/shift_form.html", context)


@require_POST
def _remove_shift(request: HttpRequest, pk: UUID) -> HttpResponse:
    services.remove_shift(_shift(request, pk), actor=request.user)
    return HttpResponseRedirect(reverse("duty:roster"))


remove_shift = staff_page(_remove_shift)


def _form(request: HttpRequest, key: str, **kwargs: Any) -> ShiftForm:
    led = standing(request.user).offices(Role.HEAD)
    if not led:
        raise PermissionDenied

    held = Membership.objects.active().filter(office_id__in=led, role__in=MAY_BE_ON_DUTY)
    staff = User.objects.filter(memberships__in=held, is_active=True).distinct()
    offices = list(Office.objects.filter(pk__in=led))
    return kept_form(
        ShiftForm, request, key, offices=Office.objects.filter(pk__in=[o.pk for o in offices]), staff=staff, **kwargs
    )  # fmt: skip


def _facts(form: ShiftForm) -> dict[str, Any]:
    return {
        name: form.cleaned_data[name] for name in ("user", "starts_at", "ends_at", "phone", "note")
    }


def _tonight(request: HttpRequest) -> dict[str, Any]:
    day = clock.midnight(clock.today())
    return {"starts_at": day + dt.timedelta(hours=18), "ends_at": day + dt.timedelta(hours=33)}


def _shift(request: HttpRequest, pk: UUID) -> DutyShift:
    """404 for who does not see the roster; 403 for who only reads it."""
    found = DutyShift.objects.visible_to(request.user).select_related("user", "office")
    shift: DutyShift = get_object_or_404(found, pk=pk)
    if not may.can_change_shift(request.user, shift):
        raise PermissionDenied
    return shift
