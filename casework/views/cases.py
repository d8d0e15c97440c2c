"""The case's page: the strip, the tabs, and what other slices hang under them."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from offices.models import User
from offices.reading import client_page, note_read

from .. import keeping_permissions as keeping
from .. import permissions as may
from ..models import Case, CaseChild, SafetyAlert, SealedOpening
from ..panels import TABS, Tab, rendered_panels, tabs_for
from ..permissions import Depth, depth_of, remember_depth


@client_page
def show_case(request: HttpRequest, pk: str, tab: str = "summary") -> HttpResponse:
    """One case under one of its tabs; who may only know of it is shown the index card."""
    case = find_case(request, pk)
    strip = case_strip(request, case, tab)
    note_read(request, case, *strip["children"])
    if tab not in TABS:
        raise Http404
    if depth_of(request.user, case) < TABS[tab].depth:
        raise PermissionDenied
    if depth_of(request.user, case) < Depth.CONTENT:
        return TemplateResponse(request, "casework/case_card.html", strip)
    strip["panels"] = rendered_panels(request, case, tab)
    return TemplateResponse(request, "casework/case_page.html", strip)


def find_case(request: HttpRequest, pk: str | UUID) -> Case:
    """The case with all that its strip shows, its depth settled; 404 where the reader may not know of it."""
    cases = Case.objects.visible_to(request.user).with_depth_for(request.user)
    alerts = SafetyAlert.objects.prefetch_related("notices__given_by")
    case: Case = get_object_or_404(strip_rows(cases, alerts), pk=pk)
    return remember_depth(request.user, case)


def strip_rows(
    cases: QuerySet[Case], alerts: QuerySet[SafetyAlert] | None = None
) -> QuerySet[Case]:
    """``cases`` with the rows that a strip or a list line shows, in as many queries for fifty as for one."""
    children = CaseChild.objects.select_related("person").order_by("person__sort_key")
    alerts = SafetyAlert.objects.all() if alerts is None else alerts
    raised = alerts.filter(lifted_at=None).select_related("raised_by", "person")
    return cases.select_related("office", "responsible").prefetch_related(
        Prefetch("child_places", children), Prefetch("safety_alerts", raised, "open_alerts")
    )


def case_strip(request: HttpRequest, case: Case, tab: str = "") -> dict[str, Any]:
    """What every page of a case is given: the strip at its head, its tabs, what the reader may do."""
    user = request.user
    names = may.can_read_names(user, case)
    children = [place.person for place in case.child_places.all()] if names else []
    return {
        "case": case,
        "children": children,
        "title": ", ".join(child.full_name for child in children) or _("Restricted case"),
        "shows_safety_detail": may.can_read_safety_detail(user, case),
        "reads_content": depth_of(user, case) >= Depth.CONTENT,
        "tabs": [_tab_link(case, entry, tab) for entry in tabs_for(request, case)],
        "today": clock.today(),
        "can": _what_may_be_done(user, case),
        "sealed": _sealed_opening(user, case),
    }


def _tab_link(case: Case, entry: Tab, tab: str) -> dict[str, Any]:
    if entry.code == "summary":
        url = case.get_absolute_url()
    else:
        url = reverse("cases:case_tab", args=[case.pk, entry.code])
    return {"url": url, "label": entry.label, "is_current": entry.code == tab}


def _what_may_be_done(user: User, case: Case) -> dict[str, bool]:
    """For the buttons; the services ask again."""
    leads = may.can_lead_case(user, case)
    return {
        "assign": may.can_assign_case(user, case),
        "change": may.can_change_case(user, case),
        "raise_alert": may.can_raise_alert(user, case),
        "record_notice": may.can_record_notice(user, case),
        "lift_alert": may.can_lift_alert(user, case),
        "restrict": may.can_restrict_case(user, case),
        "declare_conflict": leads or user != case.responsible,
        "receive_basis": case.is_basis_awaited and may.can_receive_basis(user, case),
        "settle_word": case.is_basis_awaited and leads,
        "hand_over": keeping.can_offer_hand_over(user, case),
        "transfer": keeping.can_offer_transfer(user, case),
        "close": keeping.can_ask_closing(user, case),
        "reopen": keeping.can_reopen_case(user, case),
        "access_report": keeping.can_make_access_report(user, case),
    }


def _sealed_opening(user: User, case: Case) -> SealedOpening | None:
    """The opening through which the reader reads the case, where it is only that."""
    if not may.reads_by_sealed_door(user, case):
        return None
    return SealedOpening.objects.in_force().filter(case=case, user=user).first()
