"""What the pages of a complaint share: the entrance, the short form of a step, saving once."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from core.errors import DomainError
from core.saving import kept_form, save_once
from offices.reading import note_read

from ..complaint_page import strip_of
from ..models import Complaint

RELATED = (
    "received_office",
    "received_by",
    "registered_office",
    "registered_by",
    "about_office",
    "about_person",
    "considered_by",
    "kept_by",
    "standard",
    "scan",
    "case",
    "answer__signed_by",
    "answer__approved_by",
    "answer__written_by",
    "answer__sent_by",
)


def find_complaint(request: HttpRequest, pk: Any) -> Complaint:
    """The complaint, its reading noted; 404 where the reader may not know of it."""
    rows = Complaint.objects.visible_to(request.user).select_related(*RELATED)
    complaint: Complaint = get_object_or_404(rows, pk=pk)
    note_read(request, complaint)
    return complaint


def refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def take_step(
    request: HttpRequest,
    complaint: Complaint,
    form_class: type[Any],
    name: str,
    act: Callable[[Any], object],
    heading: str,
    **more: Any,
) -> HttpResponse:
    """The page of a step: the form, kept as it is typed; sent and right, ``act`` is carried out once.

    ``more``: about (words over the form), done (words after it), initial, onward (where it leads; the complaint), text.
    """
    onward = more.pop("onward", complaint.get_absolute_url())
    form = kept_form(
        form_class,
        request,
        f"complaint-{name}:{more.pop('of', complaint.pk)}",
        complaint=complaint,
        actor=request.user,
        initial=more.pop("initial", {}),
    )

    def carry_out() -> str:
        act(form)
        return str(onward)

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        if more.get("done"):
            messages.success(request, more["done"])
        return answer
    context = {
        **strip_of(complaint),
        "form": form,
        "heading": heading,
        "about": "",
        "text": "",
        **more,
    }
    return TemplateResponse(request, "complaints/step.html", context)


def press(
    request: HttpRequest, complaint: Complaint, act: Callable[[], object], done: str = ""
) -> HttpResponse:
    """A step of one button: carried out, or refused in words; back to the complaint."""
    try:
        act()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        if done:
            messages.success(request, done)
    return HttpResponseRedirect(complaint.get_absolute_url())
