"""Short steps of an application: its document, its receipt, its withdrawal, who is kept out of it."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from casework.conflict_desk import ConflictDesk
from casework.forms.changes import BasisForm
from core.saving import kept_form, save_once
from offices.reading import client_page
from offices.standing import people_in

from .. import application_permissions as may
from ..application_page import page_of
from ..forms.eligibility import WithdrawForm
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
    """A short form under the application's strip; ``more``: about, save, danger, has_files."""
    bare = {"about": "", "danger": False, "has_files": False}
    context = {**page_of(application, request.user), **bare, "heading": heading, "form": form}
    return TemplateResponse(request, "intake/application_step.html", {**context, **more})


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


def _frame_of(request: HttpRequest, application: Application) -> dict[str, Any]:
    """What the head of the page is given: for who does not read the application no more than its card says."""
    said = page_of(application, request.user)
    if not application.reads_content:  # type: ignore[attr-defined]  # annotated
        said |= {"title": application.number, "applicant": ""}
    return said


def _who_may_be_named(application: Application) -> set[UUID]:
    return {person.pk for person in people_in(application.office_id, *WHO_HAVE_APPLICATIONS)}


CONFLICTS = ConflictDesk(
    name="application",
    namespace="applications",
    find=find_application,
    frame="intake/applications_base.html",
    context=_frame_of,
    may_declare=may.can_see_application,
    leads=may.can_end_application_conflict,
    workers=_who_may_be_named,
    declare=declare_application_conflict,
    end=end_application_conflict,
    way_out="applications:list",
    about=gettext_lazy(
        "Whoever is shut out sees nothing of the application any longer, heads included."
    ),
)
