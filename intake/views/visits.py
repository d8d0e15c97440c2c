"""Visits: the list, one visit, planning, writing up once for several children, calling off, putting into a case."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from casework.models import Case, Person
from casework.views.records import allow, saved, seen
from core.saving import kept_form
from offices.enums import Role
from offices.models import Office, ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing

from .. import visit_permissions as may
from ..enums import VisitOutcome
from ..forms.visit_steps import AttachForm, CancelForm
from ..forms.visits import VisitForm
from ..models import RaidFinding, Visit
from ..models.visits import VISITING
from ..raid_findings import line_of
from ..services import visits as services
from ..visit_page import places_of, places_worked_by, settle_names
from ..visit_tables import VisitTable

Place = tuple[Case, Person]
VIEWS = ("all", "planned", "alone")


@client_page(kind=ReadKind.LIST)
def list_visits(request: HttpRequest) -> HttpResponse:
    """Every visit that the reader may read, by a chip."""
    if not standing(request.user).has(*may.LISTED):
        raise PermissionDenied
    visible = Visit.objects.visible_to(request.user)
    views = {
        "all": visible,
        "planned": visible.filter(outcome=VisitOutcome.PLANNED),
        "alone": visible.without_case(),
    }
    chosen = request.GET.get("view", "all")
    chosen = chosen if chosen in views else "all"
    rows = views[chosen].annotate(when=Coalesce("held_at", "planned_at")).prefetch_related("staff")
    table = VisitTable(rows)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    shown = [row.record for row in table.paginated_rows]
    settle_names(shown, request.user)
    note_read(request, *shown)
    labels = {"all": _("All"), "planned": _("Planned ones"), "alone": _("Without a case")}
    context = {
        "table": table,
        "chips": [
            {
                "url": f"?view={code}",
                "label": label,
                "count": views[code].count(),
                "is_current": code == chosen,
            }
            for code, label in labels.items()
        ],
        "may_make": standing(request.user).has(*VISITING),
    }
    return TemplateResponse(request, "intake/visit_list.html", context)


@client_page(kind=ReadKind.LIST)
def new(request: HttpRequest) -> HttpResponse:
    """A visit before there is a case: by its address alone."""
    office = _office(request)
    return _make(request, office, [], key=f"visit-new:{office.pk}", back=reverse("visits:list"))


@client_page
def new_for_case(request: HttpRequest, case_pk: str) -> HttpResponse:
    """A visit to the family of a case: each child that is ticked gets it in their own case."""
    case = get_object_or_404(
        Case.objects.visible_to(request.user).select_related("office"), pk=case_pk
    )
    allow(may.can_visit_case(request.user, case))
    note_read(request, case)
    return _make(
        request,
        case.office,
        places_of(case, request.user),
        key=f"visit-case:{case.pk}",
        back=reverse("cases:case_tab", args=[case.pk, "episodes"]),
        initial={"place": _known_place(case)},
    )


@client_page
def new_from_finding(request: HttpRequest, finding_pk: str) -> HttpResponse:
    """A visit to a family that was found in a raid."""
    rows = RaidFinding.objects.visible_to(request.user).select_related("raid__office", "district")
    finding = get_object_or_404(rows, pk=finding_pk)
    note_read(request, finding, finding.raid)
    allow(may.can_make_visit(request.user, finding.raid.office))
    return _make(
        request,
        finding.raid.office,
        [],
        key=f"visit-finding:{finding.pk}",
        back=finding.get_absolute_url(),
        finding=finding,
        initial={
            "place": "" if not finding.address else line_of(finding),
            "purpose": "signal",
            "ground_number": finding.raid.number,
        },
    )


@require_safe
@client_page
def show_visit(request: HttpRequest, pk: str) -> HttpResponse:
    """One visit: the common text, and the parts of the children whom the reader works with."""
    visit = find_visit(request, pk)
    user = request.user
    parts = may.parts_for(user, visit)
    note_read(request, *{part.case for part in parts})
    context = {
        "visit": visit,
        "parts": parts,
        "is_whole": may.reads_whole(user, visit),
        "staff": list(visit.staff.all()),
        "met": list(visit.met.all()),
        "photos": list(visit.photos.select_related("file", "added_by")),
        "conditions": _conditions(visit),
        "may": {
            "change": may.can_change_visit(user, visit) and visit.outcome != VisitOutcome.CANCELLED,
            "cancel": may.can_cancel_visit(user, visit),
            "act": may.can_issue_act(user, visit),
            "attach": may.can_attach_visit(user, visit)
            and standing(user).has(Role.CASEWORKER, Role.HEAD),
        },
        "missing": services.missing_for_act(visit) if visit.is_held and not visit.has_act else [],
    }
    return TemplateResponse(request, "intake/visit.html", context)


@client_page
def record(request: HttpRequest, pk: str) -> HttpResponse:
    """Write up what was planned, or mend what was written."""
    visit = find_visit(request, pk)
    if not may.can_change_visit(request.user, visit) or visit.outcome == VisitOutcome.CANCELLED:
        return HttpResponseRedirect(visit.get_absolute_url())
    parts = may.parts_for(request.user, visit)
    places: list[Place] = []
    if parts:
        known = [(part.case, part.person) for part in parts]
        more = places_of(parts[0].case, request.user)
        places = list({(c.pk, p.pk): (c, p) for c, p in [*known, *more]}.values())
    form = kept_form(
        VisitForm, request, f"visit:{pk}", record=visit,
        visit=visit, office=visit.office, user=request.user, places=places,
    )  # fmt: skip
    form.cancel_url = visit.get_absolute_url()

    def save() -> str:
        return services.change_visit(
            visit, form.visit_facts, seen=seen(form), actor=request.user
        ).get_absolute_url()

    if answer := saved(request, form, save, record=visit):
        return answer
    heading = _("Write the visit up")
    return _form_page(request, form, heading, visit.get_absolute_url())


@client_page
def cancel(request: HttpRequest, pk: str) -> HttpResponse:
    visit = find_visit(request, pk)
    if not may.can_cancel_visit(request.user, visit):
        return HttpResponseRedirect(visit.get_absolute_url())
    form = kept_form(CancelForm, request, f"visit-cancel:{pk}")
    form.cancel_url = visit.get_absolute_url()

    def call_off() -> str:
        reason = form.cleaned_data["reason"]
        return services.cancel_visit(visit, reason=reason, actor=request.user).get_absolute_url()

    if answer := saved(request, form, call_off):
        return answer
    return _form_page(request, form, _("Call the visit off"), visit.get_absolute_url())


@client_page
def attach(request: HttpRequest, pk: str) -> HttpResponse:
    """Into the case that came of it."""
    visit = find_visit(request, pk)
    if not may.can_attach_visit(request.user, visit):
        return HttpResponseRedirect(visit.get_absolute_url())
    places = places_worked_by(request.user)
    allow(bool(places))
    note_read(request, *{case for case, _person in places})
    form = kept_form(AttachForm, request, f"visit-attach:{pk}", places=places)
    form.cancel_url = visit.get_absolute_url()

    def put() -> str:
        return services.attach_visit(
            visit, form.parts_chosen, actor=request.user
        ).get_absolute_url()

    if answer := saved(request, form, put):
        return answer
    return _form_page(request, form, _("Put the visit into a case"), visit.get_absolute_url())


def find_visit(request: HttpRequest, pk: Any) -> Visit:
    """The visit, noted as read; 404 where the reader may not know of it."""
    rows = Visit.objects.visible_to(request.user).select_related(
        "office", "finding__raid", "recorded_by", "acted_by", "paper"
    )
    visit: Visit = get_object_or_404(rows.prefetch_related("staff", "met"), pk=pk)
    note_read(request, visit)
    return visit


def _make(
    request: HttpRequest,
    office: Office,
    places: list[Place],
    *,
    key: str,
    back: str,
    finding: RaidFinding | None = None,
    initial: dict[str, Any] | None = None,
) -> HttpResponse:
    is_plan = request.GET.get("plan") == "1"
    form = kept_form(
        VisitForm, request, f"{key}:plan" if is_plan else key,
        office=office, user=request.user, places=places, is_plan=is_plan, initial=initial or {},
    )  # fmt: skip
    form.cancel_url = back

    def make() -> str:
        visit = services.make_visit(office, form.visit_facts, finding=finding, actor=request.user)
        return visit.get_absolute_url()

    if answer := saved(request, form, make):
        return answer
    return _form_page(request, form, _("Plan a visit") if is_plan else _("Write a visit up"), back)


def _form_page(request: HttpRequest, form: Any, heading: str, back: str) -> TemplateResponse:
    context = {"form": form, "heading": heading, "about": "", "back": back, "offices": []}
    return TemplateResponse(request, "intake/form_page.html", context)


def _office(request: HttpRequest) -> Office:
    found = Office.objects.filter(pk__in=standing(request.user).offices(*VISITING)).first()
    if found is None:
        raise PermissionDenied
    return found


def _known_place(case: Case) -> str:
    """Where the first child lives, as far as it is known."""
    place = case.child_places.select_related("person").first()
    if place is None:
        return ""
    known = [a for a in place.person.addresses.filter(kind="actual") if a.is_current]
    return known[0].line if known else ""


def _conditions(visit: Visit) -> list[tuple[str, str, str]]:
    """Each side of the living conditions that was looked at: what, how it looks, in words."""
    from ..models.visits import CONDITIONS

    looks = {"good": "in-time", "poor": "soon", "bad": "late"}
    return [
        (
            str(visit._meta.get_field(name).verbose_name),
            looks[getattr(visit, name)],
            getattr(visit, f"get_{name}_display")(),
        )
        for name in CONDITIONS
        if getattr(visit, name)
    ]
