"""Raids: the list, one raid with the families found, writing them down."""

import functools
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django_tables2 import RequestConfig

from casework.views.records import allow, saved, seen
from core.saving import KeptPage, kept_form, kept_page, only_adds_row, save_once
from offices.models import Office, ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing

from .. import raid_permissions as may
from ..forms.found_people import FoundAdult, FoundChild, found_rows
from ..forms.raids import FindingForm, RaidForm, SettleForm
from ..models import Application, Raid, RaidFinding
from ..models.raids import RAIDING
from ..raid_findings import counted, states_of
from ..raid_tables import RaidTable
from ..services import raids as services
from ..services.raids import FindingFacts


@client_page(kind=ReadKind.LIST)
def list_raids(request: HttpRequest) -> HttpResponse:
    """The raids of the reader's office; those with findings that wait, by a chip."""
    offices = _offices(request)
    rows = counted(Raid.objects.visible_to(request.user), request.user)
    waiting = request.GET.get("view") == "waiting"
    counts = rows.aggregate(every=Count("pk"), some=Count("pk", filter=Q(waiting__gt=0)))
    table = RaidTable((rows.filter(waiting__gt=0) if waiting else rows).select_related("led_by"))
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    note_read(request, *(row.record for row in table.paginated_rows))
    context = {
        "table": table,
        "chips": [
            {"url": "?", "label": _("All"), "count": counts["every"], "is_current": not waiting},
            {
                "url": "?view=waiting",
                "label": _("Without an application"),
                "count": counts["some"],
                "is_current": waiting,
            },
        ],
        "offices": offices,
    }
    return TemplateResponse(request, "intake/raid_list.html", context)


@client_page(kind=ReadKind.LIST)
def new(request: HttpRequest) -> HttpResponse:
    """Write a raid down; the families found are added on its page."""
    office = _offices(request)[0]
    form = kept_form(RaidForm, request, f"raid-new:{office.pk}", office=office, user=request.user)
    form.cancel_url = reverse("raids:list")

    def record() -> str:
        return services.record_raid(office, form.raid_facts, actor=request.user).get_absolute_url()

    if answer := saved(request, form, record):
        return answer
    context = _page(form, _("Write a raid down"), reverse("raids:list"))
    return TemplateResponse(request, "intake/form_page.html", context)


@require_safe
@client_page
def show_raid(request: HttpRequest, pk: str) -> HttpResponse:
    """One raid and the families found in it."""
    raid = find_raid(request, pk)
    findings = list(
        RaidFinding.objects.visible_to(request.user)
        .filter(raid=raid)
        .select_related("raid", "district", "settled_by")
        .prefetch_related(
            "people",
            Prefetch("applications", Application.objects.visible_to(request.user)),
        )
    )
    note_read(request, *findings, *[a for f in findings for a in f.applications.all()])
    context = {
        "raid": raid,
        "findings": states_of(findings, request.user),
        "may_change": may.can_change_raid(request.user, raid),
        "bodies": [str(body) for body in raid.organisations.all()],
        "staff": list(raid.staff.all()),
    }
    return TemplateResponse(request, "intake/raid.html", context)


@client_page
def change(request: HttpRequest, pk: str) -> HttpResponse:
    raid = find_raid(request, pk)
    allow(may.can_change_raid(request.user, raid))
    form = kept_form(
        RaidForm, request, f"raid:{pk}", record=raid,
        raid=raid, office=raid.office, user=request.user,
    )  # fmt: skip
    form.cancel_url = raid.get_absolute_url()

    def save() -> str:
        return services.change_raid(
            raid, form.raid_facts, seen=seen(form), actor=request.user
        ).get_absolute_url()

    if answer := saved(request, form, save, record=raid):
        return answer
    context = _page(form, _("Change the raid"), raid.get_absolute_url())
    return TemplateResponse(request, "intake/form_page.html", context)


@client_page
def add_finding(request: HttpRequest, pk: str) -> HttpResponse:
    """A family found: who, where, what was seen, what was done at once."""
    raid = find_raid(request, pk)
    allow(may.can_change_raid(request.user, raid))
    page = _finding_page(request, raid, None)

    def add() -> str:
        return services.add_finding(raid, _facts(page), actor=request.user).get_absolute_url()

    return _answer(request, page, raid, add, _("A family found"))


@client_page
def change_finding(request: HttpRequest, pk: str) -> HttpResponse:
    finding = _find(request, pk)
    allow(may.can_change_finding(request.user, finding))
    page = _finding_page(request, finding.raid, finding)

    def save() -> str:
        version = page.head.cleaned_data["record_version"]
        return services.change_finding(
            finding, _facts(page), seen=version, actor=request.user
        ).get_absolute_url()

    return _answer(request, page, finding.raid, save, _("Change the family found"))


@client_page
def settle(request: HttpRequest, pk: str) -> HttpResponse:
    """No application follows, and why."""
    finding = _find(request, pk)
    allow(may.can_change_finding(request.user, finding))
    form = kept_form(SettleForm, request, f"finding-settle:{pk}")
    form.cancel_url = finding.get_absolute_url()

    def say() -> str:
        reason = form.cleaned_data["reason"]
        return services.settle_finding(
            finding, reason=reason, actor=request.user
        ).get_absolute_url()

    if answer := saved(request, form, say):
        return answer
    context = _page(form, _("No application is needed"), finding.get_absolute_url())
    return TemplateResponse(request, "intake/form_page.html", context)


def find_raid(request: HttpRequest, pk: Any) -> Raid:
    rows = Raid.objects.visible_to(request.user).select_related("office", "led_by", "recorded_by")
    raid: Raid = get_object_or_404(rows.prefetch_related("organisations", "staff"), pk=pk)
    note_read(request, raid)
    return raid


def _find(request: HttpRequest, pk: Any) -> RaidFinding:
    rows = RaidFinding.objects.visible_to(request.user).select_related("raid__office", "district")
    finding: RaidFinding = get_object_or_404(rows.prefetch_related("people"), pk=pk)
    note_read(request, finding, finding.raid)
    return finding


def _offices(request: HttpRequest) -> list[Office]:
    found = list(Office.objects.filter(pk__in=standing(request.user).offices(*RAIDING)))
    if not found:
        raise PermissionDenied
    return found


def _finding_page(request: HttpRequest, raid: Raid, finding: RaidFinding | None) -> KeptPage:
    people = list(finding.people.all()) if finding else []
    children = [person for person in people if person.is_child]
    adults = [person for person in people if not person.is_child]
    return kept_page(
        FindingForm,
        {
            "children": functools.partial(found_rows, FoundChild, children),
            "adults": functools.partial(found_rows, FoundAdult, adults),
        },
        request,
        f"finding:{finding.pk}" if finding else f"finding-new:{raid.pk}",
        record=finding,
        raid=raid,
        finding=finding,
    )


def _facts(page: KeptPage) -> FindingFacts:
    said = page.head.cleaned_data
    rows = [*page["children"].filled(), *page["adults"].filled()]
    return FindingFacts(
        people=tuple(row.facts() for row in rows),
        address=page.head.address(),
        **{name: said[name] for name in ("description", "seen", "done")},
    )


def _answer(
    request: HttpRequest, page: KeptPage, raid: Raid, act: Any, heading: str
) -> HttpResponse:
    is_sent = request.method == "POST" and not only_adds_row(request)
    if is_sent and page.is_valid() and (answer := save_once(request, page, act)):
        return answer
    context = {"page": page, "form": page.head, "raid": raid, "heading": heading}
    return TemplateResponse(request, "intake/finding_form.html", context)


def _page(form: Any, heading: str, back: str) -> dict[str, Any]:
    return {"form": form, "heading": heading, "about": "", "back": back, "offices": []}
