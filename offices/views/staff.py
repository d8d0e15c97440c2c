"""The staff of the offices that one heads: who works as what, and who stands in for whom."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from core import clock
from core.errors import DomainError

from ..forms.staff import StandInForm
from ..models import Membership, StandIn
from ..permissions import can_end_stand_in, led_offices
from ..reading import staff_page
from ..services import stand_ins

SHOWN_AFTER_LEAVING = dt.timedelta(days=90)


@staff_page
def show_staff(request: HttpRequest) -> HttpResponse:
    """The members of the offices that the reader heads; naming a stand-in."""
    offices = led_offices(request.user)
    if not offices:
        raise PermissionDenied
    form = StandInForm(request.POST or None, offices=offices)
    if request.method == "POST" and form.is_valid():
        try:
            stand_ins.set_stand_in(**form.cleaned_data, actor=request.user)
            return HttpResponseRedirect(reverse("offices:staff"))
        except DomainError as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "members": _members(offices), "today": clock.today()}
    return TemplateResponse(request, "offices/staff.html", context)


def _members(offices: frozenset[int]) -> list[Membership]:
    """Who belongs to the offices, or left them lately; with those who stand in, now or soon."""
    left = clock.today() - SHOWN_AFTER_LEAVING
    coming = StandIn.objects.filter(ends_on__gte=clock.today()).select_related("user")
    found = (
        Membership.objects.filter(office__in=offices)
        .exclude(ends_on__lt=left)
        .select_related("user", "office")
        .prefetch_related(Prefetch("stand_ins", coming.order_by("starts_on"), "coming_stand_ins"))
        .order_by("office__index", "ends_on", "role", "user__surname", "user__given_name")
    )
    return list(found)


@require_POST
def _end_stand_in(request: HttpRequest, pk: int) -> HttpResponse:
    stand_in = get_object_or_404(
        StandIn.objects.filter(membership__office__in=led_offices(request.user)), pk=pk
    )
    if not can_end_stand_in(request.user, stand_in):
        raise PermissionDenied
    stand_ins.end_stand_in(stand_in, actor=request.user)
    return HttpResponseRedirect(reverse("offices:staff"))


end_stand_in = staff_page(_end_stand_in)
