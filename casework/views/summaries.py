"""A case's summary for the court or the Commission: asked for, looked at as it would be printed, decided."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page, note_read
from papers.attachments import serve_paper, serve_pdf
from papers.services import preview_paper

from .. import summary_permissions as may
from ..conclusion_page import paired_sections
from ..enums import ReleaseStatus
from ..forms.releases import GrantForm, RefuseForm
from ..forms.summaries import SummaryForm
from ..models import CaseSummary
from ..release_register import STATE_KINDS
from ..services.summaries import ask_summary, grant_summary, hidden_in, refuse_summary
from ..summary_paper import TEMPLATE, summary_paper
from .cases import case_strip, find_case
from .conclusion_signing import carried_out, is_confirmed


@client_page
def ask(request: HttpRequest, case: str) -> HttpResponse:
    """Choose what goes to whom."""
    found = find_case(request, case)
    note_read(request, found)
    if not may.can_ask_summary(request.user, found):
        raise PermissionDenied
    form = kept_form(
        SummaryForm,
        request,
        f"summary-ask:{found.pk}",
        initial={"sections": ["children", "family", "beginning"]},
        cancel_url=f"{found.get_absolute_url()}releases/",
    )

    def carry_out() -> str:
        return ask_summary(found, form.facts, actor=request.user).get_absolute_url()

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        messages.success(request, _("Asked. The head is told to decide."))
        return answer
    context = {**case_strip(request, found, "releases"), "form": form}
    return TemplateResponse(request, "casework/summary_ask.html", context)


@client_page
def show(request: HttpRequest, pk: str) -> HttpResponse:
    """What was asked for and what became of it, with the text as it would be printed now."""
    summary = _find(request, pk)
    return TemplateResponse(request, "casework/summary_page.html", _context(request, summary))


@client_page
def decide(request: HttpRequest, pk: str) -> HttpResponse:
    """The head reads what would go out, then grants it on a legal ground, or refuses it with a reason."""
    summary = _find(request, pk)
    if summary.decided_by_id == request.user.pk:
        return HttpResponseRedirect(summary.get_absolute_url())
    if not may.can_decide_summary(request.user, summary):
        raise PermissionDenied
    decision = request.POST.get("decision", "")
    mentions = hidden_in(summary)
    grant = GrantForm(
        request.POST if decision == "grant" else None,
        initial={"ground": summary.ground_id},
        spells_hidden=bool(mentions),
    )
    refuse = RefuseForm(request.POST if decision == "refuse" else None)
    if (decision == "grant" and _granted(request, summary, grant)) or (
        decision == "refuse" and _refused(request, summary, refuse)
    ):
        return HttpResponseRedirect(summary.get_absolute_url())
    context = {
        **_context(request, summary),
        "form": refuse if decision == "refuse" else grant,
        "grant_form": grant,
        "refuse_form": refuse,
        "mentions": mentions,
    }
    return TemplateResponse(request, "casework/summary_decide.html", context)


@client_page(kind=ReadKind.PAPER)
def paper(request: HttpRequest, pk: str) -> HttpResponse:
    """The paper's bytes as they were fixed; before the decision a draft that says so."""
    summary = _find(request, pk)
    if summary.release is not None and summary.release.paper is not None:
        return serve_paper(summary.release.paper)
    draft = preview_paper(template=TEMPLATE, paper=summary_paper(summary))
    return serve_pdf(draft.pdf, name="draft.pdf")


def _granted(request: HttpRequest, summary: CaseSummary, form: GrantForm) -> bool:
    if not form.is_valid() or not is_confirmed(request, form):
        return False
    sent = form.cleaned_data
    done = carried_out(
        form,
        lambda: grant_summary(
            summary,
            ground=sent["ground"],
            reason=sent["reason"],
            hidden_facts_reason=sent.get("hidden_facts_reason", ""),
            actor=request.user,
        ),
    )
    if done:
        messages.success(request, _("Granted. The paper is issued and stands in the register."))
    return done


def _refused(request: HttpRequest, summary: CaseSummary, form: RefuseForm) -> bool:
    if not form.is_valid():
        return False
    reason = form.cleaned_data["refusal"]
    done = carried_out(form, lambda: refuse_summary(summary, reason=reason, actor=request.user))
    if done:
        messages.success(request, _("Refused; who asked for it is told."))
    return done


def _find(request: HttpRequest, pk: str) -> CaseSummary:
    """The summary with its case, noted as read with the children; 404 where the reader does not work the case."""
    rows = CaseSummary.objects.visible_to(request.user).select_related(
        "recipient", "ground", "requested_by", "decided_by", "release__paper"
    )
    summary: CaseSummary = get_object_or_404(rows.defer("release__paper__pdf"), pk=pk)
    summary.case = find_case(request, summary.case_id)
    note_read(request, summary, summary.case, *[p.person for p in summary.case.child_places.all()])
    return summary


def _context(request: HttpRequest, summary: CaseSummary) -> dict[str, Any]:
    shown = summary_paper(summary) if summary.status != ReleaseStatus.GRANTED else None
    return {
        **case_strip(request, summary.case, "releases"),
        "summary": summary,
        "state_kind": STATE_KINDS[ReleaseStatus(summary.status)],
        "may_decide": may.can_decide_summary(request.user, summary),
        "sections": paired_sections(shown) if shown else [],
    }
