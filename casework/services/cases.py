"""The life of a case after its opening: who answers for it, who is kept out, its basis, and changes of what it says.

Each function locks the case, checks permission and state, and refuses with a ``DomainError`` in words.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from core.saving import claim_version
from offices.enums import Role
from offices.models import Office, User
from offices.notices import tell
from offices.standing import people_in

from .. import permissions as may
from ..enums import BasisKind, CaseStage
from ..models import Case, CaseConflict, SituationCategory
from .conflicts import end_written_conflict, write_conflict
from .new_case import Basis, Identification, NewCase
from .offers import carry_tasks, overtake_hand_over
from .opening import check_basis, lay_basis, lay_identification, open_case

__all__ = [
    "Basis",
    "Identification",
    "NewCase",
    "assign_case",
    "change_basis",
    "change_case",
    "confirm_basis_word",
    "declare_conflict",
    "end_conflict",
    "open_case",
    "receive_basis",
    "restrict_case",
    "unrestrict_case",
    "withdraw_basis_word",
    "workers_with_load",
]


def locked(case: Case) -> Case:
    """The case as it stands now, its row locked until the transaction ends."""
    return Case.objects.select_for_update(of=("self",)).select_related("office").get(pk=case.pk)


def refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise DomainError(_("You have no right to do this in this case."))


def workers_with_load(office: Office, *, besides: Iterable[User] = ()) -> QuerySet[User]:
    """Who may answer for a case of the office today, with ``load``: the open cases they hold there. Without ``besides``."""
    open_cases = Q(responsible_cases__office=office) & ~Q(responsible_cases__stage=CaseStage.CLOSED)
    able = people_in(office.pk, Role.CASEWORKER, Role.HEAD)
    return (
        User.objects.filter(pk__in=[user.pk for user in able])
        .exclude(pk__in=[user.pk for user in besides])
        .annotate(load=Count("responsible_cases", filter=open_cases, distinct=True))
        .order_by("surname", "given_name")
    )


def shut_out(case: Case) -> list[User]:
    return list(
        User.objects.filter(case_conflicts__case=case, case_conflicts__ended_at=None).distinct()
    )


@transaction.atomic
def assign_case(case: Case, worker: User, *, actor: User) -> Case:
    """Make ``worker`` answer for the case. The one before and the new one are told."""
    case = locked(case)
    refuse_unless(may.can_assign_case(actor, case))
    if worker not in workers_with_load(case.office, besides=shut_out(case)):
        raise DomainError(_("This worker cannot answer for the case: choose one of the list."))
    before = case.responsible
    if before == worker and case.assigned_at is not None:
        return case
    overtake_hand_over(case, actor)
    case.responsible, case.assigned_at = worker, clock.now()
    case.version += 1
    case.save()
    carry_tasks(case, worker)
    url = case.get_absolute_url()
    tell([worker], "case_assigned", by=actor, number=case.number, url=url)
    if before != worker:
        tell([before], "case_reassigned", by=actor, number=case.number, url=url)
    return case


@transaction.atomic
def restrict_case(case: Case, reason: str, *, actor: User) -> Case:
    """Only the responsible worker, the holders of episodes and the head go on knowing whose case it is."""
    return _set_restricted(case, True, reason, actor)


@transaction.atomic
def unrestrict_case(case: Case, reason: str, *, actor: User) -> Case:
    return _set_restricted(case, False, reason, actor)


def _set_restricted(case: Case, restricted: bool, reason: str, actor: User) -> Case:
    case = locked(case)
    refuse_unless(may.can_restrict_case(actor, case))
    if not reason.strip():
        raise DomainError(_("Say why."))
    if case.is_restricted == restricted:
        raise DomainError(
            _("The case is restricted already.") if restricted else _("The case is not restricted.")
        )
    case.is_restricted = restricted
    case.version += 1
    case._change_reason = reason.strip()[:100]  # type: ignore[attr-defined]  # read by the history
    case.save()
    return case


@transaction.atomic
def change_case(
    case: Case,
    *,
    identification: Identification,
    reason: str,
    categories: Iterable[SituationCategory],
    risk_level: str,
    actor: User,
    seen_version: int | None,
) -> Case:
    """Change what the case says of its beginning and its risk.

    A category that restricts restricts the case now; taking it away does not open it: that is the head's word.
    """
    case = locked(case)
    refuse_unless(may.can_change_case(actor, case))
    claim_version(case, seen_version, changed_by=last_change(case))
    categories = list(categories)
    lay_identification(case, identification)
    case.reason, case.risk_level = reason, risk_level
    case.is_restricted = case.is_restricted or any(c.is_restricted for c in categories)
    case.save()
    if set(case.categories.all()) != set(categories):
        case.categories.set(categories)
    return case


def last_change(record: Any) -> str:
    """Who saved ``record`` last and when, for the words to a second writer."""
    latest = record.history.select_related("history_user").order_by("-history_date").first()
    if latest is None or latest.history_user is None:
        return ""
    at = clock.local(latest.history_date).strftime("%d.%m.%Y %H:%M")
    return f"{latest.history_user.full_name}, {at}."


@transaction.atomic
def receive_basis(
    case: Case, basis: Basis, *, actor: User, seen_version: int | None = None
) -> Case:
    """The awaited document has come: write it down. What the head had allowed stays on the record."""
    case = locked(case)
    refuse_unless(may.can_receive_basis(actor, case))
    if not case.is_basis_awaited:
        raise DomainError(_("The basis document of this case is here already."))
    if basis.kind == BasisKind.AWAITED:
        raise DomainError(_("Choose the kind of the document that has come."))
    check_basis(basis, case.office)
    claim_version(case, seen_version, changed_by=last_change(case))
    lay_basis(case, basis, actor)
    case.basis_received_at = clock.now()
    case.save()
    tell(
        [case.responsible, *people_in(case.office_id, Role.HEAD)],
        "basis_received",
        by=actor,
        number=case.number,
        url=case.get_absolute_url(),
    )
    return case


@transaction.atomic
def change_basis(case: Case, basis: Basis, *, actor: User, seen_version: int | None) -> Case:
    """Put right what is written of the document at hand; a scan that is not given again stays."""
    case = locked(case)
    refuse_unless(may.can_receive_basis(actor, case))
    if case.is_basis_awaited or basis.kind == BasisKind.AWAITED:
        raise DomainError(_("Choose the kind of the document that has come."))
    check_basis(basis, case.office)
    claim_version(case, seen_version, changed_by=last_change(case))
    lay_basis(case, replace(basis, scan=basis.scan or case.basis_scan), actor)
    case.save()
    return case


@transaction.atomic
def confirm_basis_word(case: Case, *, actor: User) -> Case:
    """The head says that the word, in which help began without a document, is theirs."""
    case = _locked_word(case, actor)
    case.basis_allowed_by = actor
    case.basis_word_confirmed_at, case.basis_word_withdrawn_at = clock.now(), None
    case.basis_word_reason = ""
    return _word_settled(case, "basis_word_confirmed", actor)


@transaction.atomic
def withdraw_basis_word(case: Case, reason: str, *, actor: User) -> Case:
    """The head takes the word back: the document is due at once, and the worker is told."""
    case = _locked_word(case, actor)
    if not reason.strip():
        raise DomainError(_("Say why."))
    case.basis_word_withdrawn_at, case.basis_word_confirmed_at = clock.now(), None
    case.basis_word_reason = reason.strip()
    return _word_settled(case, "basis_word_withdrawn", actor)


def _locked_word(case: Case, actor: User) -> Case:
    case = locked(case)
    refuse_unless(may.can_lead_case(actor, case))
    if not case.is_basis_awaited:
        raise DomainError(_("The basis document of this case is here already."))
    return case


def _word_settled(case: Case, kind: str, actor: User) -> Case:
    case.version += 1
    case.save()
    tell([case.responsible], kind, by=actor, number=case.number, url=case.get_absolute_url())
    return case


@transaction.atomic
def declare_conflict(case: Case, user: User, reason: str, *, actor: User) -> CaseConflict:
    """Shut ``user`` out of the case (clause 10): oneself, or a worker of the office by its head.

    The responsible worker is not shut out before the head has assigned another; the head of the case's office and
    the responsible worker are told.
    """
    case = locked(case)
    refuse_unless(may.can_declare_conflict(actor, case))
    if user != actor:
        refuse_unless(may.can_declare_conflict_of_others(actor, case))
    if user == case.responsible:
        raise DomainError(
            _(
                "This worker answers for the case. Somebody must answer for it: let the head assign another worker first."
            )
        )
    conflict: CaseConflict = write_conflict(case, user, reason, actor=actor)
    may.forget_depth(user, case)
    tell(
        [case.responsible, *(h for h in people_in(case.office_id, Role.HEAD) if h != user)],
        "conflict_declared",
        by=actor,
        number=case.number,
        url=case.get_absolute_url(),
    )
    return conflict


@transaction.atomic
def end_conflict(conflict_id: UUID, case: Case, *, actor: User) -> CaseConflict:
    """The tie is no more, or was declared by mistake: the head lets the worker in again."""
    case = locked(case)
    refuse_unless(may.can_declare_conflict_of_others(actor, case))
    conflict: CaseConflict = end_written_conflict(case, conflict_id)
    return conflict
