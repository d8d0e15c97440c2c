"""The calendar address of a person: made and taken back on the own account, read by their telephone without a session."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from offices.reading import open_page, staff_page

from ..calendar_feed import calendar_text
from ..services import tasks as services
from ..tasks import due_of_person


@require_safe
@open_page
@sensitive_variables("token")
def read_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Numbers and kinds of things alone: no client's data, hence no row of the read log. Found by its secret alone."""
    feed = services.find_feed(token)
    if feed is None:
        raise Http404
    with translation.override(feed.language):
        text = calendar_text(
            due_of_person(feed.user),
            host=request.get_host().split(":")[0],
            name=_("Jardam"),
        )
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Content-Disposition"] = 'inline; filename="jardam.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_POST
@staff_page
def make_feed(request: HttpRequest) -> HttpResponse:
    """A new address, shown this once: only its hash is kept."""
    token = services.make_feed(request.user)  # type: ignore[arg-type]  # signed in
    address = request.build_absolute_uri(reverse("tasks:feed", args=[token]))
    answer = TemplateResponse(request, "casework/feed_made.html", {"address": address})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@staff_page
def end_feed(request: HttpRequest) -> HttpResponse:
    services.end_feed(request.user)  # type: ignore[arg-type]  # signed in
    messages.success(request, _("The calendar address works no more."))
    return HttpResponseRedirect(reverse("account_settings"))
