"""State changes of the legal file: protection orders, drafted documents, the state-guaranteed lawyer.

Each checks permission (PermissionDenied) and state (DomainError, in words) under the episode's or the record's lock.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.models import Organisation, User
from offices.notices import tell
from papers.attachments import attach
from papers.uploads import CheckedFile

from ..accompaniment_permissions import can_change_order, can_close_order, can_keep_legal_file
from ..history import claim
from ..models import (
    CaseConflict,
    DraftedDocument,
    Episode,
    Person,
    ProtectionOrder,
    StateLawyer,
)


@dataclass(frozen=True)
class OrderText:
    """A protection order as its paper says it; the expiry is typed from it, None where it says none."""

    issued_on: dt.date
    expires_on: dt.date | None = None
    number: str = ""
    issuer: Organisation | None = None
    issuer_text: str = ""
    protects: tuple[Person, ...] = ()
    protects_text: str = ""
    against: Person | None = None
    against_text: str = ""
    conditions: str = ""


@dataclass(frozen=True)
class Drafted:
    """A drafted document; its text or a file, or neither where it is on paper alone."""

    kind: str
    title: str
    drafted_on: dt.date
    text: str = ""
    handed_to: str = ""
    handed_on: dt.date | None = None


@dataclass(frozen=True)
class HandedOver:
    """To whom of the state-guaranteed lawyers, when, what."""

    name: str
    handed_on: dt.date
    phone: str = ""
    register_number: str = ""
    matter: str = ""


@transaction.atomic
def record_order(
    episode: Episode, said: OrderText, *, scan: CheckedFile | None = None, actor: User
) -> ProtectionOrder:
    """A new order; those who work the case are told of it."""
    order = ProtectionOrder(episode=_locked_episode(episode, actor), recorded_by=actor)
    _put_order(order, said, scan, actor)
    _tell_of(order, "order_recorded", actor)
    return order


@transaction.atomic
def change_order(
    order: ProtectionOrder,
    said: OrderText,
    *,
    scan: CheckedFile | None = None,
    seen: int | None,
    actor: User,
) -> ProtectionOrder:
    """Mend what was typed from the paper. A court's or police's extension is a new order; this one is closed."""
    order = _locked_order(order, actor)
    if not can_change_order(actor, order):
        _refuse_order(order)
    claim(order, seen, actor=actor)
    _put_order(order, said, scan, actor)
    return order


@transaction.atomic
def close_order(order: ProtectionOrder, *, reason: str, actor: User) -> ProtectionOrder:
    """Say what became of it: extended by another one, lifted, run out. Its reminders end."""
    order = _locked_order(order, actor)
    if not can_close_order(actor, order):
        _refuse_order(order)
    if not reason.strip():
        raise DomainError(_("Say what became of it, in a few words."))
    order.closed_on, order.closing_reason = clock.today(), reason.strip()[:300]
    order.version += 1
    order.save()
    _tell_of(order, "order_closed", actor)
    return order


@transaction.atomic
def keep_document(
    episode: Episode, said: Drafted, *, file: CheckedFile | None = None, actor: User
) -> DraftedDocument:
    document = DraftedDocument(episode=_locked_episode(episode, actor), recorded_by=actor)
    return _put_document(document, said, file, actor)


@transaction.atomic
def change_document(
    document: DraftedDocument,
    said: Drafted,
    *,
    file: CheckedFile | None = None,
    seen: int | None,
    actor: User,
) -> DraftedDocument:
    """Its text, its file (the history keeps both), and to whom it was handed."""
    _locked_episode(document.episode, actor)
    document = DraftedDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    claim(document, seen, actor=actor)
    return _put_document(document, said, file, actor)


@transaction.atomic
def hand_to_state_lawyer(episode: Episode, said: HandedOver, *, actor: User) -> StateLawyer:
    """The matter goes on with a state-guaranteed lawyer; the episode stays with ours, who keeps in touch."""
    row = StateLawyer(episode=_locked_episode(episode, actor), recorded_by=actor)
    return _put_lawyer(row, said)


@transaction.atomic
def change_state_lawyer(
    row: StateLawyer, said: HandedOver, *, seen: int | None, actor: User
) -> StateLawyer:
    _locked_episode(row.episode, actor)
    row = StateLawyer.objects.select_for_update(of=("self",)).get(pk=row.pk)
    claim(row, seen, actor=actor)
    return _put_lawyer(row, said)


def _put_order(
    order: ProtectionOrder, said: OrderText, scan: CheckedFile | None, actor: User
) -> None:
    if said.issued_on > clock.today():
        raise DomainError(_("An order is issued before it is written down: check the day."))
    if said.expires_on is not None and said.expires_on < said.issued_on:
        raise DomainError(_("An order expires after it is issued: check the days."))
    if said.issuer is None and not said.issuer_text.strip():
        raise DomainError(_("Say who issued it: choose from the list or write it in words."))
    order.number, order.issuer = said.number.strip(), said.issuer
    order.issuer_text = said.issuer_text.strip()
    order.issued_on, order.expires_on = said.issued_on, said.expires_on
    order.protects_text, order.against = said.protects_text.strip(), said.against
    order.against_text, order.conditions = said.against_text.strip(), said.conditions
    if scan is not None:
        order.scan = attach(scan, by=actor)
    order.save()
    order.protects.set(said.protects)


def _put_document(
    document: DraftedDocument, said: Drafted, file: CheckedFile | None, actor: User
) -> DraftedDocument:
    if said.handed_on is not None and not said.handed_to.strip():
        raise DomainError(_("Say to whom it was handed."))
    document.kind, document.title = said.kind, said.title.strip()
    document.drafted_on, document.text = said.drafted_on, said.text
    document.handed_to, document.handed_on = said.handed_to.strip(), said.handed_on
    if file is not None:
        document.file = attach(file, by=actor)
    document.save()
    return document


def _put_lawyer(row: StateLawyer, said: HandedOver) -> StateLawyer:
    row.name, row.handed_on = said.name.strip(), said.handed_on
    row.phone, row.register_number = said.phone.strip(), said.register_number.strip()
    row.matter = said.matter.strip()
    row.save()
    return row


def _locked_episode(episode: Episode, actor: User) -> Episode:
    found = (
        Episode.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("case")
        .filter(pk=episode.pk)
        .first()
    )
    if found is None or not can_keep_legal_file(actor, found):
        raise PermissionDenied
    return found


def _locked_order(order: ProtectionOrder, actor: User) -> ProtectionOrder:
    rows = ProtectionOrder.objects.filter(pk=order.pk).visible_to(actor)
    found = rows.select_for_update(of=("self",)).select_related("episode__case").first()
    if not isinstance(found, ProtectionOrder):
        raise PermissionDenied
    if not (can_keep_legal_file(actor, found.episode) or can_close_order(actor, found)):
        raise PermissionDenied
    return found


def _refuse_order(order: ProtectionOrder) -> None:
    if order.closed_on is not None:
        raise DomainError(_("This order is closed: write a new one."))
    raise PermissionDenied


def _tell_of(order: ProtectionOrder, kind: str, actor: User) -> None:
    """The lawyer and the case's responsible worker, unless shut out of it."""
    case = order.episode.case
    shut = set(CaseConflict.objects.filter(case=case, ended_at=None).values_list("user", flat=True))
    people: Iterable[User | None] = (case.responsible, order.episode.specialist)
    told = [person for person in people if person is not None and person.pk not in shut]
    tell(told, kind, by=actor, number=case.number, url=order.get_absolute_url())
