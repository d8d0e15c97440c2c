"""Addresses and phones of a person, and from whom they are hidden."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.saving import kept_form
from offices.reading import client_page

from .. import people_permissions as may
from ..enums import AddressKind
from ..forms.people_contacts import AddressForm, HideForm, LiftForm, PhoneForm
from ..models import Address, HiddenFact, Person, Phone
from ..person_page import relatives_of
from ..services import contacts as services
from .records import allow, find_person, form_page, saved, seen


@client_page
def add_address(request: HttpRequest, pk: str) -> HttpResponse:
    person, _cases = find_person(request, pk)
    allow(may.can_change_person(request.user, person))
    form = kept_form(
        AddressForm,
        request,
        f"address:new:{pk}",
        instance=Address(person=person),
        initial={"kind": AddressKind.ACTUAL},
    )
    form.cancel_url = person.get_absolute_url()

    def add() -> str:
        services.add_address(person, form.facts, actor=request.user)
        return person.get_absolute_url()

    return saved(request, form, add) or form_page(request, form, _("New address"), person)


@client_page
def edit_address(request: HttpRequest, pk: str) -> HttpResponse:
    address, person = _find(request, Address, pk)
    form = kept_form(AddressForm, request, f"address:{pk}", record=address, instance=address)
    form.cancel_url = person.get_absolute_url()

    def change() -> str:
        services.change_address(address, form.facts, actor=request.user, seen=seen(form))
        return person.get_absolute_url()

    return saved(request, form, change, record=address) or form_page(
        request, form, _("Address"), person
    )


@client_page
def add_phone(request: HttpRequest, pk: str) -> HttpResponse:
    person, _cases = find_person(request, pk)
    allow(may.can_change_person(request.user, person))
    form = kept_form(PhoneForm, request, f"phone:new:{pk}", instance=Phone(person=person))
    form.cancel_url = person.get_absolute_url()

    def add() -> str:
        services.add_phone(person, form.facts, actor=request.user)
        return person.get_absolute_url()

    return saved(request, form, add) or form_page(request, form, _("New phone"), person)


@client_page
def edit_phone(request: HttpRequest, pk: str) -> HttpResponse:
    phone, person = _find(request, Phone, pk)
    form = kept_form(PhoneForm, request, f"phone:{pk}", record=phone, instance=phone)
    form.cancel_url = person.get_absolute_url()

    def change() -> str:
        services.change_phone(phone, form.facts, actor=request.user, seen=seen(form))
        return person.get_absolute_url()

    return saved(request, form, change, record=phone) or form_page(
        request, form, _("Phone"), person
    )


@client_page
def hide_address(request: HttpRequest, pk: str) -> HttpResponse:
    return _hide(request, *_find(request, Address, pk), _("Hide the address"))


@client_page
def hide_phone(request: HttpRequest, pk: str) -> HttpResponse:
    return _hide(request, *_find(request, Phone, pk), _("Hide the phone"))


def _hide(
    request: HttpRequest, thing: Address | Phone, person: Person, heading: str
) -> HttpResponse:
    """From whom it is hidden: chosen among those who share a family with the person."""
    fact = thing.hidden_facts.in_force().first()
    known = {"hidden_from": list(fact.hidden_from.all()), "reason": fact.reason} if fact else {}
    form = kept_form(
        HideForm,
        request,
        f"hide:{thing.pk}",
        record=fact,
        people=relatives_of(person, request.user),
        initial=known,
    )
    form.cancel_url = person.get_absolute_url()

    def hide() -> str:
        said = form.cleaned_data
        services.hide_fact(
            thing, said["hidden_from"], reason=said["reason"], actor=request.user, seen=seen(form)
        )
        return person.get_absolute_url()

    return saved(request, form, hide) or form_page(request, form, heading, person, about=thing)


@client_page
def lift_hidden(request: HttpRequest, pk: str) -> HttpResponse:
    """The address or phone may be told again, with why."""
    fact = get_object_or_404(
        HiddenFact.objects.in_force().select_related("phone__person", "address__person"), pk=pk
    )
    person, _cases = find_person(request, fact.thing.person_id)
    allow(may.can_lift_hidden_fact(request.user, fact))
    form = kept_form(LiftForm, request, f"lift:{pk}")
    form.cancel_url = person.get_absolute_url()

    def lift() -> str:
        services.lift_hidden_fact(fact, reason=form.cleaned_data["reason"], actor=request.user)
        return person.get_absolute_url()

    return saved(request, form, lift) or form_page(
        request, form, _("No longer hidden"), person, about=fact.thing
    )


def _find(request: HttpRequest, model: Any, pk: str) -> tuple[Any, Person]:
    """The address or phone of a person whom the reader sees (else 404) and may change (else 403)."""
    thing = get_object_or_404(model, pk=pk)
    person, _cases = find_person(request, thing.person_id)
    allow(may.can_change_person(request.user, person))
    return thing, person
