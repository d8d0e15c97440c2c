"""What is done about a call, each on a short form; the office that took it and the one it was passed to do it alike."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.saving import kept_form, save_once
from offices.models import User
from offices.reading import client_page, note_read
from offices.standing import people_in

from .. import call_permissions as may
from ..forms import call_steps as forms
from ..models import HotlineCall
from ..services import call_joining as joining
from ..services import call_steps as services
from ..standing import MAY_BE_ON_DUTY, call_offices
from .calls import call_strip, find_call

View = Callable[[HttpRequest, HotlineCall], HttpResponse]


def call_step(view: View) -> Callable[..., HttpResponse]:
    """404 for who may not know of the call; an old link to a step that is over leads to the call."""

    @functools.wraps(view)
    def step(request: HttpRequest, pk: UUID) -> HttpResponse:
        call = find_call(request, pk)
        if request.method != "POST" and not may.can_work_call(request.user, call):
            return HttpResponseRedirect(call.get_absolute_url())
        return view(request, call)

    return step


@client_page
@call_step
def send(request: HttpRequest, call: HotlineCall) -> HttpResponse:
    """Who goes, and when."""
    initial: dict[str, Any] = {"team": [user.pk for user in call.team.all()]}
    initial |= {"team_text": call.team_text}
    initial["at"] = call.sent_at
    form = _form(
        forms.SendForm, request, call, "send", initial=initial, staff=_staff(request, call)
    )

    def act(said: dict[str, Any]) -> Any:
        return services.send_team(
            call, team=said["team"], team_text=said["team_text"], at=said["at"], actor=request.user
        )

    return _step(request, call, form, _("Who goes"), act)


@client_page
@call_step
def ask_along(request: HttpRequest, call: HotlineCall) -> HttpResponse:
    """Police or ambulance asked along."""
    form = _form(forms.AlongForm, request, call, "along")

    def act(said: dict[str, Any]) -> Any:
        return services.ask_along(
            call, who=said["who"], number=said["number"], at=said["at"], actor=request.user
        )

    return _step(request, call, form, _("Asked to come along"), act)


@client_page
@call_step
def arrive(request: HttpRequest, call: HotlineCall) -> HttpResponse:
    """A team is on site."""
    form = _form(forms.ArriveForm, request, call, "arrive")

    def act(said: dict[str, Any]) -> Any:
        return services.arrive(
            call, at=said["at"], whose=said["whose"], late_reason=said["late_reason"], actor=request.user
        )  # fmt: skip

    return _step(request, call, form, _("The team is on site"), act)


@client_page
@call_step
def correct_times(request: HttpRequest, call: HotlineCall) -> HttpResponse:
    """Moments that a wrong touch has set."""
    initial = {name: getattr(call, name) for name in ("sent_at", "on_site_at", "late_reason")}
    form = _form(forms.TimesForm, request, call, "times", record=call, initial=initial)

    def act(said: dict[str, Any]) -> Any:
        times = {name: said[name] for name in ("sent_at", "on_site_at", "late_reason")}
        return services.correct_times(
            call, **times, seen=said["record_version"], actor=request.user
        )

    return _step(request, call, form, _("Correct the times"), act)


@client_page
@call_step
def pass_on(request: HttpRequest, call: HotlineCall) -> HttpResponse:
    """To another office, the police, an ambulance, somebody else."""
    form = _form(forms.PassForm, request, call, "pass")

    def act(said: dict[str, Any]) -> Any:
        return services.pass_call(
            call, to=said["to"], office=said["office"], text=said["text"], at=said["at"], actor=request.user
        )  # fmt: skip

    about = _("The clock runs on until their team is on site. Who called stays with your office.")
    return _step(request, call, form, _("Pass the call on"), act, about=about)


@client_page
@call_step
def end(request: HttpRequest, call: HotlineCall) -> HttpResponse:
    """How the call ended."""
    form = _form(forms.EndForm, request, call, "end", initial={"outcome": _likely(call)})

    def act(said: dict[str, Any]) -> Any:
        return services.end_call(
            call,
            outcome=said["outcome"],
            text=said["text"],
            late_reason=said.get("late_reason", ""),
            actor=request.user,
        )

    return _step(request, call, form, _("End the call"), act)


@client_page
def join(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which other open call of the office is about the same event."""
    call = find_call(request, pk)
    if not may.can_read_caller(request.user, call):
        raise PermissionDenied
    if request.method != "POST" and not (may.can_join_call(request.user, call) and call.is_open):
        return HttpResponseRedirect(call.get_absolute_url())
    others = HotlineCall.objects.filter(office=call.office_id).open().exclude(pk=call.pk)
    others = others.order_by("-received_at")
    form = _form(forms.JoinForm, request, call, "join", others=others)
    note_read(request, *others)

    def act(said: dict[str, Any]) -> Any:
        return joining.join_calls(call, said["other"], actor=request.user)

    about = _("The clock of the event runs from the earliest of its calls.")
    return _step(request, call, form, _("Join with another call"), act, about=about)


@client_page
def part(request: HttpRequest, pk: UUID) -> HttpResponse:
    """It is about another event after all."""
    call = find_call(request, pk)
    if not may.can_read_caller(request.user, call):
        raise PermissionDenied
    if request.method != "POST" and not may.can_part_call(request.user, call):
        return HttpResponseRedirect(call.get_absolute_url())
    form = _form(forms.PartForm, request, call, "part")
    about = _("The call stands for itself again, with its own clock.")
    return _step(
        request,
        call,
        form,
        _("Part the calls"),
        lambda said: joining.part_call(call, actor=request.user),
        about=about,
    )


@client_page
def reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A silent call may have been a child; a wrong touch is put right."""
    call = find_call(request, pk)
    if not may.can_reopen_call(request.user, call):
        if may.can_look_through(request.user, call):
            return HttpResponseRedirect(call.get_absolute_url())
        raise PermissionDenied
    form = _form(forms.ReopenForm, request, call, "reopen")
    return _step(
        request,
        call,
        form,
        _("Open the call again"),
        lambda said: services.reopen_call(call, why=said["why"], actor=request.user),
    )


def _form(kind: Any, request: HttpRequest, call: HotlineCall, name: str, **kwargs: Any) -> Any:
    return kept_form(kind, request, f"call-{name}:{call.pk}", call=call, **kwargs)


def _step(
    request: HttpRequest,
    call: HotlineCall,
    form: Any,
    title: str,
    act: Callable[[dict[str, Any]], Any],
    *,
    about: str = "",
) -> HttpResponse:
    """The form, or what became of it: back to the call, or to the one that leads its event now."""

    def carry_out() -> str:
        done = act(form.cleaned_data)
        return done.get_absolute_url() if isinstance(done, HotlineCall) else call.get_absolute_url()

    ready = request.method == "POST" and form.is_valid()
    if ready and (answer := save_once(request, form, carry_out)):
        return answer
    context = {**call_strip(request, call), "form": form, "title": title, "about": about}
    return TemplateResponse(request, "intake/call_step.html", context)


def _staff(request: HttpRequest, call: HotlineCall) -> Any:
    """Who may be sent: the people of the office whose hands the call is in, and whoever goes already."""
    held = call_offices(request.user)
    offices = {call.office_id, call.passed_office_id} & set(held)
    able = {person.pk for office in offices for person in people_in(office, *MAY_BE_ON_DUTY)}
    able |= set(call.team.values_list("pk", flat=True))
    return User.objects.filter(pk__in=able)


def _likely(call: HotlineCall) -> str:
    """What the end will probably be, for a form that begins with it."""
    if call.on_site_at is not None:
        return "visit" if call.findings else "nothing_found"
    return "passed" if call.passed_at is not None else "consultation"
