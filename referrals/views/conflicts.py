"""Who is kept out of an incoming referral by a tie, and who is let in again."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.forms.cases import ConflictForm, SimpleForm
from core.saving import kept_form, save_once
from offices.models import User
from offices.reading import client_page
from offices.standing import people_in

from .. import permissions as may
from ..models import IncomingReferral
from ..models.incoming import KEEPING_ROLES
from ..services.conflicts import declare_referral_conflict, end_referral_conflict
from .incoming import find_incoming


@client_page
def conflicts(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One declares one's own tie, the head those of others; the head lets in again."""
    referral = find_incoming(request, pk)
    leads = may.leads(request.user, referral)
    form = kept_form(
        ConflictForm,
        request,
        f"referral-conflict:{pk}",
        workers=_who_may_be_tied(request.user, referral, leads),
        initial={"worker": request.user.pk},
    )
    if request.method == "POST" and form.is_valid():
        worker, reason = form.cleaned_data["worker"], form.cleaned_data["reason"]

        def act() -> str:
            declare_referral_conflict(referral, worker, reason, actor=request.user)
            is_own = worker == request.user
            return reverse("referrals:incoming") if is_own else request.path

        if answer := save_once(request, form, act):
            return answer
    declared = referral.conflicts.select_related("user", "declared_by").order_by("-declared_at")
    return _page(
        request,
        referral,
        form,
        heading=_("Conflict of interest"),
        about=_(
            "Whoever is shut out sees nothing of the referral, nor of what comes of it, heads included."
        ),
        save=_("Declare"),
        danger=True,
        conflicts=declared if leads else declared.filter(declared_by=request.user),
        leads=leads,
    )


@client_page
def end_conflict(request: HttpRequest, pk: UUID, conflict: UUID) -> HttpResponse:
    """The head lets a worker in again, after being asked once."""
    referral = find_incoming(request, pk)
    if not may.leads(request.user, referral):
        raise PermissionDenied
    form = kept_form(SimpleForm, request, f"referral-conflict-end:{conflict}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            end_referral_conflict(conflict, referral, actor=request.user)
            return referral.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    heading, save = _("Let the worker in again"), _("Let in again")
    return _page(request, referral, form, heading=heading, save=save)


def _who_may_be_tied(user: User, referral: IncomingReferral, leads: bool) -> Any:
    able = {user.pk}
    if leads:
        able |= {person.pk for person in people_in(referral.office_id, *KEEPING_ROLES)}
    return User.objects.filter(pk__in=able)


def _page(request: HttpRequest, referral: IncomingReferral, form: Any, **more: Any) -> HttpResponse:
    context = {"referral": referral, "form": form, "about": "", "danger": False, "conflicts": []}
    context["reads_case"] = False
    return TemplateResponse(request, "referrals/conflicts.html", {**context, **more})
