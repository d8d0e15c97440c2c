"""From the counter to the register: logging a receipt, registering, keeping as incomplete, acknowledging."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.saving import kept_form, kept_page, only_adds_row, save_once
from offices.models import ReadKind, StandardVersion
from offices.reading import client_page
from offices.working_calendar import working_calendar

from .. import permissions as may
from ..complaint_page import missing_in_words, strip_of
from ..deadlines import answer_clock, registration_clock
from ..forms.paper import ReceiptForm, RegisterForm, point_forms, points_in
from ..forms.steps import DangerForm
from ..models import Complaint, Forwarding
from ..services import receiving as services
from .steps import find_complaint, press, refuse_unless, take_step


@client_page(kind=ReadKind.LIST)
def receive(request: HttpRequest) -> HttpResponse:
    """Write down that a paper was handed in; the registrar goes on to register it."""
    if not may.can_receive_complaint(request.user):
        raise PermissionDenied
    form = kept_form(
        ReceiptForm,
        request,
        "complaint-receive",
        user=request.user,
        cancel_url=reverse("complaints:handed_in"),
    )

    def carry_out() -> str:
        complaint = services.log_receipt(
            form.handed_in(),
            office=form.cleaned_data["office"],
            scan=form.cleaned_data["scan"],
            actor=request.user,
        )
        return after_receipt(request, complaint)

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        messages.success(request, _("The receipt is logged; the registrar is told."))
        return answer
    today = clock.today()
    due = registration_clock(today, StandardVersion.objects.in_force(today), working_calendar())
    context = {"form": form, "due": due}
    return TemplateResponse(request, "complaints/receive.html", context)


def after_receipt(request: HttpRequest, complaint: Complaint) -> str:
    seen = Complaint.objects.visible_to(request.user).filter(pk=complaint.pk).exists()
    if seen and may.can_register_complaint(request.user, complaint):
        return reverse("complaints:register", args=[complaint.pk])
    return complaint.get_absolute_url() if seen else reverse("complaints:handed_in")


@client_page
def register(request: HttpRequest, pk: str) -> HttpResponse:
    """The whole paper, its points, the day by which it will be answered; then registered, or kept as incomplete."""
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_register_complaint(request.user, complaint))
    known = [point.text for point in complaint.points.all()]
    page = kept_page(
        RegisterForm,
        {"points": point_forms(known)},
        request,
        f"complaint-register:{pk}",
        record=complaint,
        user=request.user,
        initial=RegisterForm.said_by(complaint),
    )
    sent = request.method == "POST" and not only_adds_row(request)
    if (
        sent
        and page.is_valid()
        and (answer := save_once(request, page, _act(request, complaint, page)))
    ):
        return answer
    today = clock.today()
    context = {
        **strip_of(complaint),
        "page": page,
        "form": page.head,
        "missing": missing_in_words(complaint),
        "due": answer_clock(today, StandardVersion.objects.in_force(today), working_calendar()),
    }
    return TemplateResponse(request, "complaints/register_form.html", context)


def _act(request: HttpRequest, complaint: Complaint, page: Any) -> Any:
    """What the pressed button does."""
    said, texts = page.cleaned_data, points_in(page["points"])
    shared = {
        "seen": said["record_version"],
        "scan": said["scan"],
        "actor": request.user,
    }

    def carry_out() -> str:
        if request.POST.get("go") == "keep":
            done = services.keep_incomplete(
                complaint, page.head.handed_in(), texts, note=said["note"], **shared
            )
            messages.success(
                request, _("Kept in the book. It can be completed and registered later.")
            )
        else:
            done = services.register_complaint(complaint, page.head.handed_in(), texts, **shared)
            messages.success(request, _("Registered and forwarded."))
        return done.get_absolute_url()

    return carry_out


@client_page
@require_POST
def acknowledge(request: HttpRequest, pk: str, forwarding: int) -> HttpResponse:
    """The leadership has it."""
    complaint = find_complaint(request, pk)
    rows = Forwarding.objects.filter(complaint=complaint).select_related("office", "complaint")
    found = get_object_or_404(rows, pk=forwarding)
    refuse_unless(may.can_acknowledge_forwarding(request.user, found) or found.acknowledged_at is not None)  # fmt: skip
    act = partial(services.acknowledge_forwarding, found, actor=request.user)
    return press(request, complaint, act, _("Acknowledged."))


@client_page
@require_POST
def make_receipt(request: HttpRequest, pk: str) -> HttpResponse:
    """The complainant's receipt, issued once."""
    complaint = find_complaint(request, pk)
    refuse_unless(
        may.can_issue_receipt(request.user, complaint) or complaint.receipt_id is not None
    )
    if complaint.receipt_id is not None:
        return press(request, complaint, lambda: None)
    act = partial(services.issue_receipt, complaint, actor=request.user)
    return press(request, complaint, act, _("The receipt is issued."))


@client_page
def tell_danger(request: HttpRequest, pk: str) -> HttpResponse:
    """Whoever reads that a child is in danger tells intake."""
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_tell_danger(request.user, complaint))
    return take_step(
        request,
        complaint,
        DangerForm,
        "danger",
        lambda form: services.tell_danger(complaint, **form.said, actor=request.user),
        _("A child is in danger"),
        about=_("Intake of the office gets what you write here, without who complained."),
        done=_("Intake and the head are told."),
    )
