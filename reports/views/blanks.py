"""Blank forms: the list, and each as a PDF to print before the light goes out. Nothing of anybody stands on them."""

from dataclasses import dataclass, field

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from offices.models import Office
from offices.reading import staff_page
from offices.standing import standing
from papers.attachments import serve_pdf
from papers.letterhead import OfficeLines, letterhead_of
from papers.services import preview_paper

from ..blank_forms import BlankPart, parts_of, titles_of
from ..blanks import blanks_for

TEMPLATE = "reports/papers/blank.html"


@dataclass(frozen=True)
class Sheet:
    """A blank form as its template lays it out."""

    office: OfficeLines
    title_ky: str
    title_ru: str
    parts: list[BlankPart] = field(default_factory=list)


@staff_page
@require_safe
def list_blanks(request: HttpRequest) -> HttpResponse:
    """The blank forms of the reader's roles."""
    return TemplateResponse(request, "reports/blanks.html", {"blanks": blanks_for(request.user)})


@staff_page
@require_safe
def print_blank(request: HttpRequest, code: str) -> HttpResponse:
    """One blank form under the letterhead of the reader's office."""
    blank = next((b for b in blanks_for(request.user) if b.code == code), None)
    office = Office.objects.filter(pk__in=standing(request.user).offices()).first()
    if blank is None or office is None:
        raise Http404
    sheet = Sheet(letterhead_of(office), *titles_of(blank), parts=parts_of(blank, request.user))
    made = preview_paper(template=TEMPLATE, paper=sheet)
    return serve_pdf(made.pdf, name=f"{code}.pdf")
