"""Is this printed paper genuine? Anybody may ask; the answer names nobody."""

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from offices.reading import open_page


@open_page
def door(request: HttpRequest) -> HttpResponse:
    """Where a code is typed."""
    return TemplateResponse(request, "papers/verify.html", {})


@open_page
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """What a code confirms."""
    return TemplateResponse(request, "papers/verify.html", {})
