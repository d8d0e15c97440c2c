"""A case goes to another office: the offer, the register, one transfer with its answer."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_tables2 import RequestConfig

from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing

from .. import keeping_permissions as may
from ..forms.keeping import AnswerTransferForm, OfferTransferForm
from ..models import Case, Transfer
from ..models.keeping import CARD_ROLES
from ..services import transfers as services
from ..tables.keeping import STATES, TransferTable
from .cases_steps import opened_case, refuse_unless, step_page
from .keeping_steps import done


@client_page
def offer_transfer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head offers the case to another office, with a reason and what that office must know."""
    case = opened_case(request, pk)
    refuse_unless(may.can_offer_transfer(request.user, case))
    form = kept_form(
        OfferTransferForm, request, f"transfer:{pk}", offices=services.offices_to(case)
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            return services.offer_transfer(
                case,
                said["to_office"],
                reason=said["reason"],
                summary=said["summary"],
                actor=request.user,
            ).get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return step_page(
        request,
        case,
        _("Offer the case to another office"),
        form,
        about=_(
            "Nothing changes until its head accepts. Then the case is theirs under the same number; your office keeps only that it was transferred. Help in progress goes on."
        ),
        save=_("Offer"),
    )


@client_page(kind=ReadKind.LIST)
def transfers(request: HttpRequest) -> HttpResponse:
    """Offers by and to the reader's offices."""
    if not standing(request.user).has(*CARD_ROLES):
        raise PermissionDenied
    rows = Transfer.objects.visible_to(request.user).select_related(
        "case", "from_office", "to_office"
    )
    table = TransferTable(rows)
    RequestConfig(request, paginate={"per_page": 25, "silent": True}).configure(table)
    note_read(request, *[row.record.case for row in table.paginated_rows])
    return TemplateResponse(request, "casework/transfer_list.html", {"table": table})


@client_page
def show_transfer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One transfer: to the head there what is needed to decide; to the earlier office where the case has gone."""
    transfer = find_transfer(request, pk)
    context = _context(request, transfer)
    if not may.can_answer_transfer(request.user, transfer):
        return TemplateResponse(request, "casework/transfer.html", context)
    form = kept_form(
        AnswerTransferForm,
        request,
        f"transfer-answer:{pk}",
        workers=services.workers_to_answer(transfer),
    )
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            said = form.cleaned_data
            if form.says_yes:
                services.accept_transfer(transfer, said["worker"], actor=request.user)
            else:
                services.refuse_transfer(transfer, said["reason"], actor=request.user)
            return transfer.get_absolute_url()

        if answer := save_once(request, form, act):
            return answer
    return TemplateResponse(request, "casework/transfer.html", {**context, "form": form})


@client_page
@require_POST
def withdraw_transfer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The head who offered it takes the offer back."""
    transfer = find_transfer(request, pk)
    refuse_unless(may.can_withdraw_transfer(request.user, transfer))
    return done(
        request,
        lambda: services.withdraw_transfer(transfer, actor=request.user),
        transfer.get_absolute_url(),
    )


def find_transfer(request: HttpRequest, pk: UUID) -> Transfer:
    rows = Transfer.objects.visible_to(request.user).select_related(
        "case__office", "from_office", "to_office", "offered_by", "decided_by",
        "responsible_then", "responsible_next",
    )  # fmt: skip
    transfer: Transfer = get_object_or_404(rows, pk=pk)
    note_read(request, transfer.case)
    return transfer


def _context(request: HttpRequest, transfer: Transfer) -> dict[str, Any]:
    user = request.user
    reads = Transfer.objects.summary_visible_to(user).filter(pk=transfer.pk).exists()
    return {
        "transfer": transfer,
        "case": transfer.case,
        "form": None,
        "reads_summary": reads,
        "shows_names": reads or not transfer.was_restricted,
        "knows_case": Case.objects.visible_to(user).filter(pk=transfer.case_id).exists(),
        "episodes": list(services.episodes_carried(transfer.case)) if reads else [],
        "state_kind": STATES[transfer.status],
        "can_withdraw": may.can_withdraw_transfer(user, transfer),
    }
