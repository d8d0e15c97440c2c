"""Builders of accompaniments, orders, documents, statements and tasks."""

import datetime as dt

from casework.accompaniment_enums import (
    RECORDED,
    AccompanimentKind,
    AccompanimentStatus,
    CourtRole,
    DraftedKind,
    StatementStatus,
    TaskStatus,
)
from casework.enums import EpisodeKind
from casework.models import (
    Accompaniment,
    DraftedDocument,
    ProtectionOrder,
    StateLawyer,
    Statement,
    Task,
)
from casework.services.statements import digest
from casework.statement_papers import statement_paper, to_snapshot
from core import clock
from offices.enums import Role
from papers.models import PaperKind
from tests import builders as make

from .conclusion_builders import make_paper


def make_lawyer(office=None, **fields):
    return make.make_user(Role.LAWYER, office or make.make_centre(), **fields)


def make_legal_episode(case=None, lawyer=None, **fields):
    return make.make_episode(case, lawyer or make_lawyer(), kind=EpisodeKind.LEGAL, **fields)


def make_social_episode(case=None, worker=None, **fields):
    case = case or make.make_case()
    worker = worker or make.make_caseworker(case.office)
    return make.make_episode(case, worker, kind=EpisodeKind.SOCIAL, **fields)


def make_accompaniment(*episodes, **fields):
    """One held yesterday in a court or a hospital, by the kind of the help; other states by ``status``."""
    first = episodes[0]
    is_court = first.kind == EpisodeKind.LEGAL
    fields.setdefault("kind", AccompanimentKind.COURT if is_court else AccompanimentKind.MEDICAL)
    status = fields.setdefault("status", AccompanimentStatus.HELD)
    days = -1 if status in RECORDED else 3
    fields.setdefault("on", clock.today() + dt.timedelta(days=days))
    if fields["kind"] == AccompanimentKind.COURT:
        fields.setdefault("role", CourtRole.REPRESENTATIVE)
        fields.setdefault("court_number", "ГД-1734/26")
    if status in RECORDED:
        fields.setdefault("recorded_at", clock.now())
    if status == AccompanimentStatus.CANCELLED:
        fields.setdefault("cancel_reason", "Бала ооруп калды")
    if not fields.get("organisation"):
        fields.setdefault("organisation_text", "Свердлов райондук соту" if is_court else "Оорукана")
    fields.setdefault("purpose", "Ата-энелик укуктар" if is_court else "Дарыгерге көрүнүү")
    fields.setdefault("specialist", first.specialist)
    fields.setdefault("recorded_by", fields["specialist"])
    made = Accompaniment.objects.create(case=first.case, **fields)
    made.episodes.set(episodes)
    return made


def make_order(episode, **fields):
    fields.setdefault("number", "118")
    fields.setdefault("issuer_text", "Свердлов райондук ИИБ")
    fields.setdefault("issued_on", clock.today() - dt.timedelta(days=2))
    fields.setdefault("expires_on", clock.today() + dt.timedelta(days=3))
    fields.setdefault("recorded_by", episode.specialist)
    made = ProtectionOrder.objects.create(episode=episode, **fields)
    made.protects.set([episode.person])
    return made


def make_document(episode, **fields):
    fields.setdefault("kind", DraftedKind.CLAIM)
    fields.setdefault("title", "Доо арыз")
    fields.setdefault("drafted_on", clock.today())
    return DraftedDocument.objects.create(episode=episode, recorded_by=episode.specialist, **fields)


def make_state_lawyer(episode, **fields):
    fields.setdefault("name", "Токтогулов Эрмек")
    fields.setdefault("handed_on", clock.today())
    return StateLawyer.objects.create(episode=episode, recorded_by=episode.specialist, **fields)


def make_statement(episode, **fields):
    """Signed by the episode's specialist; issued without laying a paper out where ``status`` says so."""
    author = fields.setdefault("author", episode.specialist)
    snapshot = to_snapshot(statement_paper(episode, author, on=clock.today()))
    status = fields.setdefault("status", StatementStatus.SIGNED)
    if status == StatementStatus.RETURNED:
        fields.setdefault("return_reason", "Күнү туура эмес")
    if status == StatementStatus.ISSUED:
        head = fields.setdefault("countersigned_by", make.make_head(episode.office))
        number = fields.setdefault("number", f"С-{episode.pk.hex[:6]}")
        kind = (
            PaperKind.COURT_STATEMENT
            if episode.kind == EpisodeKind.LEGAL
            else PaperKind.SOCIAL_STATEMENT
        )
        fields.setdefault("paper", make_paper(episode.office, number, head, kind))
        fields.setdefault("countersigned_at", clock.now())
    return Statement.objects.create(
        episode=episode,
        signed_at=clock.now(),
        snapshot=snapshot,
        text_sha256=digest(snapshot),
        **fields,
    )


def make_task(case, assigned_to=None, **fields):
    fields.setdefault("what", "Мектепке чалуу")
    fields.setdefault("due_on", clock.today() + dt.timedelta(days=1))
    fields.setdefault("made_by", case.responsible)
    if fields.get("status", TaskStatus.OPEN) != TaskStatus.OPEN:
        fields.setdefault("settled_at", clock.now())
        fields.setdefault("settled_by", case.responsible)
        fields.setdefault("settled_word", "Болду")
    return Task.objects.create(case=case, assigned_to=assigned_to or case.responsible, **fields)
