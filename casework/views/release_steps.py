"""The steps of a release: the extract's text, the decision, the handing out."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import DomainError
from core.saving import kept_form, save_once
from offices.reading import client_page

from .. import release_permissions as may
from ..conclusion_page import paired_sections
from ..conclusion_papers import kept_paper
from ..enums import ReleaseForm
from ..forms.releases import ExtractForm, GrantForm, HandOutForm, RefuseForm
from ..models import Release
from ..services.releases import (
    grant_release,
    hand_out_release,
    hidden_in,
    refuse_release,
    sign_extract,
    suggested_extract,
    take_extract_back,
)
from .conclusion_signing import carried_out, is_confirmed
from .releases import find_release, release_context


@client_page
def write_extract(request: HttpRequest, pk: str) -> HttpResponse:
    """The extract's text, from the findings and recommendations; then the examiner's password."""
    release = find_release(request, pk)
    _refuse_unless(may.can_write_extract(request.user, release))
    form = kept_form(
        ExtractForm,
        request,
        f"release-extract:{pk}",
        initial=_extract_begun(release),
        cancel_url=release.get_absolute_url(),
    )

    def carry_out() -> str:
        texts = form.cleaned_data
        sign_extract(
            release, text_ky=texts["extract_ky"], text_ru=texts["extract_ru"], actor=request.user
        )
        return release.get_absolute_url()

    sent = request.method == "POST" and form.is_valid() and is_confirmed(request, form)
    if sent and (answer := save_once(request, form, carry_out)):
        messages.success(request, _("Signed. The head is told to decide."))
        return answer
    context = {**release_context(request, release), "form": form}
    return TemplateResponse(request, "casework/release_extract.html", context)


@client_page
@require_POST
def take_back(request: HttpRequest, pk: str) -> HttpResponse:
    """The examiner takes the signature back to change the text."""
    release = find_release(request, pk)
    _refuse_unless(may.can_take_extract_back(request.user, release))
    return _after(request, release, lambda: take_extract_back(release, actor=request.user), "")


@client_page
def decide(request: HttpRequest, pk: str) -> HttpResponse:
    """The head reads what would go out, then grants it on a legal ground, or refuses it with a reason."""
    release = find_release(request, pk)
    if release.decided_by_id == request.user.pk:
        return HttpResponseRedirect(release.get_absolute_url())
    _refuse_unless(may.can_decide_release(request.user, release))
    grants = request.POST.get("decision") == "grant"
    refuses = request.POST.get("decision") == "refuse"
    mentions = hidden_in(release)
    grant = GrantForm(
        request.POST if grants else None,
        initial={"ground": release.ground_id},
        spells_hidden=bool(mentions),
    )
    refuse = RefuseForm(request.POST if refuses else None)
    if grants and may.can_grant_release(request.user, release):
        answer = _granted(request, release, grant)
    elif refuses and refuse.is_valid():
        answer = _refused(request, release, refuse)
    else:
        answer = None
    context = {
        **release_context(request, release),
        "form": refuse if refuses else grant,
        "grant_form": grant,
        "refuse_form": refuse,
        "mentions": mentions,
        "sections": _sections(release),
    }
    return answer or TemplateResponse(request, "casework/release_decide.html", context)


@client_page
@require_POST
def hand_out(request: HttpRequest, pk: str) -> HttpResponse:
    """Who took the paper, and when."""
    release = find_release(request, pk)
    _refuse_unless(may.can_hand_out_release(request.user, release))
    form = HandOutForm(request.POST)
    if form.is_valid():
        sent = form.cleaned_data

        def carry_out() -> None:
            hand_out_release(
                release, to=sent["handed_to"], on=sent["handed_on"], actor=request.user
            )

        if carried_out(form, carry_out):
            messages.success(request, _("Written into the register"))
            return HttpResponseRedirect(release.get_absolute_url())
    context = {**release_context(request, release), "hand_out_form": form, "form": form}
    return TemplateResponse(request, "casework/release_page.html", context)


def _granted(request: HttpRequest, release: Release, form: GrantForm) -> HttpResponse | None:
    if not form.is_valid() or not is_confirmed(request, form):
        return None
    sent = form.cleaned_data
    done = carried_out(
        form,
        lambda: grant_release(
            release,
            ground=sent["ground"],
            reason=sent["reason"],
            hidden_facts_reason=sent.get("hidden_facts_reason", ""),
            actor=request.user,
        ),
    )
    if not done:
        return None
    messages.success(request, _("Granted. The paper is issued and stands in the register."))
    return HttpResponseRedirect(release.get_absolute_url())


def _refused(request: HttpRequest, release: Release, form: RefuseForm) -> HttpResponse | None:
    reason = form.cleaned_data["refusal"]
    if not carried_out(form, lambda: refuse_release(release, reason=reason, actor=request.user)):
        return None
    messages.success(request, _("Refused; who asked for it is told."))
    return HttpResponseRedirect(release.get_absolute_url())


def _after(
    request: HttpRequest, release: Release, action: Callable[[], object], words: str
) -> HttpResponse:
    try:
        action()
    except DomainError as refusal:
        messages.error(request, str(refusal))
    else:
        if words:
            messages.success(request, words)
    return HttpResponseRedirect(release.get_absolute_url())


def _extract_begun(release: Release) -> dict[str, str]:
    conclusion = release.conclusion
    if conclusion is None or release.extract_ky:
        return {"extract_ky": release.extract_ky, "extract_ru": release.extract_ru}
    return {f"extract_{code}": suggested_extract(conclusion, code) for code in ("ky", "ru")}


def _sections(release: Release) -> list[Any]:
    """What a full copy would say; an extract shows its own text."""
    if release.conclusion is None or release.form == ReleaseForm.EXTRACT:
        return []
    return paired_sections(kept_paper(release.conclusion))


def _refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied
