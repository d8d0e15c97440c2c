"""Photographs of a visit, and its act: what it will look like, issuing it, opening it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casework.views.records import saved, seen
from core.saving import kept_form
from offices.models import ReadKind
from offices.reading import client_page, note_read
from papers.attachments import serve_attachment, serve_paper, serve_pdf, serve_thumbnail
from papers.services import preview_paper

from .. import visit_permissions as may
from ..forms.visit_steps import ActForm, PhotoForm
from ..models import Visit, VisitPhoto
from ..services import visits as services
from ..visit_papers import TEMPLATE, visit_act
from .visits import find_visit


@client_page
def add_photo(request: HttpRequest, pk: str) -> HttpResponse:
    """From the phone's camera, or a file."""
    visit = find_visit(request, pk)
    form = kept_form(PhotoForm, request, "")
    form.cancel_url = visit.get_absolute_url()

    def add() -> str:
        caption = form.cleaned_data["caption"]
        for file in form.files_sent:
            services.add_photo(visit, file, caption=caption, actor=request.user)
        return f"{visit.get_absolute_url()}#photos"

    if answer := saved(request, form, add):
        return answer
    context = {
        "form": form,
        "heading": _("Add a photograph or a scan"),
        "about": _("The original is sealed as evidence; a copy without place and device is shown."),
        "back": visit.get_absolute_url(),
        "offices": [],
    }
    return TemplateResponse(request, "intake/form_page.html", context)


@require_safe
@client_page(kind=ReadKind.PAPER)
def photo(request: HttpRequest, pk: str) -> HttpResponse:
    return serve_attachment(_find_photo(request, pk).file)


@require_safe
@client_page(kind=ReadKind.PAPER)
def photo_small(request: HttpRequest, pk: str) -> HttpResponse:
    found = _find_photo(request, pk)
    if not found.file.thumbnail:
        raise Http404
    return serve_thumbnail(found.file)


@client_page
def act(request: HttpRequest, pk: str) -> HttpResponse:
    """Issue the act: what is missing, what is printed, how it will look."""
    visit = find_visit(request, pk)
    if visit.has_act:
        return HttpResponseRedirect(visit.get_absolute_url())
    if not may.can_issue_act(request.user, visit):
        raise PermissionDenied
    form = kept_form(ActForm, request, "", record=visit, visit=visit)
    form.cancel_url = visit.get_absolute_url()

    def issue() -> str:
        photos = form.cleaned_data.get("photos", ())
        issued = services.issue_act(visit, photos=photos, seen=seen(form), actor=request.user)
        messages.success(request, _("Act № %(number)s is issued") % {"number": issued.number})
        return issued.get_absolute_url()

    if answer := saved(request, form, issue):
        return answer
    context = {"form": form, "visit": visit, "missing": services.missing_for_act(visit)}
    return TemplateResponse(request, "intake/visit_act.html", context)


@require_safe
@client_page(kind=ReadKind.PAPER)
def preview(request: HttpRequest, pk: str) -> HttpResponse:
    """How the act would look; nothing is kept."""
    visit = find_visit(request, pk)
    if not may.can_issue_act(request.user, visit):
        raise PermissionDenied
    return serve_pdf(preview_paper(template=TEMPLATE, paper=visit_act(visit)).pdf, name="act.pdf")


@require_safe
@client_page(kind=ReadKind.PAPER)
def paper(request: HttpRequest, pk: str) -> HttpResponse:
    """The act as it was issued: one paper for all its children, so for readers of every part."""
    visit = find_visit(request, pk)
    if visit.paper is None:
        raise Http404
    if not may.reads_whole(request.user, visit):
        raise PermissionDenied
    return serve_paper(visit.paper, save="save" in request.GET)


def _find_photo(request: HttpRequest, pk: str) -> VisitPhoto:
    rows = VisitPhoto.objects.filter(visit__in=Visit.objects.visible_to(request.user))
    found: VisitPhoto = get_object_or_404(rows.select_related("file", "visit"), pk=pk)
    note_read(request, found.visit)
    return found
