"""Accompaniments: planned or recorded, changed, written up, called off."""

import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.saving import kept_form, save_once
from offices.reading import client_page, note_read

from .. import accompaniment_permissions as may
from ..enums import EpisodeKind
from ..forms.accompaniments import AccompanimentForm, OutcomeForm, known_outcome, known_way
from ..forms.episodes import ReasonForm
from ..history import history_of
from ..models import Accompaniment, Episode, SafetyAlert
from ..services import accompaniments as services
from ..trails import accompaniment_trail
from .episodes import episode_step, episode_strip


def accompaniment_step(allows: Callable[[Any, Accompaniment], bool]) -> Callable[..., Any]:
    """404 unknown, 403 never theirs, an old link leads to the accompaniment, an old form to the service."""

    def decorated(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @functools.wraps(view)
        def step(request: HttpRequest, pk: str) -> HttpResponse:
            accompaniment = find_accompaniment(request, pk)
            if not allows(request.user, accompaniment):
                if not may.holds_accompaniment(request.user, accompaniment):
                    raise PermissionDenied
                if request.method != "POST":
                    return HttpResponseRedirect(accompaniment.get_absolute_url())
            return view(request, accompaniment)

        return step

    return decorated


@client_page
@episode_step(may.can_add_accompaniment)
def add(request: HttpRequest, episode: Episode) -> HttpResponse:
    """A hearing or another way: still to come, or written down afterwards."""
    form = kept_form(
        AccompanimentForm,
        request,
        f"accompaniment-add:{episode.pk}",
        episode=episode,
        files=services.files_for(episode, request.user),
    )
    ready = request.method == "POST" and form.is_valid()
    if ready and (answer := save_once(request, form, lambda: _added(request, form))):
        return answer
    title = _("Add a hearing") if form.is_court else _("Add an accompaniment")
    context = {**episode_strip(request, episode), "form": form, "title": title}
    return TemplateResponse(request, "casework/help_form.html", context)


def _added(request: HttpRequest, form: AccompanimentForm) -> str:
    first, *others = form.chosen()
    made = services.add_accompaniment(
        first, form.way(), also=others, outcome=form.outcome_if_said(), actor=request.user
    )
    return made.get_absolute_url()


@require_safe
@client_page
def show(request: HttpRequest, pk: str) -> HttpResponse:
    """One accompaniment: where, when, for whom, how it went, what comes next."""
    accompaniment = find_accompaniment(request, pk)
    context = {
        **accompaniment_strip(request, accompaniment),
        "following": _seen(request, services.next_of(accompaniment)),
        "before": _seen(request, accompaniment.follows),
        "entries": history_of(accompaniment_trail(accompaniment), reader=request.user),
    }
    return TemplateResponse(request, "casework/accompaniment_page.html", context)


@client_page
@accompaniment_step(may.can_change_accompaniment)
def change(request: HttpRequest, accompaniment: Accompaniment) -> HttpResponse:
    """Another day, court, company or other children."""
    episode = _own_file(request, accompaniment)
    form = kept_form(
        AccompanimentForm,
        request,
        f"accompaniment-change:{accompaniment.pk}",
        record=accompaniment,
        episode=episode,
        files=services.files_for(episode, request.user),
        is_change=True,
        initial=known_way(accompaniment),
    )
    ready = request.method == "POST" and form.is_valid()
    if ready and (
        answer := save_once(request, form, lambda: _changed(request, accompaniment, form))
    ):
        return answer
    context = {**episode_strip(request, episode), "form": form, "title": _("Change the plan")}
    return TemplateResponse(request, "casework/help_form.html", context)


def _changed(request: HttpRequest, accompaniment: Accompaniment, form: AccompanimentForm) -> str:
    services.change_accompaniment(
        accompaniment,
        form.way(),
        files=form.chosen(),
        seen=form.cleaned_data["record_version"],
        actor=request.user,
    )
    return accompaniment.get_absolute_url()


@client_page
@accompaniment_step(may.can_record_accompaniment)
def record(request: HttpRequest, accompaniment: Accompaniment) -> HttpResponse:
    """How it went; a day on which it goes on is planned at once."""
    form = kept_form(
        OutcomeForm,
        request,
        f"accompaniment-record:{accompaniment.pk}",
        record=accompaniment,
        accompaniment=accompaniment,
        initial=known_outcome(accompaniment, services.next_of(accompaniment)),
    )
    ready = request.method == "POST" and form.is_valid()
    if ready and (
        answer := save_once(request, form, lambda: _recorded(request, accompaniment, form))
    ):
        return answer
    context = {
        **accompaniment_strip(request, accompaniment),
        "form": form,
        "title": _("How it went"),
        "about": accompaniment,
    }
    return TemplateResponse(request, "casework/help_form.html", context)


def _recorded(request: HttpRequest, accompaniment: Accompaniment, form: OutcomeForm) -> str:
    seen = form.cleaned_data["record_version"]
    services.record_accompaniment(accompaniment, form.outcome(), seen=seen, actor=request.user)
    return accompaniment.get_absolute_url()


@client_page
@accompaniment_step(may.can_cancel_accompaniment)
def cancel(request: HttpRequest, accompaniment: Accompaniment) -> HttpResponse:
    """Called off beforehand."""
    form = kept_form(
        ReasonForm,
        request,
        f"accompaniment-cancel:{accompaniment.pk}",
        label=_("Why it is called off"),
        save=_("Call it off"),
        cancel_url=accompaniment.get_absolute_url(),
        longest=300,
    )
    ready = request.method == "POST" and form.is_valid()
    if ready and (
        answer := save_once(request, form, lambda: _cancelled(request, accompaniment, form))
    ):
        return answer
    context = {
        **accompaniment_strip(request, accompaniment),
        "form": form,
        "title": _("Call the accompaniment off"),
        "about": accompaniment,
    }
    return TemplateResponse(request, "casework/help_form.html", context)


def _cancelled(request: HttpRequest, accompaniment: Accompaniment, form: ReasonForm) -> str:
    reason = form.cleaned_data["reason"]
    services.cancel_accompaniment(accompaniment, reason=reason, actor=request.user)
    return accompaniment.get_absolute_url()


def find_accompaniment(request: HttpRequest, pk: str) -> Accompaniment:
    """The accompaniment with what its page shows, noted as read; 404 where the reader may not know of it."""
    accompaniment: Accompaniment = get_object_or_404(
        Accompaniment.objects.visible_to(request.user)
        .select_related(
            "case__office", "case__responsible", "organisation", "specialist", "follows", "recorded_by"
        )
        .prefetch_related("episodes__person", "episodes__case", "with_whom"),
        pk=pk,
    )  # fmt: skip
    files = _files_for(request, accompaniment)
    note_read(request, accompaniment, accompaniment.case, *files, *(e.person for e in files))
    return accompaniment


def accompaniment_strip(request: HttpRequest, accompaniment: Accompaniment) -> dict[str, Any]:
    """What every page of an accompaniment is given. ``files`` are those that the reader reads, the first leads back."""
    files = _files_for(request, accompaniment)
    alerts = SafetyAlert.objects.filter(case=accompaniment.case_id, lifted_at=None)
    user = request.user
    return {
        "accompaniment": accompaniment,
        "files": files,
        "episode": files[0],
        "case": accompaniment.case,
        "person": files[0].person,
        "alerts": list(alerts.select_related("raised_by")),
        "is_court": files[0].kind == EpisodeKind.LEGAL,
        "can": {
            "change": may.can_change_accompaniment(user, accompaniment),
            "record": may.can_record_accompaniment(user, accompaniment),
            "cancel": may.can_cancel_accompaniment(user, accompaniment),
        },
    }


def _files_for(request: HttpRequest, accompaniment: Accompaniment) -> list[Episode]:
    """The episodes in whose files it lies, as far as the reader reads them: one query, remembered on the object."""
    known: list[Episode] | None = accompaniment.__dict__.get("_files_read")
    if known is None:
        read = set(
            Episode.objects.content_visible_to(request.user)
            .filter(accompaniments=accompaniment)
            .values_list("pk", flat=True)
        )
        known = [e for e in accompaniment.episodes.all() if e.pk in read]
        accompaniment.__dict__["_files_read"] = known
    return known


def _own_file(request: HttpRequest, accompaniment: Accompaniment) -> Episode:
    own = (
        e for e in accompaniment.episodes.all() if may.can_add_accompaniment(request.user, e)
    )  # fmt: skip
    return next(own)


def _seen(request: HttpRequest, other: Accompaniment | None) -> Accompaniment | None:
    """A neighbour in the chain, where the reader may see it."""
    if other is None:
        return None
    return Accompaniment.objects.visible_to(request.user).filter(pk=other.pk).first()
