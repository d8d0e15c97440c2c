"""A child's page: all that the reader may see of the child."""

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.saving import kept_form
from offices.reading import client_page, note_read

from .. import people_permissions as may
from ..forms.people import ChildForm
from ..happenings import Asked
from ..permissions import Depth, depth_of
from ..person_page import person_page, relatives_of
from ..services import people as services
from ..timeline_panel import told
from .records import allow, find_person, form_page, saved, seen


@client_page
def show_child(request: HttpRequest, pk: str) -> HttpResponse:
    """Identity, alerts, contacts, consents, school, family, cases, help, signed conclusions."""
    person, cases = find_person(request, pk)
    if not hasattr(person, "child"):
        raise Http404
    page = person_page(person, cases, request.user)
    note_read(request, *page.pin_twins)
    context = {"page": page, "person": person, "child": person.child}
    return TemplateResponse(request, "casework/child.html", context)


@client_page
def show_timeline(request: HttpRequest, pk: str) -> HttpResponse:
    """All that happened to the child in the cases that the reader reads, in order."""
    person, cases = find_person(request, pk)
    readable = [case for case in cases if depth_of(request.user, case) >= Depth.CONTENT]
    context = {"person": person, **told(request, Asked(readable, person))}
    return TemplateResponse(request, "casework/child_timeline.html", context)


@client_page
def edit_child(request: HttpRequest, pk: str) -> HttpResponse:
    """School, who acts for the child, health."""
    person, _cases = find_person(request, pk)
    if not hasattr(person, "child"):
        raise Http404
    allow(may.can_change_person(request.user, person))
    form = kept_form(
        ChildForm,
        request,
        f"child:{pk}",
        record=person.child,
        instance=person.child,
        adults=relatives_of(person, request.user),
    )
    form.cancel_url = person.get_absolute_url()

    def change() -> str:
        services.change_child(person, form.facts, actor=request.user, seen=seen(form))
        return person.get_absolute_url()

    return saved(request, form, change, record=person.child) or form_page(
        request, form, _("School, representative, health"), person
    )
