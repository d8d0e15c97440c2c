"""Steps of the reception: one touch each; the end with what it came to."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.errors import DomainError
from core.saving import kept_form, save_once
from offices.reading import client_page

from ..enums import VisitorStatus
from ..forms.reception import CallForm, EndForm, LeaveForm
from ..models import Visitor
from ..reception_permissions import can_end_reception
from ..services import reception as services
from .reception import find_visitor, office_of, to_desk


@require_POST
@client_page
def call_next(request: HttpRequest) -> HttpResponse:
    """Call in whose turn it is; sent twice it calls one."""
    office, _offices = office_of(request)
    form = kept_form(CallForm, request, "")
    if form.is_valid():

        def call() -> str:
            visitor = services.call_next(
                office, window=form.cleaned_data["window"], actor=request.user
            )
            return visitor.get_absolute_url()

        if answer := save_once(request, form, call):
            return answer
    _say_refusal(request, form)
    return HttpResponseRedirect(f"{reverse('reception:desk')}?office={office.code}")


@require_POST
@client_page
def call(request: HttpRequest, pk: str) -> HttpResponse:
    """Call in this one: out of turn with the reason."""
    visitor = find_visitor(request, pk)
    form = kept_form(CallForm, request, "")
    if form.is_valid():
        said = form.cleaned_data

        def call_in() -> str:
            return services.call_visitor(
                visitor, window=said["window"], reason=said["reason"], actor=request.user
            ).get_absolute_url()

        if answer := save_once(request, form, call_in):
            return answer
    _say_refusal(request, form)
    return HttpResponseRedirect(visitor.get_absolute_url())


@require_POST
@client_page
def begin(request: HttpRequest, pk: str) -> HttpResponse:
    """The clock of clause 7 begins; the page of the running reception follows."""
    return _touch(
        request,
        pk,
        services.begin_reception,
        lambda visitor: HttpResponseRedirect(reverse("reception:end", args=[visitor.pk])),
    )


@require_POST
@client_page
def back(request: HttpRequest, pk: str) -> HttpResponse:
    """Not come in, or come back: waiting again in the same place."""
    return _touch(request, pk, services.return_to_queue, to_desk)


@require_POST
@client_page
def left(request: HttpRequest, pk: str) -> HttpResponse:
    """Gone without being received."""
    form = LeaveForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""

    def leave(visitor: Visitor, *, actor: object) -> Visitor:
        return services.mark_left(visitor, reason=reason, actor=request.user)

    return _touch(request, pk, leave, to_desk)


@client_page
def end(request: HttpRequest, pk: str) -> HttpResponse:
    """The running reception: its clock, and what it came to."""
    visitor = find_visitor(request, pk)
    if visitor.status != VisitorStatus.RUNNING:
        if request.method == "POST":
            messages.error(request, _("This reception has ended already."))
        return HttpResponseRedirect(visitor.get_absolute_url())
    if not can_end_reception(request.user, visitor):
        raise PermissionDenied
    form = kept_form(EndForm, request, f"visitor-end:{pk}", visitor=visitor)

    def finish() -> str:
        ended = services.end_reception(visitor, form.ending, actor=request.user)
        return ended.get_absolute_url()

    if (
        request.method == "POST"
        and form.is_valid()
        and (answer := save_once(request, form, finish))
    ):
        return answer
    return TemplateResponse(
        request, "intake/reception_running.html", {"visitor": visitor, "form": form}
    )


def _touch(
    request: HttpRequest,
    pk: str,
    act: Callable[..., Visitor],
    onward: Callable[[Visitor], HttpResponse],
) -> HttpResponse:
    visitor = find_visitor(request, pk)
    try:
        act(visitor, actor=request.user)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return HttpResponseRedirect(visitor.get_absolute_url())
    return onward(visitor)


def _say_refusal(request: HttpRequest, form: CallForm) -> None:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, str(error))
