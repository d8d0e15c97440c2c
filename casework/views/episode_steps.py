"""Steps of an episode: accepting, returning, taking back, handing over, completing, ending."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from core.saving import kept_form, save_once
from offices.reading import client_page

from .. import episode_permissions as may
from ..forms.episodes import HandOverForm, ReasonForm, SpecialistForm, StepForm
from ..models import Episode
from ..services import episodes as services
from ..services.episode_results import missing_for_completion
from ..workload import loads_of
from .episodes import episode_step, episode_strip


@client_page
@episode_step(may.can_decide_episode)
def accept(request: HttpRequest, episode: Episode) -> HttpResponse:
    """The asked office's head names who helps, with what each carries before their eyes."""
    form = _specialist_form(SpecialistForm, request, episode, "accept")
    return _answer(
        request,
        episode,
        form,
        _("Accept the request"),
        lambda said: services.accept_episode(
            episode, specialist=said["specialist"], seen=said["record_version"], actor=request.user
        ),
    )


@client_page
@episode_step(may.can_decide_episode)
def return_request(request: HttpRequest, episode: Episode) -> HttpResponse:
    form = _reason_form(
        request, episode, "return", _("Why it is returned"), _("Return"),
        _("The requester is told at once and may ask again."),
    )  # fmt: skip
    return _answer(
        request,
        episode,
        form,
        _("Return the request"),
        lambda said: services.return_episode(
            episode, reason=said["reason"], seen=said["record_version"], actor=request.user
        ),
    )


@client_page
@episode_step(may.can_withdraw_request)
def withdraw(request: HttpRequest, episode: Episode) -> HttpResponse:
    form = _reason_form(request, episode, "withdraw", _("Why it is taken back"), _("Take back"))
    return _answer(
        request,
        episode,
        form,
        _("Take the request back"),
        lambda said: services.withdraw_request(episode, reason=said["reason"], actor=request.user),
    )


@client_page
@episode_step(may.can_hand_over_episode)
def hand_over(request: HttpRequest, episode: Episode) -> HttpResponse:
    form = _specialist_form(HandOverForm, request, episode, "hand-over")
    return _answer(
        request,
        episode,
        form,
        _("Hand over to another specialist"),
        lambda said: services.hand_over_episode(
            episode,
            specialist=said["specialist"],
            reason=said["reason"],
            seen=said["record_version"],
            actor=request.user,
        ),
    )


@client_page
@episode_step(may.can_complete_episode)
def complete(request: HttpRequest, episode: Episode) -> HttpResponse:
    """Only with the result that clause 5 asks for; without it the page says what is missing."""
    form = kept_form(
        StepForm,
        request,
        "",
        record=episode,
        save=_("Complete"),
        cancel_url=episode.get_absolute_url(),
    )
    return _answer(
        request,
        episode,
        form,
        _("Complete the help"),
        lambda said: services.complete_episode(
            episode, seen=said["record_version"], actor=request.user
        ),
        missing=missing_for_completion(episode),
    )


@client_page
@episode_step(may.can_end_episode)
def end(request: HttpRequest, episode: Episode) -> HttpResponse:
    form = _reason_form(
        request, episode, "end", _("Why it ends without result"), _("End without result"),
        _("What is planned is called off. The responsible worker is told."),
    )  # fmt: skip
    return _answer(
        request,
        episode,
        form,
        _("End without result"),
        lambda said: services.end_episode(
            episode, reason=said["reason"], seen=said["record_version"], actor=request.user
        ),
    )


def _answer(
    request: HttpRequest,
    episode: Episode,
    form: Any,
    title: str,
    act: Callable[[dict[str, Any]], Episode],
    **more: Any,
) -> HttpResponse:
    """The step's page, or its outcome; the service itself checks permission and state under the lock."""
    ready = request.method == "POST" and form.is_valid()
    if ready and (
        answer := save_once(request, form, lambda: act(form.cleaned_data).get_absolute_url())
    ):
        return answer
    context = {**episode_strip(request, episode), "form": form, "title": title, **more}
    return TemplateResponse(request, "casework/episode_step.html", context)


def _specialist_form(
    form_class: type[SpecialistForm], request: HttpRequest, episode: Episode, step: str
) -> Any:
    offered = services.specialists_for(episode.kind, episode.office, episode.case)
    return kept_form(
        form_class,
        request,
        f"episode-{step}:{episode.pk}",
        record=episode,
        episode=episode,
        loads=loads_of(offered),
    )


def _reason_form(
    request: HttpRequest, episode: Episode, step: str, label: str, save: str, help_text: str = ""
) -> Any:
    return kept_form(
        ReasonForm,
        request,
        f"episode-{step}:{episode.pk}",
        record=episode,
        label=label,
        save=save,
        help_text=help_text,
        cancel_url=episode.get_absolute_url(),
    )
