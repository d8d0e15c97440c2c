"""The legal file: protection orders, drafted documents, the state-guaranteed lawyer."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core import clock
from core.saving import kept_form, save_once
from offices.models import ReadKind
from offices.reading import client_page, note_read
from papers.attachments import serve_attachment

from .. import accompaniment_permissions as may
from ..forms.episodes import ReasonForm
from ..forms.legal_file import (
    DocumentForm,
    OrderForm,
    StateLawyerForm,
    known_document,
    known_lawyer,
    known_order,
)
from ..history import history_of
from ..models import DraftedDocument, Episode, ProtectionOrder, StateLawyer
from ..services import legal_file as services
from ..trails import document_trail, order_trail
from .episodes import episode_step, episode_strip


@client_page
@episode_step(may.can_keep_legal_file)
def add_order(request: HttpRequest, episode: Episode) -> HttpResponse:
    form = kept_form(
        OrderForm,
        request,
        f"order-add:{episode.pk}",
        case=episode.case,
        cancel_url=episode.get_absolute_url(),
        initial={"protects": [episode.person_id]},
    )

    def keep() -> str:
        scan = form.cleaned_data["scan"]
        order = services.record_order(episode, form.order(), scan=scan, actor=request.user)
        return order.get_absolute_url()

    return _answer(request, episode, form, _("Add a protection order"), keep)


@require_safe
@client_page
def show_order(request: HttpRequest, pk: str) -> HttpResponse:
    order = _find_order(request, pk)
    user = request.user
    context = {
        **episode_strip(request, order.episode),
        "order": order,
        "today": clock.today(),
        "can_change": may.can_change_order(user, order),
        "can_close": may.can_close_order(user, order),
        "entries": history_of(order_trail(order), reader=user),
    }
    return TemplateResponse(request, "casework/order_page.html", context)


@client_page
def change_order(request: HttpRequest, pk: str) -> HttpResponse:
    order = _find_order(request, pk)
    if not may.can_change_order(request.user, order):
        raise PermissionDenied
    form = kept_form(
        OrderForm,
        request,
        f"order-change:{order.pk}",
        record=order,
        case=order.episode.case,
        cancel_url=order.get_absolute_url(),
        initial=known_order(order),
    )

    def keep() -> str:
        said = form.cleaned_data
        services.change_order(
            order, form.order(), scan=said["scan"], seen=said["record_version"], actor=request.user
        )
        return order.get_absolute_url()

    return _answer(request, order.episode, form, _("Change the protection order"), keep)


@client_page
def close_order(request: HttpRequest, pk: str) -> HttpResponse:
    """Extended, lifted, run out: said in words, and the reminders end."""
    order = _find_order(request, pk)
    if not may.can_close_order(request.user, order):
        raise PermissionDenied
    form = kept_form(
        ReasonForm,
        request,
        f"order-close:{order.pk}",
        label=_("What became of it"),
        help_text=_("Extended by another order, lifted, has run out."),
        save=_("Close the order"),
        cancel_url=order.get_absolute_url(),
        longest=300,
    )

    def keep() -> str:
        services.close_order(order, reason=form.cleaned_data["reason"], actor=request.user)
        return order.get_absolute_url()

    return _answer(request, order.episode, form, _("Close the protection order"), keep)


@client_page(kind=ReadKind.PAPER)
def order_scan(request: HttpRequest, pk: str) -> HttpResponse:
    order = _find_order(request, pk)
    if order.scan is None:
        raise Http404
    return serve_attachment(order.scan)


@client_page
@episode_step(may.can_keep_legal_file)
def add_document(request: HttpRequest, episode: Episode) -> HttpResponse:
    form = kept_form(
        DocumentForm,
        request,
        f"document-add:{episode.pk}",
        cancel_url=episode.get_absolute_url(),
        initial={"drafted_on": clock.today()},
    )

    def keep() -> str:
        file = form.cleaned_data["file"]
        return services.keep_document(
            episode, form.document(), file=file, actor=request.user
        ).get_absolute_url()

    return _answer(request, episode, form, _("Add a drafted document"), keep)


@require_safe
@client_page
def show_document(request: HttpRequest, pk: str) -> HttpResponse:
    document = _find(request, DraftedDocument, pk)
    context = {
        **episode_strip(request, document.episode),
        "document": document,
        "can_change": may.can_keep_legal_file(request.user, document.episode),
        "entries": history_of(document_trail(document), reader=request.user),
    }
    return TemplateResponse(request, "casework/document_page.html", context)


@client_page
def change_document(request: HttpRequest, pk: str) -> HttpResponse:
    document = _find(request, DraftedDocument, pk)
    if not may.can_keep_legal_file(request.user, document.episode):
        raise PermissionDenied
    form = kept_form(
        DocumentForm,
        request,
        f"document-change:{document.pk}",
        record=document,
        cancel_url=document.get_absolute_url(),
        initial=known_document(document),
    )

    def keep() -> str:
        said = form.cleaned_data
        services.change_document(
            document,
            form.document(),
            file=said["file"],
            seen=said["record_version"],
            actor=request.user,
        )
        return str(document.get_absolute_url())

    return _answer(request, document.episode, form, _("Change the document"), keep)


@client_page(kind=ReadKind.PAPER)
def document_file(request: HttpRequest, pk: str) -> HttpResponse:
    document = _find(request, DraftedDocument, pk)
    if document.file is None:
        raise Http404
    return serve_attachment(document.file)


@client_page
@episode_step(may.can_keep_legal_file)
def add_lawyer(request: HttpRequest, episode: Episode) -> HttpResponse:
    form = kept_form(
        StateLawyerForm,
        request,
        f"state-lawyer-add:{episode.pk}",
        cancel_url=episode.get_absolute_url(),
        initial={"handed_on": clock.today()},
    )

    def keep() -> str:
        services.hand_to_state_lawyer(episode, form.handed_over(), actor=request.user)
        return episode.get_absolute_url()

    return _answer(request, episode, form, _("Hand to a state-guaranteed lawyer"), keep)


@client_page
def change_lawyer(request: HttpRequest, pk: str) -> HttpResponse:
    row = _find(request, StateLawyer, pk)
    if not may.can_keep_legal_file(request.user, row.episode):
        raise PermissionDenied
    form = kept_form(
        StateLawyerForm,
        request,
        f"state-lawyer-change:{row.pk}",
        record=row,
        cancel_url=row.episode.get_absolute_url(),
        initial=known_lawyer(row),
    )

    def keep() -> str:
        seen = form.cleaned_data["record_version"]
        services.change_state_lawyer(row, form.handed_over(), seen=seen, actor=request.user)
        return str(row.episode.get_absolute_url())

    return _answer(request, row.episode, form, _("State-guaranteed lawyer"), keep)


def _answer(
    request: HttpRequest, episode: Episode, form: Any, title: str, keep: Any
) -> HttpResponse:
    ready = request.method == "POST" and form.is_valid()
    if ready and (answer := save_once(request, form, keep)):
        return answer
    context = {**episode_strip(request, episode), "form": form, "title": title}
    return TemplateResponse(request, "casework/help_form.html", context)


def _find_order(request: HttpRequest, pk: str) -> ProtectionOrder:
    order = _find(request, ProtectionOrder, pk)
    assert isinstance(order, ProtectionOrder)
    return order


def _find(request: HttpRequest, model: Any, pk: str) -> Any:
    """The record with its episode, noted as read; 404 where the reader may not know of it."""
    rows = model.objects.visible_to(request.user).select_related(
        "episode__case__office",
        "episode__case__responsible",
        "episode__person",
        "episode__office",
        "episode__specialist",
        "recorded_by",
    )
    found = get_object_or_404(rows, pk=pk)
    episode = found.episode
    note_read(request, found, episode.case, episode, episode.person)
    return found
