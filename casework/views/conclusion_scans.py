"""The scan of the paper signed in ink: put beside the paper, opened."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from offices.models import ReadKind
from offices.reading import client_page
from papers.attachments import serve_attachment

from ..conclusion_permissions import can_attach_scan
from ..forms.conclusions import ScanForm
from ..services.conclusions import attach_signed_scan
from .conclusions import conclusion_context, find_conclusion


@client_page
def add_scan(request: HttpRequest, pk: str) -> HttpResponse:
    """Put the scan beside the paper; one that is there already stays in the history."""
    conclusion = find_conclusion(request, pk)
    if not can_attach_scan(request.user, conclusion):
        raise PermissionDenied
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        attach_signed_scan(conclusion, file=form.cleaned_data["scan"], actor=request.user)
        messages.success(request, _("The scan is kept with the paper"))
        return HttpResponseRedirect(conclusion.get_absolute_url())
    context = {**conclusion_context(request, conclusion), "form": form}
    return TemplateResponse(request, "casework/conclusion_scan.html", context)


@client_page(kind=ReadKind.PAPER)
def open_scan(request: HttpRequest, pk: str) -> HttpResponse:
    conclusion = find_conclusion(request, pk)
    if conclusion.signed_scan is None:
        raise Http404
    return serve_attachment(conclusion.signed_scan)
