"""The case's page: the strip, the tabs, and what other slices hang under them."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from core import clock
from offices.reading import client_page, note_read

from .. import permissions as may
from ..models import Case, CaseChild, SafetyAlert
from ..panels import TABS, rendered_panels, tabs_for
from ..permissions import Depth, depth_of, remember_depth


@client_page
def show_case(request: HttpRequest, pk: str, tab: str = "summary") -> HttpResponse:
    """One case under one of its tabs; who may only know of it is shown the index card."""
    case = find_case(request, pk)
    strip = case_strip(request, case)
    note_read(request, case, *strip["children"])
    if tab not in TABS:
        raise Http404
    if depth_of(request.user, case) < TABS[tab].depth:
        raise PermissionDenied
    if depth_of(request.user, case) < Depth.CONTENT:
        return TemplateResponse(request, "casework/case_card.html", strip)
    shown = {"tab": tab, "panels": rendered_panels(request, case, tab)}
    return TemplateResponse(request, "casework/case_page.html", {**strip, **shown})


def find_case(request: HttpRequest, pk: str) -> Case:
    """The case with all that its strip shows, its depth settled; 404 where the reader may not know of it."""
    cases = Case.objects.visible_to(request.user).with_depth_for(request.user)
    case: Case = get_object_or_404(strip_rows(cases), pk=pk)
    return remember_depth(request.user, case)


def strip_rows(cases: QuerySet[Case]) -> QuerySet[Case]:
    """``cases`` with the rows that a strip or a list line shows, in as many queries for fifty as for one."""
    children = CaseChild.objects.select_related("person").order_by("person__sort_key")
    alerts = SafetyAlert.objects.filter(lifted_at=None).select_related("raised_by", "person")
    return cases.select_related("office", "responsible").prefetch_related(
        Prefetch("child_places", children), Prefetch("safety_alerts", alerts, "open_alerts")
    )


def case_strip(request: HttpRequest, case: Case) -> dict[str, Any]:
    """What every page of a case is given: the strip at its head, its tabs, what the reader may do."""
    user = request.user
    names = may.can_read_names(user, case)
    return {
        "case": case,
        "children": [place.person for place in case.child_places.all()] if names else [],
        "shows_names": names,
        "shows_safety_detail": may.can_read_safety_detail(user, case),
        "depth": depth_of(user, case),
        "tabs": tabs_for(request, case),
        "today": clock.today(),
        "basis_is_overdue": case.is_basis_overdue(clock.today()),
    }
