"""From the book into the register: the receiving form, begun with what was typed already."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core import clock
from core.saving import kept_form, save_once
from offices.models import StandardVersion
from offices.reading import client_page
from offices.working_calendar import working_calendar

from .. import book_permissions as may
from ..deadlines import registration_clock
from ..enums import Channel
from ..forms.book import FromBookForm
from ..models import BookEntry
from ..services import book as services
from .book import find_entry
from .receiving import after_receipt
from .steps import refuse_unless


@client_page
def make_complaint(request: HttpRequest, pk: str) -> HttpResponse:
    """Nothing is typed twice; what the book does not say is filled in here or at registration."""
    entry = find_entry(request, pk)
    refuse_unless(may.can_make_complaint(request.user, entry))
    form = kept_form(
        FromBookForm,
        request,
        f"book-complaint:{pk}",
        user=request.user,
        cancel_url=entry.get_absolute_url(),
        initial=begun_from(entry),
    )

    def carry_out() -> str:
        complaint = services.make_complaint(
            entry, form.handed_in(), scan=form.cleaned_data["scan"], actor=request.user
        )
        return after_receipt(request, complaint)

    sent = request.method == "POST" and form.is_valid()
    if sent and (answer := save_once(request, form, carry_out)):
        messages.success(request, _("It is received as a complaint. Register it."))
        return answer
    today = clock.today()
    due = registration_clock(today, StandardVersion.objects.in_force(today), working_calendar())
    context = {"form": form, "due": due, "entry": entry}
    return TemplateResponse(request, "complaints/receive.html", context)


def begun_from(entry: BookEntry) -> dict[str, object]:
    """What the book says already; received when somebody took it out of the book."""
    return {
        "received_at": entry.entered_at,
        "channel": Channel.BOOK,
        "substance": entry.text,
        "complainant_name": entry.person_name,
        "dated_on": entry.written_on,
        "about_office": entry.office_id,
        "about_person": entry.about_person_id,
    }
