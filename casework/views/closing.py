"""How a case ends: the request, the head's decision with its statement, follow-ups, reopening."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page, note_read
from papers.attachments import serve_paper

from .. import keeping_permissions as may
from ..forms.closing import AskClosingForm, DecideClosingForm, FollowUpForm, ReopenForm
from ..hindrances import hindrances_of
from ..keeping_enums import ClosingStatus
from ..models import Closing, FollowUp, KeepingRule
from ..services import closing as services
from ..services.cases import shut_out, workers_with_load
from .cases import case_strip, find_case
from .cases_steps import opened_case, refuse_unless, step_page
from .keeping_steps import done

STATE_KINDS = {
    ClosingStatus.ASKED: "soon",
    ClosingStatus.APPROVED: "in-time",
    ClosingStatus.RETURNED: "late",
    ClosingStatus.WITHDRAWN: "calm",
}


@client_page
def ask_closing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What is still open stands first, with where to settle it; only then the request."""
    case = opened_case(request, pk)
    refuse_unless(may.can_ask_closing(request.user, case))
    open_still = hindrances_of(case)
    form = kept_form(
        AskClosingForm,
        request,
        f"closing:{pk}",
        workers=workers_with_load(case.office, besides=shut_out(case)),
        months=KeepingRule.months_of(case.office),
        initial={"follower": case.responsible_id, "risk_now": case.risk_level},
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            made = services.ask_closing(case, form.ending(), actor=request.user)
            return made.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return step_page(
        request,
        case,
        _("Close the case"),
        form,
        about=_(
            "The head decides. The case is closed under its number, and can be opened again under the same one."
        ),
        save=_("Ask the head"),
        hindrances=open_still,
        template="casework/closing_ask.html",
    )


@client_page
def show_closing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One request: what it says, and for the head the decision."""
    closing = find_closing(request, pk)
    case = find_case(request, closing.case_id)
    context: dict[str, Any] = {
        **case_strip(request, case),
        "closing": closing,
        "form": None,
        "state_kind": STATE_KINDS[ClosingStatus(closing.status)],
        "follow_ups": list(closing.follow_ups.select_related("made_by")),
        "can_withdraw": may.can_withdraw_closing(request.user, closing),
        "hindrances": hindrances_of(case) if closing.status == ClosingStatus.ASKED else [],
    }
    if not may.can_decide_closing(request.user, closing):
        return TemplateResponse(request, "casework/closing.html", context)
    form = kept_form(DecideClosingForm, request, f"closing-decide:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            if form.says_yes:
                services.approve_closing(closing, actor=request.user)
            else:
                reason = form.cleaned_data["reason"]
                services.return_closing(closing, reason, actor=request.user)
            return closing.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return TemplateResponse(request, "casework/closing.html", {**context, "form": form})


@client_page
@require_POST
def withdraw_closing(request: HttpRequest, pk: UUID) -> HttpResponse:
    closing = find_closing(request, pk)
    refuse_unless(may.can_withdraw_closing(request.user, closing))
    return done(
        request,
        lambda: services.withdraw_closing(closing, actor=request.user),
        closing.case.get_absolute_url(),
    )


@client_page(kind=ReadKind.PAPER)
def show_statement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The closing statement's bytes, as they were fixed."""
    closing = find_closing(request, pk)
    if closing.paper is None:
        raise Http404
    return serve_paper(closing.paper)


@client_page
def follow_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A look at the family after the closing: written down by whoever follows up, then readable."""
    rows = FollowUp.objects.visible_to(request.user).select_related("case", "made_by", "closing")
    found: FollowUp = get_object_or_404(rows, pk=pk)
    case = opened_case(request, found.case_id)
    if not may.can_record_follow_up(request.user, found):
        context = {**case_strip(request, case), "follow_up": found}
        context["can_reopen"] = may.can_reopen_case(request.user, case)
        return TemplateResponse(request, "casework/follow_up.html", context)
    form = kept_form(FollowUpForm, request, f"follow-up:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            return services.record_follow_up(
                found,
                made_on=said["made_on"],
                found=said["found"],
                text=said["text"],
                actor=request.user,
            ).get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return step_page(
        request,
        case,
        _("Follow-up after the closing"),
        form,
        about=_("Where it is bad again, the head is told at once and can open the case again."),
        save=_("Save"),
    )


@client_page
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head opens a closed case again, with a reason and who answers for it."""
    case = opened_case(request, pk)
    refuse_unless(may.can_reopen_case(request.user, case))
    form = kept_form(
        ReopenForm,
        request,
        f"reopen:{pk}",
        workers=workers_with_load(case.office, besides=shut_out(case)),
        initial={"worker": case.responsible_id},
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            made = services.reopen_case(case, said["reason"], said["worker"], actor=request.user)
            return str(made.case.get_absolute_url())

        if answer := save_once(request, form, act):
            return answer
    return step_page(
        request,
        case,
        _("Open the case again"),
        form,
        about=_("It keeps its number. Follow-ups that were still to be made fall away."),
        save=_("Open again"),
    )


def find_closing(request: HttpRequest, pk: UUID) -> Closing:
    rows = (
        Closing.objects.visible_to(request.user)
        .select_related("case__office", "reason", "asked_by", "decided_by", "follower", "paper")
        .defer("paper__pdf")
    )
    closing: Closing = get_object_or_404(rows, pk=pk)
    note_read(request, closing.case)
    return closing
