"""Two records of one person: proposed by a head, agreed by the other record's head, parted again by both.

The rows of both stay as they are. What is changed is only the word that they are one.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.enums import Role
from offices.models import Office, User
from offices.notices import tell
from offices.standing import people_in, standing
from offices.throttle import Attempt, begin_attempt

from .. import keeping_permissions as may
from ..keeping_enums import MergeStatus
from ..lookalikes import Sought, known_elsewhere
from ..models import Case, Person, PersonMerge

MOST_ASKED = 3
_STANDS = [MergeStatus.PROPOSED, MergeStatus.AGREED]


def ask_elsewhere(actor: User) -> Attempt:
    """Count a question about files elsewhere before it is answered: five that fit nobody, and there is a pause.

    Raises TooManyFailures (a DomainError).
    """
    return begin_attempt(f"known elsewhere {actor.pk}", None)


@transaction.atomic
def propose_elsewhere(
    person: Person, sought: Sought, reason: str, *, actor: User
) -> list[PersonMerge]:
    """Ask the heads of files known elsewhere by ``sought`` (the guard's own measure) whether they are of ``person``.

    The proposer learns only that such a file is known; its heads see who asks, why, and who the person is.
    """
    _refuse_unless(may.can_propose_merge(actor, person))
    _say_why(reason)
    taken = _linked_to(person)
    found = [
        p for p in known_elsewhere(sought, actor)[: MOST_ASKED + len(taken)] if p.pk not in taken
    ]
    if not found:
        raise DomainError(
            _("No file elsewhere fits these particulars. This question has been counted.")
        )
    return [_proposed(person, other, reason, actor) for other in found[:MOST_ASKED]]


@transaction.atomic
def bring_together(person: Person, other: Person, reason: str, *, actor: User) -> PersonMerge:
    """Two records that ``actor`` sees both: at once where they head an office with a case of each, else the other head is asked."""
    _refuse_unless(may.can_propose_merge(actor, person))
    _say_why(reason)
    if person.pk == other.pk or not Person.objects.visible_to(actor).filter(pk=other.pk).exists():
        raise DomainError(_("Choose another record of the same person."))
    if other.pk in _linked_to(person):
        raise DomainError(
            _("These two records are brought together already, or it has been proposed.")
        )
    if not may.leads_case_of(actor, other):
        return _proposed(person, other, reason, actor)
    at = clock.now()
    return PersonMerge.objects.create(
        ours=person,
        theirs=other,
        office=_office_of(person, actor),
        reason=reason.strip(),
        proposed_by=actor,
        proposed_at=at,
        status=MergeStatus.AGREED,
        decided_by=actor,
        decided_at=at,
    )


@transaction.atomic
def agree_merge(merge: PersonMerge, *, actor: User) -> PersonMerge:
    """The other head agrees: from now on whoever sees both records sees one person. Who proposed is told."""
    merge = _locked(merge, may.can_answer_merge, actor)
    return _decide(merge, MergeStatus.AGREED, "merge_agreed", actor)


@transaction.atomic
def refuse_merge(merge: PersonMerge, reason: str, *, actor: User) -> PersonMerge:
    merge = _locked(merge, may.can_answer_merge, actor)
    _say_why(reason)
    merge.decision_reason = reason.strip()
    return _decide(merge, MergeStatus.REFUSED, "merge_refused", actor)


@transaction.atomic
def withdraw_merge(merge: PersonMerge, *, actor: User) -> PersonMerge:
    merge = _locked(merge, may.can_withdraw_merge, actor)
    return _decide(merge, MergeStatus.WITHDRAWN, "", actor)


@transaction.atomic
def ask_parting(merge: PersonMerge, reason: str, *, actor: User) -> PersonMerge:
    """They were two persons after all: parted at once by a head of both records, else the other head is asked."""
    merge = _locked(merge, may.can_ask_parting, actor)
    _say_why(reason)
    leads_ours = may.leads_case_of(actor, merge.ours)
    leads_theirs = may.leads_case_of(actor, merge.theirs)
    merge.part_reason, merge.part_asked_by = reason.strip(), actor
    merge.part_asked_at, merge.part_asked_from_ours = clock.now(), leads_ours
    if leads_ours and leads_theirs:
        return _part(merge, actor)
    merge.save()
    other = merge.theirs if leads_ours else merge.ours
    _tell(heads_of(other), "parting_asked", merge, actor)
    return merge


@transaction.atomic
def agree_parting(merge: PersonMerge, *, actor: User) -> PersonMerge:
    """The other head agrees: each record stands alone again, as it did."""
    merge = _locked(merge, may.can_answer_parting, actor)
    told = [merge.part_asked_by] if merge.part_asked_by else []
    _tell(told, "merge_parted", merge, actor)
    return _part(merge, actor)


@transaction.atomic
def refuse_parting(merge: PersonMerge, *, actor: User) -> PersonMerge:
    """The other head holds that they are one person: they stay together, and who asked is told."""
    merge = _locked(merge, may.can_answer_parting, actor)
    told = [merge.part_asked_by] if merge.part_asked_by else []
    _tell(told, "parting_refused", merge, actor)
    merge.part_asked_by, merge.part_asked_at, merge.part_asked_from_ours = None, None, None
    merge.part_reason = ""
    merge.save()
    return merge


def cases_with(person: Person) -> "Iterable[Case]":
    return (
        Case.objects.filter(Q(child_places__person=person) | Q(family__members__person=person))
        .select_related("office")
        .distinct()
    )


def heads_of(person: Person) -> list[User]:
    """Who may answer about the record: the heads of the offices with a case of the person, but for those shut out of it."""
    found: dict[object, User] = {}
    for case in cases_with(person):
        shut = set(case.conflicts.filter(ended_at=None).values_list("user", flat=True))
        for head in people_in(case.office_id, Role.HEAD):
            if head.pk not in shut:
                found[head.pk] = head
    return list(found.values())


def _linked_to(person: Person) -> set[UUID]:
    """Records with which it is proposed, or agreed, that they are one with this one."""
    pairs = PersonMerge.objects.filter(Q(ours=person) | Q(theirs=person), status__in=_STANDS)
    return {pk for pair in pairs.values_list("ours", "theirs") for pk in pair} - {person.pk}


def _proposed(person: Person, other: Person, reason: str, actor: User) -> PersonMerge:
    merge = PersonMerge.objects.create(
        ours=person,
        theirs=other,
        office=_office_of(person, actor),
        reason=reason.strip(),
        proposed_by=actor,
        proposed_at=clock.now(),
    )
    _tell(heads_of(other), "merge_proposed", merge, actor)
    return merge


def _office_of(person: Person, actor: User) -> Office:
    """The office for which ``actor`` asks: the one they head with a case of the person."""
    led = standing(actor).offices(Role.HEAD)
    return next(case.office for case in cases_with(person) if case.office_id in led)


def _say_why(reason: str) -> None:
    if not reason.strip():
        raise DomainError(_("Say why."))


def _refuse_unless(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def _locked(
    merge: PersonMerge, allows: Callable[[User, PersonMerge], bool], actor: User
) -> PersonMerge:
    rows = PersonMerge.objects.visible_to(actor).select_for_update(of=("self",))
    related = rows.select_related("ours", "theirs", "proposed_by", "part_asked_by")
    found = related.filter(pk=merge.pk).first()
    if found is None:
        raise PermissionDenied
    if not allows(actor, found):
        if (found.status, found.part_asked_at) != (merge.status, merge.part_asked_at):
            raise DomainError(_("This has been answered already. Look at it again."))
        raise PermissionDenied
    return found


def _decide(merge: PersonMerge, status: str, kind: str, actor: User) -> PersonMerge:
    merge.status, merge.decided_by, merge.decided_at = status, actor, clock.now()
    merge.save()
    if kind:
        _tell([merge.proposed_by], kind, merge, actor)
    return merge


def _part(merge: PersonMerge, actor: User) -> PersonMerge:
    merge.status, merge.parted_by, merge.parted_at = MergeStatus.PARTED, actor, clock.now()
    merge.save()
    return merge


def _tell(people: Iterable[User], kind: str, merge: PersonMerge, by: User) -> None:
    tell(people, kind, by=by, url=merge.get_absolute_url())
