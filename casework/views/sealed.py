"""The sealed door: the form by which it opens, its list for auditors and heads, and shutting it early."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from core.errors import DomainError
from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page, note_read, staff_page

from .. import keeping_permissions as may
from ..forms.keeping import SealedDoorForm
from ..models import Case, SealedOpening
from ..services.sealed import knock, open_sealed_door, shut_sealed_door
from ..tables.keeping import SealedTable

TRIED = "sealed door: nothing opened"


@client_page(kind=ReadKind.SEARCH)
def open_sealed(request: HttpRequest) -> HttpResponse:
    """A number and a reason; what does not open says the same whether or not it exists, and is counted."""
    if not may.can_use_sealed_door(request.user):
        raise PermissionDenied
    form = kept_form(SealedDoorForm, request, "sealed-door")
    if request.method == "POST" and form.is_valid() and (answer := _opened(request, form)):
        return answer
    if request.method == "POST":
        note_read(request, reason=TRIED)
    return TemplateResponse(request, "casework/sealed_door.html", {"form": form})


def _opened(request: HttpRequest, form: Any) -> HttpResponse | None:
    said = form.cleaned_data
    try:
        attempt = knock(request.user)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return None

    def act() -> str:
        case = open_sealed_door(said["number"], said["reason"], actor=request.user)
        return str(case.get_absolute_url())

    answer = save_once(request, form, act)
    if answer is not None:
        attempt.succeeded()
    return answer


@client_page
@require_POST
def shut_sealed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shut it before the clock does."""
    seen = Case.objects.visible_to(request.user)
    opening = get_object_or_404(SealedOpening.objects.filter(case__in=seen), pk=pk)
    note_read(request, opening.case)
    if opening.user_id != request.user.pk and not may.can_shut_sealed_door(request.user, opening):
        raise PermissionDenied
    try:
        shut_sealed_door(opening, actor=request.user)
        messages.success(request, _("The sealed door is shut."))
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect(reverse("reports:my_day"))


@staff_page
def sealed_list(request: HttpRequest) -> HttpResponse:
    """Every opening with its reason, by case number, without clients' names."""
    if not may.can_see_sealed_list(request.user):
        raise PermissionDenied
    rows = SealedOpening.objects.registered_for(request.user).select_related("case__office", "user")
    table = SealedTable(rows)
    RequestConfig(request, paginate={"per_page": 25, "silent": True}).configure(table)
    return TemplateResponse(request, "casework/sealed_list.html", {"table": table})
