"""Incoming referrals: the list, one of them, its files."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django_tables2 import RequestConfig

from casework.conflict_desk import ConflictDesk
from casework.permissions import can_read_case
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import people_in, standing
from papers.attachment_desk import FileDesk

from .. import permissions as may
from ..models import Feedback, IncomingFile, IncomingReferral
from ..models.incoming import KEEPING_ROLES
from ..sections import section_tabs
from ..services.conflicts import declare_referral_conflict, end_referral_conflict
from ..tables.referrals import IncomingTable
from ..uptake import applications_of, begin_url, taken_up

STATES = {"asked": "soon", "granted": "mine", "sent": "in-time", "declined": "sealed"}


@client_page(kind=ReadKind.LIST)
def list_incoming(request: HttpRequest) -> HttpResponse:
    """What came in to the own office, those without an application standing out."""
    if not standing(request.user).has(*KEEPING_ROLES):
        raise PermissionDenied
    view = request.GET.get("view", "")
    visible = IncomingReferral.objects.visible_to(request.user)
    rows = (
        {"new": visible.unsettled(), "settled": visible.filter(settled_at__isnull=False)}.get(
            view, visible
        )
        .select_related("organisation", "case")
        .prefetch_related("people")
    )
    # The table asks for the applications of the rows that it shows; which they are is known after paging.
    table = IncomingTable(rows, taken={})
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    shown = [row.record for row in table.paginated_rows]
    table.taken = applications_of(request.user, shown)
    note_read(request, *shown, *(r.case for r in shown if r.case))
    context = {
        "table": table,
        "tabs": section_tabs(request.user, "referrals:incoming"),
        "chips": _chips(visible, view),
        "can_export": may.can_export_referrals(request.user),
    }
    return TemplateResponse(request, "referrals/incoming_list.html", context)


def _chips(visible: Any, view: str) -> list[dict[str, Any]]:
    """The headings with their counts: one query."""
    open_ones = Q(case=None, settled_at=None) & ~taken_up()
    counts = visible.aggregate(
        all=Count("pk"),
        new=Count("pk", filter=open_ones),
        settled=Count("pk", filter=Q(settled_at__isnull=False)),
    )
    words = {
        "": pgettext("referrals", "All"),
        "new": _("Without an application"),
        "settled": _("No application needed"),
    }
    base = reverse("referrals:incoming")
    current = view if view in words else ""
    return [
        {
            "url": f"{base}?view={code}" if code else base,
            "label": label,
            "count": counts[code or "all"],
            "is_current": code == current,
        }
        for code, label in words.items()
    ]


@client_page
def show_referral(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One incoming referral: what the paper says, whom it names, what became of it, what whoever referred was told."""
    referral = find_incoming(request, pk)
    return TemplateResponse(
        request, "referrals/incoming_page.html", incoming_context(request, referral)
    )


def find_incoming(request: HttpRequest, pk: UUID) -> IncomingReferral:
    """The referral with what its pages show, noted as read; 404 where the reader may not know of it."""
    answers = Feedback.objects.select_related("requested_by", "decided_by", "ground")
    rows = (
        IncomingReferral.objects.visible_to(request.user)
        .select_related("office", "organisation", "case", "registered_by", "settled_by")
        .prefetch_related("people__school", Prefetch("feedback", answers))
    )
    referral: IncomingReferral = get_object_or_404(rows, pk=pk)
    note_read(request, referral, *([referral.case] if referral.case else []))
    return referral


def incoming_context(request: HttpRequest, referral: IncomingReferral) -> dict[str, Any]:
    """What the pages of an incoming referral are given."""
    user = request.user
    taken = applications_of(user, [referral]).get(referral.pk)
    answers = list(referral.feedback.all())
    for answer in answers:
        answer.referral = referral
    people = list(referral.people.all())
    return {
        "referral": referral,
        "children": [p for p in people if p.is_child],
        "adults": [p for p in people if not p.is_child],
        "taken": taken,
        "reads_case": bool(referral.case) and can_read_case(user, referral.case),
        "begin_url": "" if taken or referral.case else begin_url(user, referral),
        "stands_out": not (taken or referral.case_id or referral.settled_at),
        "answers": [
            {
                "answer": answer,
                "look": STATES.get(answer.status, ""),
                "decide": may.can_decide_feedback(user, answer),
                "send": may.can_send_feedback(user, answer),
            }
            for answer in answers
        ],
        "files": INCOMING_FILES.listed(request, referral),
        "may": {
            "correct": may.can_correct_referral(user, referral),
            "settle": may.can_settle_referral(user, referral) and not taken,
            "reopen": referral.settled_at is not None and may.can_correct_referral(user, referral),
            "answer": may.can_ask_feedback(user, referral)
            and not any(answer.status == "asked" for answer in answers),
        },
    }


INCOMING_FILES = FileDesk(
    files=IncomingFile,
    name="incoming",
    namespace="referrals",
    find=find_incoming,
    may_add=may.can_correct_referral,
    may_unseal=may.leads,
)


def _who_may_be_named(referral: IncomingReferral) -> set[UUID]:
    return {person.pk for person in people_in(referral.office_id, *KEEPING_ROLES)}


CONFLICTS = ConflictDesk(
    name="referral",
    namespace="referrals",
    find=find_incoming,
    frame="referrals/incoming_base.html",
    context=lambda request, referral: {"referral": referral, "reads_case": False},
    may_declare=may.keeps,
    leads=may.leads,
    workers=_who_may_be_named,
    declare=declare_referral_conflict,
    end=end_referral_conflict,
    way_out="referrals:incoming",
    about=gettext_lazy(
        "Whoever is shut out sees nothing of the referral, nor of what comes of it, heads included."
    ),
)
