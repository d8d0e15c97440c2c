"""Organisations: the list, one with its referrals, entering and correcting, merging two entries of one body."""

import functools
import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import ngettext
from django_tables2 import RequestConfig

from core.saving import KeptPage, kept_form, kept_page, only_adds_row, save_once
from offices.models import Organisation, ReadKind
from offices.reading import client_page, note_read, staff_page

from .. import permissions as may
from ..duplicates import duplicates_of, probable_duplicates
from ..forms.organisations import (
    MergeForm,
    OrganisationFilterForm,
    OrganisationForm,
    contacts_formset,
)
from ..models import IncomingReferral, OutgoingReferral
from ..sections import section_tabs
from ..services.merging import merge_organisation
from ..services.organisations import add_organisation, correct_organisation
from ..tables.organisations import OrganisationTable

SHOWN_REFERRALS = 20


@staff_page
def list_organisations(request: HttpRequest) -> HttpResponse:
    """Bodies and partners, narrowed by name, kind and district."""
    if not may.can_list_organisations(request.user):
        raise PermissionDenied
    form = OrganisationFilterForm(request.GET or None)
    rows: QuerySet[Organisation] = Organisation.objects.standing_alone()
    if form.is_valid():
        said = form.cleaned_data
        rows = rows.named_like(said["text"])
        rows = rows.filter(kind=said["kind"]) if said["kind"] else rows
        rows = rows.filter(district=said["district"]) if said["district"] else rows
    table = OrganisationTable(rows.select_related("district").prefetch_related("aliases"))
    RequestConfig(request, paginate={"per_page": 50}).configure(table)
    context = {
        "table": table,
        "form": form,
        "tabs": section_tabs(request.user, "organisations:list"),
        "can_add": may.can_keep_organisations(request.user),
    }
    return TemplateResponse(request, "referrals/organisation_list.html", context)


@client_page(kind=ReadKind.LIST)
def show_organisation(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One body: how to reach it, and its referrals as far as the reader may see them."""
    organisation = _find(request, pk)
    incoming = (
        IncomingReferral.objects.visible_to(request.user)
        .filter(organisation=organisation)
        .select_related("case")
        .prefetch_related("people")
    )
    outgoing = (
        OutgoingReferral.objects.visible_to(request.user)
        .filter(organisation=organisation)
        .select_related("case")
        .prefetch_related("people")
    )
    came, went = list(incoming[:SHOWN_REFERRALS]), list(outgoing[:SHOWN_REFERRALS])
    note_read(request, *came, *went, *(r.case for r in [*came, *went] if r.case))
    context = {
        "organisation": organisation,
        "contacts": organisation.contacts.all(),
        "aliases": organisation.aliases.all(),
        "alike": duplicates_of(organisation) if organisation.merged_into_id is None else [],
        "incoming": came,
        "outgoing": went,
        "changes": organisation.history.select_related("history_user")[:10],
        "may": {
            "correct": may.can_keep_organisations(request.user)
            and organisation.merged_into_id is None,
            "merge": may.can_merge_organisation(request.user, organisation),
        },
    }
    return TemplateResponse(request, "referrals/organisation_page.html", context)


@staff_page
def add(request: HttpRequest) -> HttpResponse:
    """A new entry; one that looks like another is asked about first."""
    if not may.can_keep_organisations(request.user):
        raise PermissionDenied
    page = _page(request, "organisation:new")
    alike: list[Organisation] = []
    if _is_sent(request) and page.is_valid():
        alike = _alike(page)
        if _is_seen(page, alike) and (
            answer := save_once(request, page, lambda: _added(request, page))
        ):
            return answer
    context = {"page": page, "form": page.head, "alike": alike, "organisation": None}
    return TemplateResponse(request, "referrals/organisation_form.html", context)


@staff_page
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Correct an entry and whom to ask for in it."""
    organisation = _find(request, pk)
    if not may.can_keep_organisations(request.user):
        raise PermissionDenied
    page = _page(request, f"organisation:{organisation.pk}", organisation)

    def carry_out() -> str:
        return correct_organisation(
            organisation,
            page.head.facts,
            contacts=[row.facts() for row in page["contacts"].filled()],
            seen=page.head.cleaned_data["record_version"],
            actor=request.user,
        ).get_absolute_url()

    is_sound = _is_sent(request) and page.is_valid()
    if is_sound and (answer := save_once(request, page, carry_out)):
        return answer
    context = {"page": page, "form": page.head, "alike": [], "organisation": organisation}
    return TemplateResponse(request, "referrals/organisation_form.html", context)


@staff_page
def merge(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Two entries of one body become one; said plainly that it cannot be taken back."""
    organisation = _find(request, pk)
    if not may.can_merge_organisation(request.user, organisation):
        raise PermissionDenied
    alike = duplicates_of(organisation)
    form = kept_form(
        MergeForm,
        request,
        f"organisation-merge:{organisation.pk}",
        organisation=organisation,
        initial={"into": alike[0].pk if alike else None},
    )

    def carry_out() -> str:
        into = form.cleaned_data["into"]
        moved = sum(merge_organisation(organisation, into=into, actor=request.user).values())
        words = ngettext("Merged: %(count)d record moved.", "Merged: %(count)d records moved.", moved)  # fmt: skip
        messages.success(request, words % {"count": moved})
        return str(into.get_absolute_url())

    is_sound = request.method == "POST" and form.is_valid()
    if is_sound and (answer := save_once(request, form, carry_out)):
        return answer
    context = {"form": form, "organisation": organisation, "alike": alike}
    return TemplateResponse(request, "referrals/organisation_merge.html", context)


def _find(request: HttpRequest, pk: UUID) -> Organisation:
    if not may.can_list_organisations(request.user):
        raise PermissionDenied
    rows = Organisation.objects.select_related("district", "merged_into")
    found: Organisation = get_object_or_404(rows, pk=pk)
    return found


def _page(
    request: HttpRequest, draft_key: str, organisation: Organisation | None = None
) -> KeptPage:
    contacts = list(organisation.contacts.all()) if organisation else []
    rows = functools.partial(
        _contact_rows,
        organisation=organisation,
        said=[{**vars(c), "record": c.pk} for c in contacts],
    )
    initial = {}
    if organisation is not None:
        fields = (*OrganisationForm.fact_fields,)
        initial = {f: getattr(organisation, f) for f in fields if f != "district"}
        initial["district"] = organisation.district_id
    return kept_page(
        OrganisationForm,
        {"contacts": rows},
        request,
        draft_key,
        record=organisation,
        initial=initial,
    )


def _contact_rows(
    *, organisation: Organisation | None, said: list[dict[str, Any]], data: Any, **kwargs: Any
) -> Any:
    known = organisation.contacts.all() if organisation else None
    initial = said if data is None else None
    return contacts_formset(data=data, initial=initial, form_kwargs={"contacts": known}, **kwargs)


def _is_sent(request: HttpRequest) -> bool:
    return request.method == "POST" and not only_adds_row(request)


def _alike(page: KeptPage) -> list[Organisation]:
    said = page.head.cleaned_data
    district = said["district"]
    return probable_duplicates(
        kind=said["kind"],
        name_ky=said["name_ky"],
        name_ru=said["name_ru"],
        district_id=district.pk if district else None,
    )


def _is_seen(page: KeptPage, alike: list[Organisation]) -> bool:
    """Whether the writer goes on with these very entries before their eyes; the page then carries their mark."""
    text = "\n".join(sorted(str(o.pk) for o in alike))
    mark = hashlib.sha256(text.encode()).hexdigest() if alike else ""
    if not alike or page.head.cleaned_data["seen_alike"] == mark:
        return True
    page.head.data = page.head.data.copy()
    page.head.data["seen_alike"] = mark
    return False


def _added(request: HttpRequest, page: KeptPage) -> str:
    contacts = [row.facts() for row in page["contacts"].filled()]
    return add_organisation(
        page.head.facts, contacts=contacts, actor=request.user
    ).get_absolute_url()
