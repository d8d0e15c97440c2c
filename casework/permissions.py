"""What a person may do with a case. Views, templates and services ask here; docs/permissions.md has the table.

A case that a predicate is asked about has come through ``Case.objects.visible_to``; a predicate never opens another one.
"""

from enum import IntEnum
from typing import Any
from uuid import UUID

from offices.enums import Role
from offices.models import User
from offices.standing import standing

from .enums import CaseStage
from .models import Case, SealedOpening

_DEPTHS = "_depth_by_reader"


class Depth(IntEnum):
    """How far into a case a person reads."""

    NONE = 0
    CARD = 1
    CONTENT = 2
    FULL = 3


def depth_of(user: User | Any, case: Case) -> Depth:
    """How far ``user`` reads into ``case``: one query, remembered on this object of the case."""
    known: dict[UUID | None, Depth] = case.__dict__.setdefault(_DEPTHS, {})
    key = getattr(user, "pk", None)
    if key not in known:
        known[key] = _ask_depth(user, case)
    return known[key]


def remember_depth(user: User, case: Case) -> Case:
    """Take the depth from ``CaseQuerySet.with_depth_for(user)``, so that nothing more is asked."""
    case.__dict__.setdefault(_DEPTHS, {})[user.pk] = _depth(case.reads_full, case.reads_content)  # type: ignore[attr-defined]  # annotations
    return case


def forget_depth(user: User, case: Case) -> None:
    """The person's relation to the case has changed: ask again next time."""
    case.__dict__.get(_DEPTHS, {}).pop(user.pk, None)


def _ask_depth(user: User, case: Case) -> Depth:
    row = Case.objects.filter(pk=case.pk).depths_for(user).first()
    if row is None or not any(row):
        return Depth.NONE
    return _depth(*row[:2])


def _depth(full: bool, content: bool) -> Depth:
    return Depth.FULL if full else Depth.CONTENT if content else Depth.CARD


def works_with_case(user: User, case: Case) -> bool:
    """Reads it by being one of those who work on it, not by an emergency: may add to it."""
    return can_read_case(user, case) and not reads_by_sealed_door(user, case)


def can_open_case(user: User) -> bool:
    return standing(user).has(Role.CASEWORKER, Role.HEAD)


def can_see_case(user: User, case: Case) -> bool:
    """At least the index card."""
    return depth_of(user, case) >= Depth.CARD


def can_read_case(user: User, case: Case) -> bool:
    return depth_of(user, case) >= Depth.CONTENT


def can_work_case(user: User, case: Case) -> bool:
    """Reads all of it: the responsible worker, a stand-in, the head."""
    return depth_of(user, case) >= Depth.FULL


def can_change_case(user: User, case: Case) -> bool:
    return can_work_case(user, case) and case.stage != CaseStage.CLOSED


def can_receive_basis(user: User, case: Case) -> bool:
    return can_change_case(user, case)


def can_lead_case(user: User, case: Case) -> bool:
    """The head of the case's office (or the deputy), unless shut out of it."""
    leads = case.office_id in standing(user).offices(Role.HEAD)
    return leads and can_see_case(user, case)


def can_unseal_case(user: User, case: Case) -> bool:
    """Take out the sealed original of the case's basis scan: the head, who reads the case."""
    return can_lead_case(user, case) and can_read_case(user, case)


def can_assign_case(user: User, case: Case) -> bool:
    """Also a closed one, as long as somebody is to look after the family."""
    is_kept = case.stage != CaseStage.CLOSED or case.follow_ups.due().exists()
    return is_kept and can_lead_case(user, case)


def reads_by_sealed_door(user: User, case: Case) -> bool:
    """Whether only an emergency has opened the case to ``user``: reading it, and warning of a danger, is all they may."""
    opened = case.__dict__.get("reads_sealed")
    if opened is None:
        opened = SealedOpening.objects.in_force().filter(case=case, user=user.pk).exists()
    return bool(opened)


def can_restrict_case(user: User, case: Case) -> bool:
    return can_lead_case(user, case)


def can_raise_alert(user: User, case: Case) -> bool:
    """Anybody who works with the case; the card alone is not working with it."""
    return can_read_case(user, case)


def can_record_notice(user: User, case: Case) -> bool:
    return can_read_case(user, case)


def can_lift_alert(user: User, case: Case) -> bool:
    return can_lead_case(user, case)


def can_declare_conflict(user: User, case: Case) -> bool:
    """One's own tie, or that of others by the head (see ``declare_conflict``)."""
    return can_see_case(user, case)


def can_declare_conflict_of_others(user: User, case: Case) -> bool:
    return can_lead_case(user, case)


def can_read_safety_detail(user: User, case: Case) -> bool:
    """What the danger is, not only that there is one: never for an operator, nor on the card of a restricted case."""
    if can_read_case(user, case):
        return True
    works_there = case.office_id in standing(user).offices(Role.CASEWORKER)
    return works_there and not case.is_restricted and can_see_case(user, case)


def can_read_names(user: User, case: Case) -> bool:
    """Whose the case is: a restricted card does not say."""
    return can_see_case(user, case) and (not case.is_restricted or can_read_case(user, case))


def can_export_cases(user: User) -> bool:
    return standing(user).has(Role.HEAD)
