"""One application: what is known, what was decided, what can be done next."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse

from offices.reading import client_page, note_read

from ..models import Application


@client_page
def show_application(request: HttpRequest, pk: UUID) -> HttpResponse:
    application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    note_read(request, application)
    return TemplateResponse(request, "intake/application_page.html", {"application": application})
