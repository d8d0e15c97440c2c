"""A family's page: who belongs to it, how it lives, its cases; and changes of all that."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.saving import kept_form
from offices.reading import client_page, note_read

from .. import people_permissions as may
from ..family_page import FamilyPage, families_for, family_page, said_of
from ..family_tree import tree_of
from ..forms.people_families import FamilyForm, LeaveForm, MemberForm, NewMemberForm
from ..history import history_of
from ..lookalikes import Sought, known_elsewhere, known_like
from ..models import Family, FamilyMember, Person
from ..services import families as services
from ..trails import family_trails
from .records import allow, form_page, saved, seen


@client_page
def show_family(request: HttpRequest, pk: str) -> HttpResponse:
    page = _find(request, pk)
    context = {"page": page, "family": page.family, "tree": tree_of(page, request.user)}
    return TemplateResponse(request, "casework/family.html", context)


@client_page
def edit_family(request: HttpRequest, pk: str) -> HttpResponse:
    """How the family lives."""
    family = _find(request, pk).family
    allow(may.can_change_family(request.user, family))
    form = kept_form(FamilyForm, request, f"family:{pk}", record=family, instance=family)
    form.cancel_url = family.get_absolute_url()

    def change() -> str:
        services.change_family(family, form.facts, actor=request.user, seen=seen(form))
        return family.get_absolute_url()

    return saved(request, form, change, record=family) or form_page(
        request, form, _("How the family lives"), family
    )


@client_page
def family_history(request: HttpRequest, pk: str) -> HttpResponse:
    family = _find(request, pk).family
    allow(may.reads_family_fully(request.user, family))
    entries = history_of(*family_trails(family), reader=request.user)
    context = {"whose": family, "entries": entries, "full": True}
    return TemplateResponse(request, "casework/history.html", context)


@client_page
def add_member(request: HttpRequest, pk: str) -> HttpResponse:
    """Somebody who belongs to the family too: a known person where the reader knows them, else a new record."""
    family = _find(request, pk).family
    allow(may.can_change_family(request.user, family))
    form = kept_form(NewMemberForm, request, f"member:new:{pk}")
    form.cancel_url = family.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        _settle_who_is_meant(request, form)

    def add() -> str:
        person: Person | dict[str, Any] = form.record or form.person_facts
        services.add_member(family, person, form.place, actor=request.user)
        return family.get_absolute_url()

    return saved(request, form, add) or form_page(
        request, form, _("Who else belongs to the family"), family
    )


def _settle_who_is_meant(request: HttpRequest, form: NewMemberForm) -> None:
    """Offer the records that the reader knows; of others only that somebody alike is known elsewhere, once."""
    said = form.person_facts
    sought = Sought(said["surname"], said["given_name"], said["birth"], said["sex"])
    alike = known_like(sought, request.user)
    note_read(request, *alike)
    settled = form.offer(alike, {person.pk: said_of(person) for person in alike})
    if not settled or form.record is not None:
        return
    others = list(known_elsewhere(sought, request.user)[:5])
    if others:
        note_read(request, *others, reason="known elsewhere")
        form.tell_known_elsewhere()


@client_page
def edit_member(request: HttpRequest, pk: str) -> HttpResponse:
    """What somebody's place in the family is."""
    member, family = _find_member(request, pk)
    form = kept_form(MemberForm, request, f"member:{pk}", record=member, member=member)
    form.cancel_url = family.get_absolute_url()

    def change() -> str:
        services.change_member(member, form.place, actor=request.user, seen=seen(form))
        return family.get_absolute_url()

    return saved(request, form, change, record=member) or form_page(
        request, form, _("Place in the family"), family, about=member.person
    )


@client_page
def end_member(request: HttpRequest, pk: str) -> HttpResponse:
    """Somebody left the family."""
    member, family = _find_member(request, pk)
    form = kept_form(LeaveForm, request, f"member:end:{pk}", record=member)
    form.cancel_url = family.get_absolute_url()

    def end() -> str:
        on = form.cleaned_data["on"]
        services.end_membership(member, on=on, actor=request.user, seen=seen(form))
        return family.get_absolute_url()

    return saved(request, form, end) or form_page(
        request, form, _("Left the family"), family, about=member.person
    )


def _find(request: HttpRequest, pk: Any) -> FamilyPage:
    """The family's page, noted as read with its cases; 404 where the reader may not see it."""
    family: Family = get_object_or_404(families_for(request.user), pk=pk)
    page = family_page(family, request.user)
    note_read(request, family, *page.cases)
    return page


def _find_member(request: HttpRequest, pk: str) -> tuple[FamilyMember, Family]:
    """A place in a family that the reader sees (else 404) and may change (else 403)."""
    member = get_object_or_404(FamilyMember.objects.select_related("person__child"), pk=pk)
    family = _find(request, member.family_id).family
    allow(may.can_change_family(request.user, family))
    return member, family
