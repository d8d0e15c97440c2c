"""Consents of a person: recorded, corrected, confirmed in writing, withdrawn."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from core.saving import kept_form
from offices.reading import client_page

from .. import people_permissions as may
from ..forms.people_consents import ConsentForm, WithdrawForm, WrittenForm
from ..models import Case, Consent, Person
from ..person_page import relatives_of
from ..services import consents as services
from .records import allow, find_person, form_page, saved, seen


@client_page
def record_consent(request: HttpRequest, pk: str) -> HttpResponse:
    person, cases = find_person(request, pk)
    known = [case.pk for case in cases if may.can_record_consent(request.user, case)]
    if not known:
        raise PermissionDenied
    form = kept_form(
        ConsentForm,
        request,
        f"consent:new:{pk}",
        people=relatives_of(person, request.user, and_self=True),
        cases=Case.objects.filter(pk__in=known),
    )
    form.cancel_url = person.get_absolute_url()

    def record() -> str:
        services.record_consent(person, form.cleaned_data["case"], form.facts, actor=request.user)
        return person.get_absolute_url()

    return saved(request, form, record) or form_page(request, form, _("Consent"), person)


@client_page
def edit_consent(request: HttpRequest, pk: str) -> HttpResponse:
    consent, person = _find(request, pk)
    allow(may.can_change_consent(request.user, consent))
    form = kept_form(
        ConsentForm,
        request,
        f"consent:{pk}",
        record=consent,
        consent=consent,
        people=relatives_of(person, request.user, and_self=True),
        cases=Case.objects.none(),
    )
    form.cancel_url = person.get_absolute_url()

    def change() -> str:
        services.change_consent(consent, form.facts, actor=request.user, seen=seen(form))
        return person.get_absolute_url()

    return saved(request, form, change, record=consent) or form_page(
        request, form, _("Consent"), person
    )


@client_page
def confirm_consent(request: HttpRequest, pk: str) -> HttpResponse:
    """The oral consent was put on paper."""
    consent, person = _find(request, pk)
    allow(may.can_withdraw_consent(request.user, consent))
    form = kept_form(WrittenForm, request, f"consent:written:{pk}", record=consent)
    form.cancel_url = person.get_absolute_url()

    def confirm() -> str:
        on = form.cleaned_data["on"]
        services.confirm_in_writing(consent, on=on, actor=request.user, seen=seen(form))
        return person.get_absolute_url()

    return saved(request, form, confirm) or form_page(
        request, form, _("Consent confirmed in writing"), person
    )


@client_page
def withdraw_consent(request: HttpRequest, pk: str) -> HttpResponse:
    consent, person = _find(request, pk)
    allow(may.can_withdraw_consent(request.user, consent))
    form = kept_form(WithdrawForm, request, f"consent:withdraw:{pk}", record=consent)
    form.cancel_url = person.get_absolute_url()

    def withdraw() -> str:
        said = form.cleaned_data
        services.withdraw_consent(
            consent, on=said["on"], note=said["note"], actor=request.user, seen=seen(form)
        )
        return person.get_absolute_url()

    return saved(request, form, withdraw) or form_page(
        request, form, _("Withdraw the consent"), person
    )


def _find(request: HttpRequest, pk: str) -> tuple[Consent, Person]:
    """The consent where its case's content may be read, and whose it is; else 404."""
    consents = Consent.objects.visible_to(request.user).select_related("case")
    consent = get_object_or_404(consents, pk=pk)
    person, _cases = find_person(request, consent.person_id)
    return consent, person
