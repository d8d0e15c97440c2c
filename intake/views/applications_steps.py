"""Short steps of an application: its document, its receipt, its withdrawal, who is kept out of it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casework.forms.cases import SimpleForm
from casework.forms.changes import BasisForm
from core.saving import kept_form, save_once
from offices.models import User
from offices.reading import client_page
from offices.standing import people_in

from .. import application_permissions as may
from ..application_page import page_of
from ..forms.eligibility import TieForm, WithdrawForm
from ..models import Application
from ..models.applications import WHO_HAVE_APPLICATIONS
from ..services.applications import (
    declare_application_conflict,
    end_application_conflict,
    receive_application_basis,
    withdraw_application,
)
from ..services.eligibility import give_receipt
from .applications import find_application, read_application


def _step_page(
    request: HttpRequest, application: Application, heading: str, form: Any, **more: Any
) -> HttpResponse:
    """A short form under the application's strip; ``more``: about, save, danger, has_files, template."""
    template = more.pop("template", "intake/application_step.html")
    bare = {"about": "", "danger": False, "has_files": False}
    context = {**page_of(application, request.user), **bare, "heading": heading, "form": form}
    return TemplateResponse(request, template, {**context, **more})


@client_page
def receive_basis(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The awaited document has come; or what is written of the one at hand is put right, its scan added."""
    application = read_application(request, pk)
    if not may.can_receive_application_basis(request.user, application):
        raise PermissionDenied
    is_awaited = application.is_basis_awaited
    form = kept_form(
        BasisForm,
        request,
        f"application-basis:{pk}",
        record=application,
        initial={} if is_awaited else BasisForm.said_by(application),
    )
    is_sound = request.method == "POST" and form.is_valid()
    form.keep_scan(request.user)
    if is_sound:

        def act() -> str:
            seen = form.cleaned_data["record_version"]
            receive_application_basis(
                application, form.basis(), actor=request.user, seen_version=seen
            )
            return application.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    heading = _("The document has come") if is_awaited else _("Basis document")
    return _step_page(request, application, heading, form, save=_("Save"), has_files=True)


@client_page
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Who applied takes it back."""
    application = read_application(request, pk)
    if not may.can_withdraw_application(request.user, application):
        raise PermissionDenied
    form = kept_form(WithdrawForm, request, f"application-withdraw:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            words = form.cleaned_data["words"]
            return withdraw_application(application, words, actor=request.user).get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    heading = _("The applicant withdraws the application")
    return _step_page(request, application, heading, form, save=_("Write down"), danger=True)


@client_page
@require_POST
def make_receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The receipt is laid out once and opened."""
    application = read_application(request, pk)
    if not may.can_give_receipt(request.user, application):
        raise PermissionDenied
    give_receipt(application, actor=request.user)
    return HttpResponseRedirect(reverse("applications:receipt", args=[application.pk]))


@client_page
def conflict(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A tie that shuts a worker out: one declares one's own, the head those of others."""
    application = find_application(request, pk)
    leads = may.can_lead_application(request.user, application)
    form = kept_form(
        TieForm,
        request,
        f"application-conflict:{pk}",
        workers=_who_may_be_tied(request.user, application, leads),
        initial={"worker": request.user.pk},
    )
    if request.method == "POST" and form.is_valid():
        worker, reason = form.cleaned_data["worker"], form.cleaned_data["reason"]

        def act() -> str:
            declare_application_conflict(application, worker, reason, actor=request.user)
            is_own = worker == request.user
            return reverse("applications:list") if is_own else application.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    about = _("Whoever is shut out sees nothing of the application any longer, heads included.")
    declared = application.conflicts.select_related("user", "declared_by").order_by("-declared_at")
    return _step_page(
        request,
        application,
        _("Conflict of interest"),
        form,
        about=about,
        save=_("Declare"),
        danger=True,
        conflicts=declared if leads else declared.filter(declared_by=request.user),
        leads=leads,
        template="intake/application_conflicts.html",
    )


@client_page
def end_conflict(request: HttpRequest, pk: UUID, conflict: UUID) -> HttpResponse:
    """The head lets a worker in again, after being asked once."""
    application = read_application(request, pk)
    if not may.can_end_application_conflict(request.user, application):
        raise PermissionDenied
    form = kept_form(SimpleForm, request, f"application-conflict-end:{conflict}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            end_application_conflict(conflict, application, actor=request.user)
            return application.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    heading = _("Let the worker in again")
    return _step_page(request, application, heading, form, save=_("Let in again"))


def _who_may_be_tied(user: User, application: Application, leads: bool) -> Any:
    able = {user.pk}
    if leads:
        able |= {person.pk for person in people_in(application.office_id, *WHO_HAVE_APPLICATIONS)}
    return User.objects.filter(pk__in=able)
