"""Outgoing referrals: the list, one of them, asking for one, its paper and files."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django_tables2 import RequestConfig

from casework.hidden import hidden_facts_of, mentioned_in
from casework.models import Case, Episode
from casework.permissions import can_read_case
from casework.release_permissions import ASKING_ROLES
from core import clock
from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing
from papers.attachment_desk import FileDesk
from papers.attachments import serve_paper

from .. import permissions as may
from ..enums import OutgoingStatus
from ..forms.outgoing import AskOutgoingForm
from ..models import OutgoingFile, OutgoingReferral
from ..reply_terms import working_days_left
from ..sections import section_tabs
from ..services.outgoing import ask_outgoing
from ..steps import steps_of
from ..tables.referrals import STATE_KINDS, OutgoingTable

TEXTS = ("purpose_ky", "purpose_ru", "shared_ky", "shared_ru", "recipient_text")


@client_page(kind=ReadKind.LIST)
def list_outgoing(request: HttpRequest) -> HttpResponse:
    """What goes out of the cases that the reader works on."""
    if not standing(request.user).has(*ASKING_ROLES):
        raise PermissionDenied
    today = clock.today()
    view = request.GET.get("view", "")
    visible = OutgoingReferral.objects.visible_to(request.user)
    headings = _headings(today)
    condition = (headings.get(view) or headings[""])[1]
    rows = visible.filter(condition).select_related("case", "organisation")
    table = OutgoingTable(rows.prefetch_related("people"), today=today)
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    shown = [row.record for row in table.paginated_rows]
    note_read(request, *shown, *(r.case for r in shown))
    context = {
        "table": table,
        "tabs": section_tabs(request.user, "referrals:outgoing"),
        "chips": _chips(visible, headings, view),
        "can_export": may.can_export_referrals(request.user),
    }
    return TemplateResponse(request, "referrals/outgoing_list.html", context)


def _headings(today: Any) -> dict[str, tuple[str, Q]]:
    sent = Q(status=OutgoingStatus.SENT)
    return {
        "": (pgettext("referrals", "All"), Q()),
        "asked": (_("Waiting for the head"), Q(status=OutgoingStatus.ASKED)),
        "released": (_("To send"), Q(status=OutgoingStatus.RELEASED)),
        "sent": (_("Reply awaited"), sent),
        "overdue": (_("Reply overdue"), sent & Q(reply_due_on__lt=today)),
        "replied": (pgettext("referrals", "Replied"), Q(status=OutgoingStatus.REPLIED)),
    }


def _chips(visible: Any, headings: dict[str, tuple[str, Q]], view: str) -> list[dict[str, Any]]:
    """The headings with their counts: one query."""
    counts = visible.aggregate(
        **{code or "all": Count("pk", filter=q or None) for code, (_words, q) in headings.items()}
    )
    base = reverse("referrals:outgoing")
    current = view if view in headings else ""
    return [
        {
            "url": f"{base}?view={code}" if code else base,
            "label": words,
            "count": counts[code or "all"],
            "is_current": code == current,
        }
        for code, (words, _q) in headings.items()
    ]


@client_page
def show_outgoing(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One outgoing referral: what goes out, on what ground, what came back."""
    referral = find_outgoing(request, pk)
    return TemplateResponse(
        request, "referrals/outgoing_page.html", outgoing_context(request, referral)
    )


@client_page
def ask(request: HttpRequest, case_pk: UUID) -> HttpResponse:
    """Ask the head to let a referral of somebody of the case go out; ``?episode=`` says from which help."""
    case = get_object_or_404(Case.objects.visible_to(request.user), pk=case_pk)
    if not may.can_ask_outgoing(request.user, case):
        raise PermissionDenied
    note_read(request, case)
    episode = _episode(request, case)
    key = f"outgoing:{case.pk}" + (f":{episode.pk}" if episode else "")
    initial = {"people": [episode.person_id]} if episode else {}
    form = kept_form(AskOutgoingForm, request, key, case=case, initial=initial)
    form.cancel_url = case.get_absolute_url()

    def carry_out() -> str:
        asked = ask_outgoing(case, form.facts(), episode=episode, actor=request.user)
        return asked.get_absolute_url()

    if request.method == "POST" and form.is_valid():
        _warn_of_hidden(form, case)
        if form.is_valid() and (answer := save_once(request, form, carry_out)):
            return answer
    context = {"form": form, "case": case}
    return TemplateResponse(request, "referrals/outgoing_ask.html", context)


def _episode(request: HttpRequest, case: Case) -> Episode | None:
    wanted = request.GET.get("episode", "")
    try:
        pk = UUID(wanted)
    except ValueError:
        return None
    return Episode.objects.visible_to(request.user).filter(case=case, pk=pk).first()


def _warn_of_hidden(form: AskOutgoingForm, case: Case) -> None:
    """Who writes takes a hidden fact out; only the head can let one go out all the same."""
    for name in TEXTS:
        if mentioned_in([form.cleaned_data.get(name) or ""], hidden_facts_of(case)):
            form.add_error(
                name,
                _("Here stands an address or a phone that is hidden from somebody. Take it out."),
            )


@client_page(kind=ReadKind.PAPER)
def open_paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The referral's bytes, as they were fixed."""
    referral = find_outgoing(request, pk)
    if referral.paper is None:
        raise Http404
    return serve_paper(referral.paper)


def find_outgoing(request: HttpRequest, pk: UUID) -> OutgoingReferral:
    """The referral with what its pages show, noted as read; 404 where the reader may not know of it."""
    rows = (
        OutgoingReferral.objects.visible_to(request.user)
        .select_related(
            "case__office", "case__responsible", "organisation", "ground", "consent__given_by",
            "episode", "requested_by", "decided_by", "sent_by", "reply_by",
        )
        .prefetch_related("people")
    )  # fmt: skip
    referral: OutgoingReferral = get_object_or_404(rows, pk=pk)
    note_read(request, referral, referral.case, *referral.people.all())
    return referral


def outgoing_context(request: HttpRequest, referral: OutgoingReferral) -> dict[str, Any]:
    """What the pages of an outgoing referral are given."""
    user, today = request.user, clock.today()
    due = referral.reply_due_on
    awaited = referral.status == OutgoingStatus.SENT and due is not None
    return {
        "referral": referral,
        "case": referral.case,
        "people": list(referral.people.all()),
        "look": STATE_KINDS[OutgoingStatus(referral.status)],
        "reads_case": can_read_case(user, referral.case),
        "days_left": working_days_left(due, today) if awaited and due else None,
        "steps": steps_of(referral),
        "files": OUTGOING_FILES.listed(request, referral),
        "may": {
            "decide": may.can_decide_outgoing(user, referral),
            "send": may.can_send_outgoing(user, referral),
            "reply": may.can_note_reply(user, referral),
            "close": may.can_close_outgoing(user, referral),
        },
    }


OUTGOING_FILES = FileDesk(
    files=OutgoingFile,
    name="outgoing",
    namespace="referrals",
    find=find_outgoing,
    may_add=may.can_add_outgoing_file,
    may_unseal=may.leads_outgoing,
)
