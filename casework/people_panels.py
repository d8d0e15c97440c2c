"""What people and families hang on a case's page: who belongs to the family, the consents, who changed what."""

from django.http import HttpRequest

from . import permissions as may
from .family_page import families_for, family_page
from .family_tree import tree_of
from .history import history_of
from .models import Case, Consent
from .panels import Panel, register_panel
from .person_page import settle_consents
from .trails import case_trails


def hang_panels() -> None:
    register_panel("family", family_panel, order=10)
    register_panel("family", consents_panel, order=20)
    register_panel("history", history_panel, order=10)


def family_panel(request: HttpRequest, case: Case) -> Panel | None:
    """The family with the relations, as far as the reader reads it."""
    family = families_for(request.user).filter(pk=case.family_id).first()
    if family is None:
        return None
    page = family_page(family, request.user)
    context = {"page": page, "family": family, "tree": tree_of(page, request.user)}
    return Panel("casework/family_panel.html", context)


def consents_panel(request: HttpRequest, case: Case) -> Panel:
    """The consents of the case, and the children of whom there is none."""
    found = Consent.objects.filter(case=case).select_related(
        "person__child", "given_by", "recorded_by"
    )
    consents = settle_consents(found, [case], request.user)
    covered = {c.person_id for c in consents if c.withdrawn_on is None}
    missing = [
        place.person
        for place in case.child_places.select_related("person__child")
        if place.person_id not in covered
    ]
    context = {"consents": consents, "missing": missing}
    return Panel("casework/consents_panel.html", context)


def history_panel(request: HttpRequest, case: Case) -> Panel | None:
    """Who changed what in the case and its family; only for whoever works it in full."""
    if not may.can_work_case(request.user, case):
        return None
    entries = history_of(*case_trails(case), reader=request.user)
    return Panel("casework/history_panel.html", {"entries": entries})
