"""State changes of a free task: given, changed, done or not needed any more; and a person's calendar address."""

import datetime as dt
import hashlib
import secrets
from typing import NoReturn

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import clock
from core.errors import DomainError
from offices.models import User
from offices.notices import tell

from ..accompaniment_enums import TaskStatus
from ..accompaniment_permissions import can_add_task, can_change_task, can_settle_task
from ..enums import EpisodeStatus
from ..history import claim
from ..models import CalendarFeed, Case, CaseConflict, Episode, Task

FURTHEST = dt.timedelta(days=2 * 366)


def who_can_do(case: Case, user: User) -> QuerySet[User]:
    """To whom ``user`` may give a task: the responsible worker, themselves, and those whose help in the case they see."""
    helping = Episode.objects.content_visible_to(user).filter(
        case=case, status=EpisodeStatus.ACTIVE
    )
    shut = CaseConflict.objects.filter(case=case, ended_at=None)
    return (
        User.objects.filter(is_active=True)
        .filter(Q(pk__in=[case.responsible_id, user.pk]) | Q(episodes__in=helping))
        .exclude(pk__in=shut.values("user"))
        .distinct()
    )


@transaction.atomic
def give_task(case: Case, *, what: str, due_on: dt.date, assigned_to: User, actor: User) -> Task:
    """Something to be done by a day; whoever is to do it is told, unless it is their own."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if not can_add_task(actor, case):
        raise PermissionDenied
    task = Task(case=case, made_by=actor)
    _put(task, what, due_on, assigned_to, actor)
    if due_on < clock.today():
        raise DomainError(_("This day has passed: choose a day to come."))
    task.save()
    _tell(task, [assigned_to], "task_given", actor)
    return task


@transaction.atomic
def change_task(
    task: Task,
    *,
    what: str,
    due_on: dt.date,
    assigned_to: User,
    seen: int | None,
    actor: User,
) -> Task:
    task = _locked(task, actor)
    if not can_change_task(actor, task):
        _refuse(task)
    claim(task, seen, actor=actor)
    former = task.assigned_to_id
    _put(task, what, due_on, assigned_to, actor)
    task.save()
    if assigned_to.pk != former:
        _tell(task, [assigned_to], "task_given", actor)
    return task


@transaction.atomic
def settle_task(task: Task, *, status: str, word: str = "", actor: User) -> Task:
    """Done, or not needed any more with the reason. Whoever gave it is told."""
    task = _locked(task, actor)
    if not can_settle_task(actor, task):
        _refuse(task)
    if status not in (TaskStatus.DONE, TaskStatus.CANCELLED):
        raise DomainError(_("Say whether it is done or not needed any more."))
    if status == TaskStatus.CANCELLED and not word.strip():
        raise DomainError(_("Say why, in a few words."))
    task.status, task.settled_word = status, word.strip()[:300]
    task.settled_by, task.settled_at = actor, clock.now()
    task.version += 1
    task.save()
    _tell(task, [task.made_by], "task_settled", actor)
    return task


def make_feed(user: User) -> str:
    """The token of a new calendar address for ``user``; the one before it works no more."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(
        user=user,
        defaults={
            "token_sha256": _hash(token),
            "language": (get_language() or "ky")[:2],
            "made_at": clock.now(),
        },
    )
    return token


def end_feed(user: User) -> None:
    """The calendar address works no more."""
    CalendarFeed.objects.filter(user=user).delete()


def find_feed(token: str) -> CalendarFeed | None:
    """The feed of ``token`` while it works: not taken back, its account open."""
    return (
        CalendarFeed.objects.select_related("user")
        .filter(token_sha256=_hash(token), user__is_active=True)
        .first()
    )


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _put(task: Task, what: str, due_on: dt.date, assigned_to: User, actor: User) -> None:
    if due_on > clock.today() + FURTHEST:
        raise DomainError(_("This is too far ahead: check the year."))
    if not who_can_do(task.case, actor).filter(pk=assigned_to.pk).exists():
        raise DomainError(_("Choose somebody who works with this case."))
    task.what, task.due_on, task.assigned_to = what.strip(), due_on, assigned_to


def _locked(task: Task, actor: User) -> Task:
    rows = Task.objects.visible_to(actor).select_for_update(of=("self",))
    found = rows.select_related("case", "assigned_to", "made_by").filter(pk=task.pk).first()
    if found is None:
        raise PermissionDenied
    return found


def _refuse(task: Task) -> NoReturn:
    if task.status != TaskStatus.OPEN:
        raise DomainError(
            _("This cannot be done any more: its state is now «%(state)s».")
            % {"state": task.get_status_display()}
        )
    raise PermissionDenied


def _tell(task: Task, people: list[User], kind: str, actor: User) -> None:
    seen = Task.objects.filter(pk=task.pk)
    told = [person for person in people if seen.visible_to(person).exists()]
    tell(told, kind, by=actor, number=task.case.number, url=task.get_absolute_url())
