"""The steps of an outgoing referral: the head's decision, the sending, the reply, the end without one."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from casework.forms.episodes import ReasonForm
from casework.forms.releases import GrantForm, RefuseForm
from casework.views.conclusion_signing import carried_out, is_confirmed
from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page
from papers.attachments import serve_pdf
from papers.services import preview_paper

from .. import permissions as may
from ..enums import OutgoingStatus
from ..forms.outgoing import ReplyForm, SendOutgoingForm
from ..models import OutgoingReferral
from ..referral_papers import LETTER, outgoing_paper
from ..services.outgoing import (
    close_outgoing,
    decline_outgoing,
    hidden_in,
    note_reply,
    release_outgoing,
    send_outgoing,
)
from .outgoing import find_outgoing, outgoing_context


@client_page
def decide(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head reads what would go out, then lets it out on a legal ground, or not, with a reason."""
    referral = find_outgoing(request, pk)
    moved_on = referral.status != OutgoingStatus.ASKED
    if moved_on and may.leads_outgoing(request.user, referral):
        return HttpResponseRedirect(referral.get_absolute_url())
    _allow(may.can_decide_outgoing(request.user, referral))
    decision = request.POST.get("decision", "")
    mentions = hidden_in(referral)
    grant = GrantForm(
        request.POST if decision == "grant" else None,
        initial={"ground": referral.ground_id},
        spells_hidden=bool(mentions),
    )
    refuse = RefuseForm(request.POST if decision == "refuse" else None)
    done = (decision == "grant" and _released(request, referral, grant)) or (
        decision == "refuse" and _declined(request, referral, refuse)
    )
    if done:
        return HttpResponseRedirect(referral.get_absolute_url())
    context = {
        **outgoing_context(request, referral),
        "form": refuse if decision == "refuse" else grant,
        "grant_form": grant,
        "refuse_form": refuse,
        "mentions": mentions,
    }
    return TemplateResponse(request, "referrals/outgoing_decide.html", context)


@client_page(kind=ReadKind.PAPER)
def preview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The paper as it would go out; nothing is kept."""
    referral = find_outgoing(request, pk)
    rendered = preview_paper(template=LETTER, paper=outgoing_paper(referral))
    return serve_pdf(rendered.pdf, name="draft.pdf")


@client_page
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """When it left, and how."""
    referral = find_outgoing(request, pk)
    initial = {"reply_due_on": referral.reply_due_on}
    form = kept_form(SendOutgoingForm, request, f"outgoing-send:{referral.pk}", initial=initial)

    def carry_out(said: dict[str, Any]) -> OutgoingReferral:
        return send_outgoing(
            referral,
            how=said["sent_how"],
            on=said["sent_on"],
            reply_due_on=said["reply_due_on"],
            actor=request.user,
        )

    allowed = may.can_send_outgoing(request.user, referral)
    return _step(request, referral, form, allowed, carry_out, _("The referral has been sent"))


@client_page
def reply(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What came back, and what came of it."""
    referral = find_outgoing(request, pk)
    form = kept_form(ReplyForm, request, f"outgoing-reply:{referral.pk}")

    def carry_out(said: dict[str, Any]) -> OutgoingReferral:
        return note_reply(
            referral,
            on=said["replied_on"],
            result=said["result"],
            text=said["reply_text"],
            number=said["reply_number"],
            scans=form.kept,
            actor=request.user,
        )

    allowed = may.can_note_reply(request.user, referral)
    return _step(request, referral, form, allowed, carry_out, _("The reply"))


@client_page
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End it without a reply."""
    referral = find_outgoing(request, pk)
    form = kept_form(
        ReasonForm,
        request,
        f"outgoing-close:{referral.pk}",
        label=_("Why it ends without a reply"),
        save=_("End it"),
        cancel_url=referral.get_absolute_url(),
    )

    def carry_out(said: dict[str, Any]) -> OutgoingReferral:
        return close_outgoing(referral, reason=said["reason"], actor=request.user)

    allowed = may.can_close_outgoing(request.user, referral)
    return _step(request, referral, form, allowed, carry_out, _("End without a reply"))


def _step(
    request: HttpRequest,
    referral: OutgoingReferral,
    form: Any,
    allowed: bool,
    action: Callable[[dict[str, Any]], OutgoingReferral],
    heading: str,
) -> HttpResponse:
    """The page of one step. An old page of somebody who handles it is let through, so that the service says what has changed."""
    if not allowed:
        _allow(may.handles(request.user, referral))
        if request.method != "POST":
            return HttpResponseRedirect(referral.get_absolute_url())
    form.cancel_url = referral.get_absolute_url()
    is_sound = request.method == "POST" and form.is_valid()
    if isinstance(form, ReplyForm):
        form.keep_files(request.user)
    if is_sound:
        answer = save_once(request, form, lambda: action(form.cleaned_data).get_absolute_url())
        if answer:
            return answer
    context = {"form": form, "heading": heading, "whose": referral}
    return TemplateResponse(request, "casework/record_form.html", context)


def _released(request: HttpRequest, referral: OutgoingReferral, form: GrantForm) -> bool:
    if not form.is_valid() or not is_confirmed(request, form):
        return False
    said = form.cleaned_data
    return carried_out(
        form,
        lambda: release_outgoing(
            referral,
            ground=said["ground"],
            reason=said["reason"],
            hidden_facts_reason=said.get("hidden_facts_reason", ""),
            actor=request.user,
        ),
    )


def _declined(request: HttpRequest, referral: OutgoingReferral, form: RefuseForm) -> bool:
    if not form.is_valid():
        return False
    reason = form.cleaned_data["refusal"]
    return carried_out(form, lambda: decline_outgoing(referral, reason=reason, actor=request.user))


def _allow(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
