"""What is past its term: listed to heads, counted for administrators. Nothing is deleted here."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from offices.enums import Role
from offices.models import ReadKind
from offices.reading import client_page, note_read
from offices.standing import standing

from ..retention import cases_past_term, terms


@client_page(kind=ReadKind.LIST)
def retention(request: HttpRequest) -> HttpResponse:
    own = standing(request.user)
    if own.is_administrator:
        return TemplateResponse(request, "casework/retention.html", {"terms": terms(), "lists": []})
    if not own.has(Role.HEAD):
        raise PermissionDenied
    lists = cases_past_term(request.user)
    note_read(request, *[case for _rule, cases in lists for case in cases])
    return TemplateResponse(request, "casework/retention.html", {"terms": [], "lists": lists})
