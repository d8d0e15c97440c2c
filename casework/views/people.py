"""A person's page, what is known of who they are, and the history of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.saving import kept_form
from offices.models import Mtu
from offices.reading import client_page, note_read, staff_page

from .. import people_permissions as may
from ..forms.people import PersonForm
from ..history import history_of
from ..person_page import person_page
from ..services import people as services
from ..trails import person_trails
from .records import allow, find_person, form_page, saved, seen


@client_page
def show_person(request: HttpRequest, pk: str) -> HttpResponse:
    """An adult's page; a child has a page of their own."""
    person, cases = find_person(request, pk)
    if hasattr(person, "child"):
        return redirect("children:child", pk=pk)
    return _page(request, "casework/person.html", person_page(person, cases, request.user))


def _page(request: HttpRequest, template: str, page: object) -> TemplateResponse:
    note_read(request, *page.pin_twins)  # type: ignore[attr-defined]  # a PersonPage
    return TemplateResponse(request, template, {"page": page, "person": page.person})  # type: ignore[attr-defined]  # a PersonPage


@client_page
def edit_person(request: HttpRequest, pk: str) -> HttpResponse:
    person, _cases = find_person(request, pk)
    allow(may.can_change_person(request.user, person))
    form = kept_form(PersonForm, request, f"person:{pk}", record=person, instance=person)
    form.cancel_url = person.get_absolute_url()

    def change() -> str:
        services.change_person(person, form.facts, actor=request.user, seen=seen(form))
        return person.get_absolute_url()

    return saved(request, form, change, record=person) or form_page(
        request, form, _("Who it is"), person
    )


@client_page
def person_history(request: HttpRequest, pk: str) -> HttpResponse:
    """Who changed what of the person; to the holder of an episode only of who they are."""
    person, cases = find_person(request, pk)
    full = may.reads_person_fully(request.user, person)
    entries = history_of(*person_trails(person, cases, full=full), reader=request.user)
    context = {"whose": person, "entries": entries, "full": full}
    return TemplateResponse(request, "casework/history.html", context)


@client_page
@require_POST
def keep_as_child(request: HttpRequest, pk: str) -> HttpResponse:
    """From now on the person has a child's page."""
    person, _cases = find_person(request, pk)
    allow(may.can_change_person(request.user, person))
    services.keep_as_child(person, actor=request.user)
    return redirect("children:child", pk=pk)


@staff_page
def offer_mtus(request: HttpRequest) -> HttpResponse:
    """The MTUs of a district as options of a select; nobody's data."""
    text = request.GET.get("district", "")
    known = text.isascii() and text.isdigit() and len(text) < 10
    mtus = (
        Mtu.objects.filter(is_active=True, district_id=int(text)) if known else Mtu.objects.none()
    )
    return TemplateResponse(request, "casework/mtu_options.html", {"mtus": mtus})
