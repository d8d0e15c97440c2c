"""State changes of a statement of accompaniment: signed, returned, countersigned and issued once.

Each checks permission (PermissionDenied) and state (DomainError, in words). Passwords have been asked by the caller.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core import clock
from core.errors import ChangedMeanwhile, DomainError
from offices.enums import Role
from offices.models import User
from offices.notices import tell
from offices.standing import people_in
from papers.models import IssuedPaper, Journal
from papers.numbers import take_number
from papers.services import issue_paper

from ..accompaniment_enums import StatementStatus
from ..accompaniment_permissions import (
    can_countersign_statement,
    can_return_statement,
    can_sign_statement,
    leads_statement,
)
from ..hidden import hidden_facts_of, mentioned_in
from ..models import CaseConflict, Episode, Statement
from ..statement_papers import TEMPLATE, issued_paper, stated_of, statement_paper, to_snapshot
from .episode_results import has_result, missing_result


@transaction.atomic
def sign_statement(episode: Episode, *, seen: str, actor: User) -> Statement:
    """Lock what the records say now. ``seen`` is :func:`statement_digest` of what the signer was shown.

    Tells the head of the specialist's office.
    """
    episode = _locked_episode(episode, actor)
    if episode.statements.filter(status=StatementStatus.SIGNED).exists():
        raise DomainError(_("A signed statement still waits for the head: take it back first."))
    if not has_result(episode):
        raise DomainError(missing_result(episode.kind))
    at = clock.now()
    snapshot = to_snapshot(statement_paper(episode, actor, on=clock.local(at).date()))
    if digest(snapshot) != seen:
        raise ChangedMeanwhile(
            _("The accompaniments changed after this page was opened. Read it again, then sign.")
        )
    _refuse_hidden(episode)
    statement = Statement.objects.create(
        episode=episode,
        author=actor,
        signed_at=at,
        snapshot=snapshot,
        text_sha256=digest(snapshot),
    )
    _tell(heads_for(statement), "statement_signed", statement, actor)
    return statement


@transaction.atomic
def return_statement(statement: Statement, *, reason: str, actor: User) -> Statement:
    """The head sends it back with remarks, or the author takes it back; what is mended is signed anew."""
    statement = _locked(statement, can_return_statement, actor)
    if not reason.strip():
        raise DomainError(_("Say what is to be mended."))
    statement.status = StatementStatus.RETURNED
    statement.return_reason = reason.strip()[:500]
    statement.save()
    _tell(_not_shut_out([statement.author], statement), "statement_returned", statement, actor)
    return statement


@transaction.atomic
def countersign_statement(statement: Statement, *, actor: User) -> Statement:
    """The head's signature issues the paper: numbered in the office's outgoing journal, its bytes kept for good.

    A later statement of the same help takes the earlier one's place, as it lists all that there was.
    """
    statement = _locked(statement, can_countersign_statement, actor)
    if digest(statement.snapshot) != statement.text_sha256:
        raise DomainError(_("The signed text does not match its seal. Tell the administrator."))
    at = clock.now()
    day = clock.local(at).date()
    before = _paper_before(statement)
    office = statement.episode.office
    statement.number = take_number(office, Journal.OUTGOING, on=day)
    paper = issued_paper(statement, actor, number=statement.number, on=day)
    statement.paper = issue_paper(
        paper.kind,
        office=office,
        number=statement.number,
        on=day,
        by=actor,
        template=TEMPLATE,
        paper=paper,
        replaces=before,
    )
    statement.status = StatementStatus.ISSUED
    statement.countersigned_by, statement.countersigned_at = actor, at
    statement.save()
    readers = [statement.author, statement.episode.case.responsible]
    _tell(_not_shut_out(readers, statement), "statement_issued", statement, actor)
    return statement


def statement_digest(episode: Episode, author: User) -> str:
    """A digest of all that a statement signed today would print, so that what is signed is what was seen."""
    return digest(to_snapshot(statement_paper(episode, author, on=clock.today())))


def digest(snapshot: Any) -> str:
    plain = json.dumps(snapshot, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def heads_for(statement: Statement) -> list[User]:
    """Who may countersign it today."""
    heads = people_in(statement.episode.office_id, Role.HEAD)
    return [u for u in _not_shut_out(heads, statement) if u.pk != statement.author_id]


def _refuse_hidden(episode: Episode) -> None:
    """A hidden address or phone that somebody typed as the name of a place never goes out on paper."""
    texts = [f"{one.organisation_text}\n{one.court_number}" for one in stated_of(episode)]
    if mentions := mentioned_in(texts, hidden_facts_of(episode.case)):
        things = ", ".join(str(fact.thing) for fact in mentions)
        raise DomainError(
            _("The text spells out what is hidden from somebody: %(things)s. Take it out.")
            % {"things": things}
        )


def _paper_before(statement: Statement) -> IssuedPaper | None:
    """The newest paper that was issued for the same help."""
    issued = statement.episode.statements.filter(status=StatementStatus.ISSUED)
    newest = issued.select_related("paper").order_by("-countersigned_at").first()
    return newest.paper if newest else None


def _locked_episode(episode: Episode, actor: User) -> Episode:
    found = (
        Episode.objects.visible_to(actor)
        .select_for_update(of=("self",))
        .select_related("case__responsible", "office", "person")
        .filter(pk=episode.pk)
        .first()
    )
    if found is None or not can_sign_statement(actor, found):
        raise PermissionDenied
    return found


def _locked(
    statement: Statement, allows: Callable[[User, Statement], bool], actor: User
) -> Statement:
    """The row for changing. PermissionDenied for who may not; DomainError where only the state is another."""
    Episode.objects.select_for_update(of=("self",)).get(pk=statement.episode_id)
    rows = Statement.objects.visible_to(actor).select_for_update(of=("self",))
    related = rows.select_related("episode__case__responsible", "episode__office", "author")
    found = related.filter(pk=statement.pk).first()
    if found is None:
        raise PermissionDenied
    if not allows(actor, found):
        concerned = found.author_id == actor.pk or leads_statement(actor, found)
        if concerned and found.status != StatementStatus.SIGNED:
            raise DomainError(_("This statement is not in that state any more. Look at it again."))
        raise PermissionDenied
    return found


def _not_shut_out(people: Iterable[User], statement: Statement) -> list[User]:
    shut = set(
        CaseConflict.objects.filter(case=statement.episode.case_id, ended_at=None).values_list(
            "user", flat=True
        )
    )
    return [user for user in people if user.pk not in shut]


def _tell(people: Iterable[User], kind: str, statement: Statement, by: User) -> None:
    number = statement.number or statement.episode.case.number
    tell(people, kind, by=by, number=number, url=statement.get_absolute_url())
