"""The writing page: typing that is kept as one goes, saving by hand, previews, throwing a draft away."""

import json
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core import clock
from core.drafts import read_payload
from offices.models import ReadKind
from offices.reading import client_page
from papers.attachments import serve_pdf
from papers.services import preview_paper

from ..conclusion_page import cautions_of
from ..conclusion_papers import TEMPLATES, kept_paper
from ..conclusion_permissions import can_write_conclusion
from ..conclusion_sections import kyrgyz_gaps, russian_gaps
from ..forms.conclusions import WritingForm
from ..models import Conclusion
from ..services.conclusion_text import Kept, keep_text, stamps_of, texts_apart, typed_of
from ..services.conclusions import discard_conclusion
from ..writing_page import WritingPage, offered_methods
from .conclusions import conclusion_context, find_conclusion

# Where the buttons of the writing page lead after saving.
_ONWARD = {"preview": "conclusions:preview", "sign": "conclusions:sign"}


@client_page
def write_conclusion(request: HttpRequest, pk: str) -> HttpResponse:
    """The sections side by side in both languages. A conflict with another window comes back with both texts."""
    conclusion = _find_draft(request, pk)
    methods = offered_methods(conclusion)
    if request.method != "POST":
        form = WritingForm(conclusion=conclusion, methods=methods)
        return _writing_page(request, conclusion, form, Kept(), stamps_of(form.initial))
    form = WritingForm(request.POST, conclusion=conclusion, methods=methods)
    stamps = _read_stamps(request.POST)
    kept = keep_text(conclusion, form, stamps, actor=request.user, is_explicit=True)
    if kept.is_whole:
        messages.success(request, _("Saved"))
        onward = _ONWARD.get(request.POST.get("go", ""), "conclusions:write")
        return HttpResponseRedirect(reverse(onward, args=[conclusion.pk]))
    return _writing_page(request, _find_draft(request, pk), form, kept, {**stamps, **kept.stamps})


@client_page
@require_POST
def keep_conclusion(request: HttpRequest, pk: str) -> HttpResponse:
    """What the page's script sends every few seconds: ``payload`` (JSON: field → list of texts)."""
    conclusion = find_conclusion(request, pk, is_noted=False)
    if not can_write_conclusion(request.user, conclusion):
        return JsonResponse({"error": "signed"}, status=409)
    try:
        sent = read_payload(request.POST.get("payload", ""))
    except ValueError:
        return JsonResponse({"error": "payload"}, status=400)
    data = QueryDict(mutable=True)
    for name, values in sent.items():
        data.setlist(name, values)
    form = WritingForm(data, conclusion=conclusion, methods=offered_methods(conclusion))
    kept = keep_text(conclusion, form, _read_stamps(data), actor=request.user)
    return JsonResponse(_kept_answer(conclusion, kept))


def _kept_answer(conclusion: Conclusion, kept: Kept) -> dict[str, Any]:
    fresh = Conclusion.objects.select_related("episode__person").get(pk=conclusion.pk)
    return {
        "saved_at": clock.local(clock.now()).strftime("%H:%M"),
        "stamps": kept.stamps,
        "conflicts": kept.conflicts,
        "news": {name: {"text": text} for name, text in kept.news.items()},
        "errors": {name: " ".join(words) for name, words in kept.errors.items()},
        "cautions": {
            name: [f"«{c.words}»: {c.why}" for c in found]
            for name, found in cautions_of(fresh).items()
        },
    }


@client_page
def preview_conclusion(request: HttpRequest, pk: str) -> HttpResponse:
    """The whole text as the paper has it, with what is missing."""
    conclusion = find_conclusion(request, pk)
    context = {
        **conclusion_context(request, conclusion),
        "gaps": kyrgyz_gaps(conclusion) if conclusion.is_draft else [],
        "russian_gaps": russian_gaps(conclusion) if conclusion.is_draft else [],
    }
    return TemplateResponse(request, "casework/conclusion_preview.html", context)


@client_page(kind=ReadKind.PAPER)
def preview_pdf(request: HttpRequest, pk: str) -> HttpResponse:
    """The paper as it would look, marked as a draft; never kept. What is countersigned has its own bytes instead."""
    conclusion = find_conclusion(request, pk)
    if conclusion.paper is not None:
        return HttpResponseRedirect(reverse("conclusions:paper", args=[conclusion.pk]))
    rendered = preview_paper(template=TEMPLATES["conclusion"], paper=kept_paper(conclusion))
    return serve_pdf(rendered.pdf, name=f"{conclusion.number.replace('/', '-') or 'draft'}.pdf")


@client_page
@require_POST
def discard(request: HttpRequest, pk: str) -> HttpResponse:
    conclusion = _find_draft(request, pk)
    discard_conclusion(conclusion, actor=request.user)
    messages.success(request, _("The draft was thrown away"))
    return HttpResponseRedirect(reverse("conclusions:desk"))


def _find_draft(request: HttpRequest, pk: str) -> Conclusion:
    conclusion = find_conclusion(request, pk)
    if not can_write_conclusion(request.user, conclusion):
        raise PermissionDenied
    return conclusion


def _writing_page(
    request: HttpRequest,
    conclusion: Conclusion,
    form: WritingForm,
    kept: Kept,
    stamps: dict[str, str],
) -> HttpResponse:
    stored = typed_of(conclusion, form.methods)
    apart = texts_apart(conclusion, request.user)
    page = WritingPage(
        conclusion,
        form,
        language=get_language() or "ky",
        conflicts=kept.conflicts,
        apart={n: t for n, t in apart.items() if t != stored.get(n) and n not in kept.conflicts},
        cautions=cautions_of(conclusion),
    )
    context = {
        **conclusion_context(request, conclusion),
        "form": form,
        "page": page,
        "stamps": json.dumps({**stamps_of(stored), **stamps}),
    }
    return TemplateResponse(request, "casework/conclusion_write.html", context)


def _read_stamps(data: QueryDict) -> dict[str, str]:
    """The page's stamps; none where they do not come as they left."""
    try:
        stamps = json.loads(data.get("stamps") or "{}")
    except ValueError:
        return {}
    return {str(k): str(v) for k, v in stamps.items()} if isinstance(stamps, dict) else {}
