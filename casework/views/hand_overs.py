"""A case goes to a colleague: the offer, its answer, and for heads the cases of those who leave."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page, note_read

from .. import keeping_permissions as may
from ..forms.keeping import AnswerHandOverForm, OfferHandOverForm
from ..leaving import leaving_in
from ..models import HandOver
from ..services import handing_over as services
from ..services.cases import shut_out, workers_with_load
from ..tables.keeping import STATES
from .cases_steps import opened_case, refuse_unless, step_page
from .keeping_steps import done


@client_page
def offer_hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand the case to a colleague of the office with what they must know."""
    case = opened_case(request, pk)
    refuse_unless(may.can_offer_hand_over(request.user, case))
    workers = workers_with_load(case.office, besides=[*shut_out(case), case.responsible])
    form = kept_form(OfferHandOverForm, request, f"hand-over:{pk}", workers=workers)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            made = services.offer_hand_over(case, said["to"], said["summary"], actor=request.user)
            return made.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return step_page(
        request,
        case,
        _("Hand the case over"),
        form,
        about=_("You answer for the case until the colleague accepts it, or the head assigns it."),
        save=_("Hand over"),
    )


@client_page
def show_hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The summary, and for the colleague the answer."""
    hand_over = find_hand_over(request, pk)
    context = {
        "hand_over": hand_over,
        "case": hand_over.case,
        "form": None,
        "state_kind": STATES[hand_over.status],
        "can_withdraw": may.can_withdraw_hand_over(request.user, hand_over),
    }
    if not may.can_answer_hand_over(request.user, hand_over):
        return TemplateResponse(request, "casework/hand_over.html", context)
    form = kept_form(AnswerHandOverForm, request, f"hand-over-answer:{pk}")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            if form.says_yes:
                services.accept_hand_over(hand_over, actor=request.user)
                return str(hand_over.case.get_absolute_url())
            reason = form.cleaned_data["reason"]
            services.refuse_hand_over(hand_over, reason, actor=request.user)
            return "/"

        if answer := save_once(request, form, act):
            return answer
    return TemplateResponse(request, "casework/hand_over.html", {**context, "form": form})


@client_page
@require_POST
def withdraw_hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    hand_over = find_hand_over(request, pk)
    refuse_unless(may.can_withdraw_hand_over(request.user, hand_over))
    return done(
        request,
        lambda: services.withdraw_hand_over(hand_over, actor=request.user),
        hand_over.case.get_absolute_url(),
    )


@client_page(kind=ReadKind.LIST)
def leaving(request: HttpRequest) -> HttpResponse:
    """Who leaves, or has left, with the cases that they still answer for."""
    if not may.can_see_leaving(request.user):
        raise PermissionDenied
    people = leaving_in(request.user)
    note_read(request, *[case for person in people for case in person.cases])
    return TemplateResponse(request, "casework/leaving.html", {"people": people})


def find_hand_over(request: HttpRequest, pk: UUID) -> HandOver:
    rows = HandOver.objects.visible_to(request.user).select_related(
        "case__office", "giver", "to", "offered_by", "decided_by"
    )
    hand_over: HandOver = get_object_or_404(rows, pk=pk)
    note_read(request, hand_over.case)
    return hand_over
