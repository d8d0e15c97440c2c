"""The statement of accompaniment: read and signed, countersigned, returned, its paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import clock
from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page, note_read
from papers.attachments import serve_paper, serve_pdf
from papers.check_codes import printed
from papers.services import preview_paper

from .. import accompaniment_permissions as may
from ..accompaniment_enums import StatementStatus
from ..forms.conclusions import PasswordForm, ReturningForm
from ..forms.statements import StatementForm
from ..models import Episode, Statement
from ..services import statements as services
from ..services.episode_results import has_result, missing_result
from ..statement_papers import TEMPLATE, from_snapshot, statement_paper
from .conclusion_signing import carried_out, is_confirmed
from .episodes import episode_step, find_episode


@client_page
@episode_step(may.can_sign_statement)
def sign(request: HttpRequest, episode: Episode) -> HttpResponse:
    """All that the paper will say, then the password."""
    form = StatementForm(
        request.POST or None, initial={"seen": services.statement_digest(episode, request.user)}
    )
    if request.method == "POST" and form.is_valid() and is_confirmed(request, form):
        made: list[Statement] = []
        seen = form.cleaned_data["seen"]
        if carried_out(
            form,
            lambda: made.append(services.sign_statement(episode, seen=seen, actor=request.user)),
        ):
            messages.success(request, _("Signed. The head of the office is told to countersign."))
            return HttpResponseRedirect(made[0].get_absolute_url())
    waits = episode.statements.filter(status=StatementStatus.SIGNED).first()
    context = {
        **_context(request, episode),
        "form": form,
        "texts": statement_paper(episode, request.user, on=clock.today()).texts,
        "missing": "" if has_result(episode) else missing_result(episode.kind),
        "waits": waits,
    }
    return TemplateResponse(request, "casework/statement_sign.html", context)


@require_safe
@client_page(kind=ReadKind.PAPER)
@episode_step(may.can_sign_statement)
def preview(request: HttpRequest, episode: Episode) -> HttpResponse:
    """The statement as it would look today; nothing is kept."""
    paper = statement_paper(episode, request.user, on=clock.today())
    rendered = preview_paper(template=TEMPLATE, paper=paper)
    return serve_pdf(rendered.pdf, name="preview.pdf")


@require_safe
@client_page
def show(request: HttpRequest, pk: str) -> HttpResponse:
    statement = find_statement(request, pk)
    return TemplateResponse(
        request, "casework/statement_page.html", _statement_context(request, statement)
    )


@client_page
def countersign(request: HttpRequest, pk: str) -> HttpResponse:
    """The head reads, then signs with the password: the paper is issued."""
    statement = find_statement(request, pk)
    if statement.countersigned_by_id == request.user.pk:
        return HttpResponseRedirect(statement.get_absolute_url())
    if not may.can_countersign_statement(request.user, statement):
        raise PermissionDenied
    form = PasswordForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and is_confirmed(request, form)
        and carried_out(form, lambda: services.countersign_statement(statement, actor=request.user))
    ):
        messages.success(request, _("Countersigned. The paper is issued and fixed."))
        return HttpResponseRedirect(statement.get_absolute_url())
    context = {**_statement_context(request, statement), "form": form}
    return TemplateResponse(request, "casework/statement_countersign.html", context)


@client_page
def send_back(request: HttpRequest, pk: str) -> HttpResponse:
    """The head's remarks, or the author's own reason to take it back."""
    statement = find_statement(request, pk)
    if not may.can_return_statement(request.user, statement):
        raise PermissionDenied
    back = statement.get_absolute_url()
    form = kept_form(ReturningForm, request, f"statement-return:{pk}", cancel_url=back)

    def carry_out() -> str:
        reason = form.cleaned_data["reason"]
        services.return_statement(statement, reason=reason, actor=request.user)
        return back

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        return answer
    context = {
        **_context(request, statement.episode), "form": form, "title": _("Return the statement"),
    }  # fmt: skip
    return TemplateResponse(request, "casework/help_form.html", context)


@require_safe
@client_page(kind=ReadKind.PAPER)
def open_paper(request: HttpRequest, pk: str) -> HttpResponse:
    """The issued paper's bytes, as they were fixed."""
    statement = find_statement(request, pk)
    if statement.paper is None:
        raise Http404
    return serve_paper(statement.paper)


def find_statement(request: HttpRequest, pk: str) -> Statement:
    """The statement with its episode, noted as read; 404 where the reader may not know of it."""
    rows = Statement.objects.visible_to(request.user).select_related("author", "paper")
    statement: Statement = get_object_or_404(rows, pk=pk)
    statement.episode = find_episode(request, str(statement.episode_id))
    note_read(request, statement)
    return statement


def _context(request: HttpRequest, episode: Episode) -> dict[str, Any]:
    """The strip without dangers and content: the head of the specialist's office reads the statement alone."""
    return {"episode": episode, "case": episode.case, "person": episode.person, "alerts": []}


def _statement_context(request: HttpRequest, statement: Statement) -> dict[str, Any]:
    user = request.user
    return {
        **_context(request, statement.episode),
        "statement": statement,
        "texts": from_snapshot(statement.snapshot).texts,
        "check_code": printed(statement.paper.check_code) if statement.paper else "",
        "may_countersign": may.can_countersign_statement(user, statement),
        "may_return": may.can_return_statement(user, statement),
    }
