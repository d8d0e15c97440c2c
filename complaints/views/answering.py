"""The answer: written, previewed, approved, sent back, signed with the password, sent."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casework.views.conclusion_signing import carried_out, is_confirmed
from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page
from papers.attachments import serve_pdf
from papers.services import preview_paper

from .. import permissions as may
from ..complaint_page import strip_of
from ..enums import AnswerStatus
from ..forms.answers import AnswerForm, SignatureForm
from ..forms.steps import RemarkForm, SendForm
from ..models import Answer
from ..papers import ANSWER, answer_paper, from_snapshot
from ..services import answers as services
from .steps import find_complaint, press, refuse_unless, take_step


@client_page
def write(request: HttpRequest, pk: str) -> HttpResponse:
    """The text in both languages, kept as it is typed; finished, it goes to the leadership."""
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_consider_complaint(request.user, complaint))
    answer = may.answer_of(complaint)
    begun = {name: getattr(answer, name, "") for name in ("text_ky", "text_ru", "text_other")}
    begun["is_finished"] = bool(answer and answer.submitted_at)
    form = kept_form(
        AnswerForm,
        request,
        f"complaint-answer:{pk}",
        record=answer,
        complaint=complaint,
        initial=begun,
    )

    def carry_out() -> str:
        said = form.cleaned_data
        services.write_answer(
            complaint,
            text_ky=said["text_ky"],
            text_ru=said["text_ru"],
            text_other=said.get("text_other", ""),
            seen=said["record_version"],
            is_finished=said["is_finished"],
            actor=request.user,
        )
        return complaint.get_absolute_url()

    sent = request.method == "POST" and form.is_valid()
    if sent and (done := save_once(request, form, carry_out)):
        messages.success(request, _("Saved"))
        return done
    context = {
        **strip_of(complaint),
        "form": form,
        "answer": answer,
        "points": complaint.points.all(),
        "heading": _("Answer to a complaint"),
    }
    return TemplateResponse(request, "complaints/write.html", context)


@client_page(kind=ReadKind.PAPER)
def preview(request: HttpRequest, pk: str) -> HttpResponse:
    """The letter as it would look, marked as a draft; never kept."""
    answer = may.answer_of(find_complaint(request, pk))
    if answer is None or answer.status == AnswerStatus.SENT:
        raise Http404
    paper = from_snapshot(answer.snapshot) if answer.snapshot else answer_paper(answer)
    return serve_pdf(preview_paper(template=ANSWER, paper=paper).pdf, name="draft.pdf")


@client_page
@require_POST
def approve(request: HttpRequest, pk: str) -> HttpResponse:
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_approve_answer(request.user, complaint))
    act = partial(services.approve_answer, complaint, actor=request.user)
    return press(request, complaint, act, _("Approved. It waits for the signature."))


@client_page
def send_back(request: HttpRequest, pk: str) -> HttpResponse:
    """Back to be mended, as long as it has not gone."""
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_return_answer(request.user, complaint))
    return take_step(
        request,
        complaint,
        RemarkForm,
        "send-back",
        lambda form: services.return_answer(complaint, **form.said, actor=request.user),
        _("Send back to be mended"),
        done=_("The answer was returned."),
    )


@client_page
def sign(request: HttpRequest, pk: str) -> HttpResponse:
    """All that is signed, once more; then the password."""
    complaint = find_complaint(request, pk)
    answer: Any = may.answer_of(complaint)
    if answer is not None and answer.signed_by_id == request.user.pk:
        return HttpResponseRedirect(complaint.get_absolute_url())
    refuse_unless(may.can_sign_answer(request.user, complaint))
    form = SignatureForm(request.POST or None, initial={"seen": services.answer_digest(answer)})
    if request.method == "POST" and form.is_valid() and is_confirmed(request, form):
        seen = form.cleaned_data["seen"]
        if carried_out(
            form, lambda: services.sign_answer(complaint, seen=seen, actor=request.user)
        ):
            messages.success(request, _("Signed. The registrar is told to send it."))
            return HttpResponseRedirect(complaint.get_absolute_url())
    context = {**strip_of(complaint), "form": form, "paper": _shown(answer), "answer": answer}
    return TemplateResponse(request, "complaints/sign.html", context)


def _shown(answer: Answer) -> Any:
    return answer_paper(answer)


@client_page
def send(request: HttpRequest, pk: str) -> HttpResponse:
    """It goes: the outgoing number is taken, the paper issued; sent late, it says why."""
    complaint = find_complaint(request, pk)
    refuse_unless(may.can_send_answer(request.user, complaint))
    return take_step(
        request,
        complaint,
        SendForm,
        "send",
        lambda form: services.send_answer(complaint, **form.said, actor=request.user),
        _("Send the answer"),
        about=_("The letter gets its outgoing number and day, and is fixed. Print it and send it."),
        done=_("Sent. The clock is stopped; print the paper."),
    )
