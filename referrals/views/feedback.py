"""The answer to whoever referred: asked, decided by the head, sent, its paper."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from casework.forms.releases import GrantForm, RefuseForm
from casework.views.conclusion_signing import carried_out, is_confirmed
from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page
from papers.attachments import serve_paper

from .. import permissions as may
from ..enums import FeedbackStatus
from ..forms.incoming import AskFeedbackForm, SendForm
from ..models import Feedback
from ..services.feedback import ask_feedback, decline_feedback, grant_feedback, send_feedback
from .incoming import find_incoming, incoming_context


@client_page
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask the head to let an answer go out."""
    referral = find_incoming(request, pk)
    if not may.can_ask_feedback(request.user, referral):
        raise PermissionDenied
    form = kept_form(AskFeedbackForm, request, f"feedback:{referral.pk}")
    form.cancel_url = referral.get_absolute_url()

    def carry_out() -> str:
        said = form.cleaned_data
        ask_feedback(referral, outcome=said["outcome"], ground=said["ground"], actor=request.user)
        return referral.get_absolute_url()

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        messages.success(request, _("The head is told to decide."))
        return answer
    context = {"form": form, "referral": referral}
    return TemplateResponse(request, "referrals/feedback_ask.html", context)


@client_page
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head lets the answer go out, or not, with a reason."""
    feedback = find_feedback(request, pk)
    referral = feedback.referral
    if feedback.status != FeedbackStatus.ASKED and may.leads(request.user, referral):
        return HttpResponseRedirect(feedback.get_absolute_url())
    if not may.can_decide_feedback(request.user, feedback):
        raise PermissionDenied
    decision = request.POST.get("decision", "")
    grant = GrantForm(
        request.POST if decision == "grant" else None, initial={"ground": feedback.ground_id}
    )
    refuse = RefuseForm(request.POST if decision == "refuse" else None)
    done = False
    if decision == "grant" and grant.is_valid() and is_confirmed(request, grant):
        said = grant.cleaned_data
        done = carried_out(
            grant,
            lambda: grant_feedback(
                feedback, ground=said["ground"], reason=said["reason"], actor=request.user
            ),
        )
    elif decision == "refuse" and refuse.is_valid():
        reason = refuse.cleaned_data["refusal"]
        done = carried_out(
            refuse, lambda: decline_feedback(feedback, reason=reason, actor=request.user)
        )
    if done:
        return HttpResponseRedirect(feedback.get_absolute_url())
    context = {
        **incoming_context(request, referral),
        "feedback": feedback,
        "form": refuse if decision == "refuse" else grant,
        "grant_form": grant,
        "refuse_form": refuse,
    }
    return TemplateResponse(request, "referrals/feedback_decide.html", context)


@client_page
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """When the answer left, and how."""
    feedback = find_feedback(request, pk)
    if feedback.status == FeedbackStatus.SENT:
        return HttpResponseRedirect(feedback.get_absolute_url())
    if not may.can_send_feedback(request.user, feedback):
        raise PermissionDenied
    form = kept_form(SendForm, request, f"feedback-send:{feedback.pk}")
    form.cancel_url = feedback.get_absolute_url()

    def carry_out() -> str:
        said = form.cleaned_data
        send_feedback(feedback, how=said["sent_how"], on=said["sent_on"], actor=request.user)
        return feedback.get_absolute_url()

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        return answer
    context = {"form": form, "heading": _("The answer has been sent"), "whose": feedback.referral}
    return TemplateResponse(request, "casework/record_form.html", context)


@client_page(kind=ReadKind.PAPER)
def open_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The answer's bytes, as they were fixed."""
    feedback = find_feedback(request, pk)
    if feedback.paper is None:
        raise Http404
    return serve_paper(feedback.paper)


def find_feedback(request: HttpRequest, pk: UUID) -> Feedback:
    """The answer with its referral, noted as read; 404 where the reader may not know of it."""
    rows = Feedback.objects.visible_to(request.user).select_related("ground", "requested_by")
    feedback: Feedback = get_object_or_404(rows, pk=pk)
    feedback.referral = find_incoming(request, feedback.referral_id)
    return feedback
