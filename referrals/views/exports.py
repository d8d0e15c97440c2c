"""The lists of referrals as spreadsheets, for heads: asked for with a reason, which the read log keeps."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from casework.exports import workbook
from casework.forms.cases import ExportForm
from casework.views.cases_list import EXPORT_TYPE
from core import clock
from offices.enums import Role
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing

from ..models import IncomingReferral, OutgoingReferral
from ..permissions import can_export_referrals
from ..uptake import Taken, applications_of


@client_page(kind=ReadKind.EXPORT)
def export_incoming(request: HttpRequest) -> HttpResponse:
    """The journal of incoming referrals of the offices that the reader heads, oldest first."""

    def sheet() -> tuple[list[str], list[list[str]], list[Any]]:
        led = standing(request.user).offices(Role.HEAD)
        rows = list(
            IncomingReferral.objects.visible_to(request.user)
            .filter(office_id__in=led)
            .select_related("organisation", "case", "registered_by")
            .prefetch_related("people")
            .order_by("registered_at", "pk")
        )
        taken = applications_of(request.user, rows)
        heads = [
            _("Number"), _("Received on"), _("Who referred"), _("Their number"), _("Their date"),
            _("Signed by"), _("Whom it names"), _("What became of it"), _("Registered"),
        ]  # fmt: skip
        return heads, [_incoming_row(r, taken.get(r.pk)) for r in rows], rows

    return _export(request, _("Incoming referrals"), "referrals:incoming", "incoming", sheet)


@client_page(kind=ReadKind.EXPORT)
def export_outgoing(request: HttpRequest) -> HttpResponse:
    """The outgoing referrals of the offices that the reader heads, oldest first."""

    def sheet() -> tuple[list[str], list[list[str]], list[Any]]:
        led = standing(request.user).offices(Role.HEAD)
        rows = list(
            OutgoingReferral.objects.visible_to(request.user)
            .filter(case__office_id__in=led)
            .select_related("organisation", "case", "ground", "requested_by")
            .prefetch_related("people")
            .order_by("requested_at", "pk")
        )
        heads = [
            _("Number"), _("Case"), _("About whom"), _("To whom"), _("Legal ground"), _("State"),
            _("Asked"), _("Who asked"), _("Sent on"), _("Reply due on"), _("Reply came on"), _("Result"),
        ]  # fmt: skip
        return heads, [_outgoing_row(r) for r in rows], rows

    return _export(request, _("Outgoing referrals"), "referrals:outgoing", "outgoing", sheet)


def _incoming_row(referral: IncomingReferral, taken: Taken | None) -> list[Any]:
    if referral.case:
        became = referral.case.number
    elif taken:
        became = f"{taken.words} {taken.number}"
    else:
        became = referral.settled_reason
    return [
        referral.number,
        referral.received_on,
        referral.sender,
        referral.document_number,
        referral.document_on,
        referral.signatory,
        ", ".join(p.full_name for p in referral.people.all() if p.full_name),
        became,
        referral.registered_by.full_name,
    ]


def _outgoing_row(referral: OutgoingReferral) -> list[Any]:
    return [
        referral.number,
        referral.case.number,
        ", ".join(person.full_name for person in referral.people.all()),
        referral.to_whom,
        str(referral.ground),
        str(referral.get_status_display()),
        referral.requested_at,
        referral.requested_by.full_name,
        referral.sent_on,
        referral.reply_due_on,
        referral.replied_on,
        str(referral.get_result_display()),
    ]


def _export(
    request: HttpRequest,
    title: str,
    back: str,
    name: str,
    sheet: Callable[[], tuple[list[str], list[list[str]], list[Any]]],
) -> HttpResponse:
    if not can_export_referrals(request.user):
        raise PermissionDenied
    form = ExportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        heads, rows, records = sheet()
        cases = [record.case for record in records if record.case]
        note_read(request, *records, *cases, reason=form.cleaned_data["reason"])
        answer = HttpResponse(workbook(title, heads, rows), content_type=EXPORT_TYPE)
        file_name = f"referrals-{name}-{clock.today():%Y-%m-%d}.xlsx"
        answer.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
        return answer
    context = {"form": form, "title": title, "back": reverse(back)}
    return TemplateResponse(request, "referrals/export.html", context)
