"""Signing, countersigning, returning, correcting."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.errors import DomainError
from core.saving import kept_form, save_once
from offices.reading import client_page
from offices.signing import password_refusal

from ..conclusion_page import cautions_of, methods_without_reason
from ..conclusion_permissions import (
    can_correct_conclusion,
    can_countersign_conclusion,
    can_return_conclusion,
    can_sign_conclusion,
    writes,
)
from ..conclusion_sections import SECTIONS, kyrgyz_gaps, russian_gaps
from ..forms.conclusions import (
    CorrectionForm,
    PasswordForm,
    ReturningForm,
    SigningForm,
)
from ..models import Conclusion
from ..services.conclusions import (
    begin_correction,
    countersign_conclusion,
    return_conclusion,
    sign_conclusion,
    text_digest,
)
from .conclusions import conclusion_context, find_conclusion


@client_page
def sign(request: HttpRequest, pk: str) -> HttpResponse:
    """All that is signed, once more, with what is missing and what to look at; then the password."""
    conclusion = find_conclusion(request, pk)
    if not conclusion.is_draft and writes(request.user, conclusion):
        return HttpResponseRedirect(conclusion.get_absolute_url())
    _refuse_unless(can_sign_conclusion, request, conclusion)
    form = SigningForm(request.POST or None, initial={"seen": text_digest(conclusion)})
    if request.method == "POST" and form.is_valid() and is_confirmed(request, form):
        sent = form.cleaned_data
        if carried_out(
            form,
            lambda: sign_conclusion(
                conclusion,
                seen=sent["seen"],
                waives_russian=sent["waives_russian"],
                actor=request.user,
            ),
        ):
            messages.success(request, _("Signed. The head of the office is told to countersign."))
            return HttpResponseRedirect(conclusion.get_absolute_url())
    names = {f"{s.text}_{code}": s for s in SECTIONS if s.text for code in ("ky", "ru")}
    context = {
        **conclusion_context(request, conclusion),
        "form": form,
        "gaps": kyrgyz_gaps(conclusion),
        "russian_gaps": russian_gaps(conclusion),
        "cautions": [(names[name], words) for name, words in cautions_of(conclusion).items()],
        "unreasoned": methods_without_reason(conclusion),
    }
    return TemplateResponse(request, "casework/conclusion_sign.html", context)


@client_page
def countersign(request: HttpRequest, pk: str) -> HttpResponse:
    """The head reads, then signs with the password; or sends it back with remarks."""
    conclusion = find_conclusion(request, pk)
    if conclusion.countersigned_by_id == request.user.pk:
        return HttpResponseRedirect(conclusion.get_absolute_url())
    _refuse_unless(can_countersign_conclusion, request, conclusion)
    form = PasswordForm(request.POST or None)
    if (
        request.method == "POST"
        and form.is_valid()
        and is_confirmed(request, form)
        and carried_out(form, lambda: countersign_conclusion(conclusion, actor=request.user))
    ):
        messages.success(request, _("Countersigned. The paper is issued and fixed."))
        return HttpResponseRedirect(conclusion.get_absolute_url())
    context = {**conclusion_context(request, conclusion), "form": form}
    return TemplateResponse(request, "casework/conclusion_countersign.html", context)


@client_page
def send_back(request: HttpRequest, pk: str) -> HttpResponse:
    """The head's remarks, or the author's own reason to take it back."""
    conclusion = find_conclusion(request, pk)
    _refuse_unless(can_return_conclusion, request, conclusion)
    back = conclusion.get_absolute_url()
    form = kept_form(ReturningForm, request, f"conclusion-return:{pk}", cancel_url=back)

    def carry_out() -> str:
        reason = form.cleaned_data["reason"]
        return_conclusion(conclusion, reason=reason, actor=request.user)
        return conclusion.get_absolute_url()

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        messages.success(request, _("The conclusion was returned"))
        return answer
    context = {**conclusion_context(request, conclusion), "form": form}
    return TemplateResponse(request, "casework/conclusion_return.html", context)


@client_page
def correct(request: HttpRequest, pk: str) -> HttpResponse:
    """What is corrected; the next version opens with the old text."""
    conclusion = find_conclusion(request, pk)
    _refuse_unless(can_correct_conclusion, request, conclusion)
    back = conclusion.get_absolute_url()
    form = kept_form(CorrectionForm, request, f"conclusion-correct:{pk}", cancel_url=back)

    def carry_out() -> str:
        new = begin_correction(
            conclusion,
            correction_ky=form.cleaned_data["correction_ky"],
            correction_ru=form.cleaned_data["correction_ru"],
            actor=request.user,
        )
        return new.write_url

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        return answer
    context = {**conclusion_context(request, conclusion), "form": form}
    return TemplateResponse(request, "casework/conclusion_correct.html", context)


def _refuse_unless(
    allows: Callable[..., bool], request: HttpRequest, conclusion: Conclusion
) -> None:
    if not allows(request.user, conclusion):
        raise PermissionDenied


def is_confirmed(request: HttpRequest, form: PasswordForm) -> bool:
    """Whether the password is the signer's; the form says so where it is not."""
    if refusal := password_refusal(request, form.cleaned_data["password"]):
        form.add_error("password", refusal)
        return False
    return True


def carried_out(form: object, action: Callable[[], object]) -> bool:
    """Carry the action out; where the rules refuse it, the form says why."""
    try:
        action()
    except DomainError as refusal:
        form.add_error(None, str(refusal))  # type: ignore[attr-defined]  # every form has it
        return False
    return True
