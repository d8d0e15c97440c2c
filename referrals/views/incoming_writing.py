"""Registering an incoming referral, mending it, and saying that nothing is to be made of it."""

import functools
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casework.forms.episodes import ReasonForm
from casework.forms.opening_rows import schools
from casework.services.new_case import KnownPerson
from core.errors import DomainError
from core.saving import KeptPage, kept_form, kept_page, only_adds_row, save_once
from offices.models import Membership, Office, ReadKind, User
from offices.reading import client_page
from offices.standing import standing

from .. import permissions as may
from ..forms.incoming import IncomingForm, referred_adults, referred_children
from ..models import IncomingReferral, ReferredPerson
from ..models.incoming import KEEPING_ROLES
from ..services.incoming import (
    correct_referral,
    register_referral,
    reopen_referral,
    settle_referral,
)
from .incoming import find_incoming

AnyKnown = TypeVar("AnyKnown", bound=KnownPerson)


@client_page(kind=ReadKind.SEARCH)
def register(request: HttpRequest) -> HttpResponse:
    """Enter a paper by which a body refers a family; the number is given with the saving."""
    if not may.can_register_referral(request.user):
        raise PermissionDenied
    page = _page(request, "referral:new")
    is_sound = _is_sound(request, page)

    def carry_out() -> str:
        referral = register_referral(
            page.head.referral_facts(),
            office=page.head.chosen_office(),
            children=_facts(page, "children"),
            adults=_facts(page, "adults"),
            scans=page.head.kept,
            actor=request.user,
        )
        messages.success(request, _("Registered under the number %(number)s.") % {"number": referral.number})  # fmt: skip
        return referral.get_absolute_url()

    if is_sound and (answer := save_once(request, page, carry_out)):
        return answer
    return _shown(request, page, None)


@client_page
def change(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Mend what was typed of the paper and of whom it names."""
    referral = find_incoming(request, pk)
    if not may.can_correct_referral(request.user, referral):
        raise PermissionDenied
    page = _page(request, f"referral:{referral.pk}", referral)
    is_sound = _is_sound(request, page)

    def carry_out() -> str:
        known = list(referral.people.all())
        return correct_referral(
            referral,
            page.head.referral_facts(),
            children=[_as_estimated(child, known) for child in _facts(page, "children")],
            adults=[_as_estimated(adult, known) for adult in _facts(page, "adults")],
            seen=page.head.cleaned_data["record_version"],
            actor=request.user,
        ).get_absolute_url()

    if is_sound and (answer := save_once(request, page, carry_out)):
        return answer
    return _shown(request, page, referral)


@client_page
def settle(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say why no application is needed."""
    referral = find_incoming(request, pk)
    if not may.can_settle_referral(request.user, referral):
        raise PermissionDenied
    form = kept_form(
        ReasonForm,
        request,
        f"referral-settle:{referral.pk}",
        label=_("Why no application is needed"),
        save=_("Settle it so"),
        cancel_url=referral.get_absolute_url(),
        help_text=_("For instance: the family has an open case already, say which; or it was passed on, say to whom."),
    )  # fmt: skip

    def carry_out() -> str:
        reason = form.cleaned_data["reason"]
        return settle_referral(referral, reason=reason, actor=request.user).get_absolute_url()

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        return answer
    context = {"form": form, "heading": _("No application is needed"), "whose": referral}
    return TemplateResponse(request, "casework/record_form.html", context)


@client_page
@require_POST
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the word back: the referral stands out again."""
    referral = find_incoming(request, pk)
    if not may.can_correct_referral(request.user, referral):
        raise PermissionDenied
    try:
        reopen_referral(referral, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(referral.get_absolute_url())


def offices_of(user: User) -> list[Office]:
    """The offices in which ``user`` registers today; the first is where they work first."""
    held = standing(user).offices(*KEEPING_ROLES)
    first = Membership.objects.active().filter(user=user).values_list("office_id", flat=True)
    order = {pk: place for place, pk in enumerate(first)}
    return sorted(Office.objects.filter(pk__in=held), key=lambda o: (order.get(o.pk, 99), o.index))


def _page(
    request: HttpRequest, draft_key: str, referral: IncomingReferral | None = None
) -> KeptPage:
    people = list(referral.people.all()) if referral else []
    children = [_typed(p) for p in people if p.is_child]
    adults = [_typed(p) for p in people if not p.is_child]
    offices = offices_of(request.user) if referral is None else [referral.office]
    page = kept_page(
        IncomingForm,
        {
            "children": functools.partial(
                _fresh, referred_children, children, form_kwargs={"schools": schools()}
            ),
            "adults": functools.partial(_fresh, referred_adults, adults),
        },
        request,
        draft_key,
        record=referral,
        offices=offices,
        initial=_said(referral) if referral else {},
    )
    if referral is not None:
        # What is attached already has pages of its own.
        page.head.fields.pop("files")
        page.head.fields.pop("kept_files")
    return page


def _fresh(factory: Any, initial: list[dict[str, Any]], *, data: Any, **kwargs: Any) -> Any:
    """Rows as they stand where nothing has been sent; what was sent is all that counts."""
    return factory(data=data, initial=initial if data is None else None, **kwargs)


def _is_sound(request: HttpRequest, page: KeptPage) -> bool:
    is_sent = request.method == "POST" and not only_adds_row(request)
    is_sound = is_sent and page.is_valid()
    if "files" in page.head.fields:
        page.head.keep_files(request.user)
    return is_sound


def _facts(page: KeptPage, part: str) -> list[Any]:
    return [row.facts() for row in page[part].filled()]


def _as_estimated(known: AnyKnown, before: list[ReferredPerson]) -> AnyKnown:
    """An age by estimate that came back as it was shown is not estimated anew."""
    for person in before:
        same = person.surname == known.surname and person.given_name == known.given_name
        if same and person.birth.typed == known.birth.typed:
            return replace(known, birth=person.birth)
    return known


def _said(referral: IncomingReferral) -> dict[str, Any]:
    names = (
        "sender_kind", "sender_text", "basis_kind", "document_number", "document_on", "signatory",
        "received_on", "received_how", "request", "address_text",
    )  # fmt: skip
    return {"organisation": referral.organisation_id, **{n: getattr(referral, n) for n in names}}


def _typed(person: ReferredPerson) -> dict[str, Any]:
    names = (
        "surname", "given_name", "patronymic", "description", "sex", "birth", "pin", "language",
        "school_text", "school_class", "is_concerned", "relation", "phone", "safe_hours",
        "lives_together", "is_carer",
    )  # fmt: skip
    safe = ("yes" if person.phone_is_safe else "no") if person.phone else ""
    said = {name: getattr(person, name) for name in names}
    return {**said, "school": person.school_id, "phone_is_safe": safe}


def _shown(request: HttpRequest, page: KeptPage, referral: IncomingReferral | None) -> HttpResponse:
    context = {"page": page, "form": page.head, "referral": referral}
    return TemplateResponse(request, "referrals/incoming_form.html", context)
