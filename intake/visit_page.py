"""What pages show of visits: a case's panel, a list's names, and whose children a visit can be about."""

from collections.abc import Iterable
from typing import cast

from django.http import HttpRequest

from casework.models import Case, CaseChild, Person
from casework.panels import Panel, register_panel
from offices.models import User

from .enums import VisitOutcome
from .models import Visit, VisitChild
from .visit_permissions import can_visit_case
from .visit_tables import OUTCOME_LOOKS

SHOWN = 20


def places_of(case: Case, user: User) -> list[tuple[Case, Person]]:
    """The children of the case, and of the family's other cases that ``user`` works: one visit is to all of them."""
    cases = Case.objects.full_visible_to(user).filter(family=case.family_id).order_by("number")
    return _places(cases)


def places_worked_by(user: User) -> list[tuple[Case, Person]]:
    """The children of the open cases that ``user`` answers for or leads, the newest first."""
    cases = Case.objects.full_visible_to(user).exclude(stage="closed").order_by("-opened_at")
    return _places(cases[:200])


def _places(cases: Iterable[Case]) -> list[tuple[Case, Person]]:
    chosen = list(cases)
    found = CaseChild.objects.filter(case__in=[case.pk for case in chosen])
    rows = found.select_related("case__office", "person").order_by("person__sort_key")
    order = {case.pk: place for place, case in enumerate(chosen)}
    return sorted(((row.case, row.person) for row in rows), key=lambda place: order[place[0].pk])


def settle_names(visits: list[Visit], user: User) -> None:
    """Give each visit ``shown_children``: the names that the reader may read. Two queries for all of them."""
    mine = {v.pk for v in visits if any(person.pk == user.pk for person in v.staff.all())}
    full = Case.objects.full_visible_to(user)
    parts = VisitChild.objects.filter(visit__in=[v.pk for v in visits]).select_related("person")
    read = set(parts.filter(case__in=full).values_list("pk", flat=True))
    named: dict[object, dict[object, str]] = {}
    for part in parts:
        if part.visit_id in mine or part.pk in read:
            named.setdefault(part.visit_id, {})[part.person_id] = part.person.full_name
    for visit in visits:
        visit.shown_children = list(named.get(visit.pk, {}).values())  # type: ignore[attr-defined]  # for the table


def visits_panel(request: HttpRequest, case: Case) -> Panel | None:
    """The case's visits as far as the reader reads them; nothing where there is none and none can be made."""
    user = cast(User, request.user)  # no stranger sees the page of a case
    rows = Visit.objects.visible_to(user).of_case(case).prefetch_related("staff")
    visits = list(rows[:SHOWN])
    may_visit = can_visit_case(user, case)
    if not visits and not may_visit:
        return None
    shown = [(v, OUTCOME_LOOKS.get(VisitOutcome(v.outcome), "late")) for v in visits]
    return Panel("intake/visits_panel.html", {"rows": shown, "may_visit": may_visit})


def hang_panel() -> None:
    register_panel("episodes", visits_panel, order=50)
