"""The list of cases: chips, filters, pages; and for heads the same list as a spreadsheet."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django_tables2 import RequestConfig

from core import clock
from offices.enums import Role
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing

from ..enums import RiskLevel
from ..exports import cases_workbook
from ..filters import OPEN_STAGES, VIEWS, CaseFilter, counts, listed_cases
from ..forms.cases import ExportForm
from ..permissions import can_export_cases, can_open_case, can_read_names, remember_depth
from ..tables.cases import CaseTable
from .cases import strip_rows

WHO_HAVE_LISTS = (Role.OPERATOR, Role.CASEWORKER, Role.HEAD, Role.PSYCHOLOGIST, Role.LAWYER)
KEPT_IN_ADDRESS = ("view", "stage", "risk", "responsible", "category", "sort")
EXPORT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@client_page(kind=ReadKind.LIST)
def list_cases(request: HttpRequest) -> HttpResponse:
    """The cases the reader may know of, narrowed by what the address says."""
    if not standing(request.user).has(*WHO_HAVE_LISTS):
        raise PermissionDenied
    filters = _filters(request)
    chips = _chips(filters)
    table = CaseTable(
        strip_rows(filters.qs),
        user=request.user,
        shows_offices=_shows_offices(request),
        without=_columns_left_out(chips),
    )
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    shown = [row.record for row in table.paginated_rows]
    for case in shown:
        remember_depth(request.user, case)
    note_read(request, *shown)
    context = {
        "table": table,
        "filters": filters,
        "chips": chips,
        "can_open": can_open_case(request.user),
        "leads": standing(request.user).has(Role.HEAD),
        "can_export": can_export_cases(request.user),
        "query": request.GET.urlencode(),
        "is_narrowed": any(filters.form.cleaned_data.get(f) for f in ("responsible", "category")),
    }
    return TemplateResponse(request, "casework/case_list.html", context)


def _shows_offices(request: HttpRequest) -> bool:
    """Whether the cases may be of several offices; specialists help in those of others."""
    own = standing(request.user)
    return len(own.offices(*WHO_HAVE_LISTS)) != 1 or own.has(Role.PSYCHOLOGIST, Role.LAWYER)


def _columns_left_out(chips: dict[str, list[dict[str, Any]]]) -> list[str]:
    """What is due where nothing is; what an operator never reads."""
    left_out = []
    if not any(chip["count"] for chip in chips["view"] if chip["code"] == "basis"):
        left_out.append("due")
    if not chips["risk"]:
        left_out.append("risk_level")
    return left_out


def _filters(request: HttpRequest) -> CaseFilter:
    return CaseFilter(request.GET, listed_cases(request.user), request=request, today=clock.today())


def _chips(filters: CaseFilter) -> dict[str, list[dict[str, Any]]]:
    """The rows of chips with their counts; a stage or a risk that nothing readable has is not offered."""
    view = filters.chosen_view
    found = counts(filters.queryset, filters.views, view)
    rows = {
        "view": [_chip(filters, "view", c, VIEWS[c], n, view) for c, n in found["view"].items()]
    }
    for name, labels in (("stage", OPEN_STAGES), ("risk", RiskLevel.choices)):
        chosen = filters.form.cleaned_data.get(name) or ""
        rows[name] = [
            _chip(filters, name, code, label, found[name][code], chosen)
            for code, label in labels
            if found[name][code] or code == chosen
        ]
    return rows


def _chip(
    filters: CaseFilter, name: str, code: str, label: Any, count: int, chosen: str
) -> dict[str, Any]:
    """A chosen stage or risk leads back to all of them."""
    kept = ("sort", "responsible", "category") if name == "view" else KEPT_IN_ADDRESS
    query = {k: v for k, v in filters.data.items() if v and k in kept and k != name}
    if code != chosen or name == "view":
        query[name] = code
    url = f"{reverse('cases:list')}?{urlencode(query)}" if query else reverse("cases:list")
    return {"code": code, "url": url, "label": label, "count": count, "is_current": code == chosen}


@client_page(kind=ReadKind.EXPORT)
def export_cases(request: HttpRequest) -> HttpResponse:
    """The narrowed list as a spreadsheet, for heads: asked for with a reason, which the read log keeps."""
    if not can_export_cases(request.user):
        raise PermissionDenied
    form = ExportForm(request.POST or None)
    filters = _filters(request)
    led = standing(request.user).offices(Role.HEAD)
    cases = strip_rows(filters.qs.filter(office_id__in=led)).order_by("-opened_at", "number")
    if request.method == "POST" and form.is_valid():
        rows = [remember_depth(request.user, case) for case in cases]
        people = [
            place.person
            for case in rows
            if can_read_names(request.user, case)
            for place in case.child_places.all()
        ]
        note_read(request, *rows, *people, reason=form.cleaned_data["reason"])
        answer = HttpResponse(cases_workbook(rows, request.user), content_type=EXPORT_TYPE)
        name = f"cases-{clock.today():%Y-%m-%d}.xlsx"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    return TemplateResponse(
        request,
        "casework/case_export.html",
        {"form": form, "count": cases.count(), "title": _("Export the list")},
    )
